"""The language of a person's pages and mails."""

import pytest
from django.core.exceptions import ValidationError

from reporting.services.language import set_language
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_language_is_kept_and_taken_back() -> None:
    user = UserFactory.create()
    assert user.language == ""
    assert set_language(user=user, language="zh-hans").language == "zh-hans"
    user.refresh_from_db()
    assert user.language == "zh-hans"
    assert set_language(user=user, language="").language == ""


def test_a_language_that_there_is_not_is_refused() -> None:
    user = UserFactory.create()
    with pytest.raises(ValidationError) as caught:
        set_language(user=user, language="tlh")
    assert list(caught.value.message_dict) == ["language"]
    user.refresh_from_db()
    assert user.language == ""
