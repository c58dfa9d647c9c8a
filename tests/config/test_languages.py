"""A language is offered where its catalogue is."""

from pathlib import Path

import pytest
from django.conf import settings

from config.languages import offered


def test_english_is_offered_without_a_catalogue(tmp_path: Path) -> None:
    assert offered(["en", "fr", "ar"], tmp_path / "none") == ["en"]


@pytest.mark.parametrize(("language", "locale"), [("fr", "fr"), ("zh-hans", "zh_Hans")])
def test_a_language_with_a_compiled_catalogue_is_offered(
    tmp_path: Path, language: str, locale: str
) -> None:
    messages = tmp_path / locale / "LC_MESSAGES"
    messages.mkdir(parents=True)
    (messages / "django.po").touch()
    assert offered(["en", language, "ar"], tmp_path) == ["en"]
    (messages / "django.mo").touch()
    assert offered(["en", language, "ar"], tmp_path) == ["en", language]


def test_what_is_offered_is_a_language_of_the_application() -> None:
    assert "en" in settings.LANGUAGES_OFFERED
    assert set(settings.LANGUAGES_OFFERED) <= set(dict(settings.LANGUAGES))
