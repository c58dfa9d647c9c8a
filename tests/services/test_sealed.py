"""Secrets that are kept encrypted."""

import pytest
from django.conf import LazySettings

from reporting.services.sealed import sealed, unsealed


def test_what_is_sealed_is_opened_for_the_same_purpose_alone() -> None:
    kept = sealed("a secret", purpose="webhooks")
    assert "secret" not in kept
    assert unsealed(kept, purpose="webhooks") == "a secret"
    with pytest.raises(ValueError, match="SECRET_KEY_FALLBACKS"):
        unsealed(kept, purpose="second factors")


def test_an_earlier_key_opens_it_as_long_as_it_is_named(settings: LazySettings) -> None:
    kept, before = sealed("a secret", purpose="webhooks"), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [before]
    assert unsealed(kept, purpose="webhooks") == "a secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ValueError, match="SECRET_KEY_FALLBACKS"):
        unsealed(kept, purpose="webhooks")
