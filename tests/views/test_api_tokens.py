"""The page on which a person makes tokens for programs, and ends them."""

from datetime import UTC, datetime

import pytest

from reporting.models import ApiToken
from reporting.services.api_token import MOST_TOKENS, make_api_token, shown_token
from tests.factories import NOW, UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db
HERE = "/account/tokens/"


def test_a_token_is_shown_once_and_works() -> None:
    person = UserFactory.create()
    client = as_(person)
    assert "You have no token." in Page(client.get(HERE)).text
    page = Page(client.post(HERE, {"name": "Tracker <1>", "scope": "file"}))
    (field,) = page.having("input", id="made-token")
    shown = shown_token(token=field["value"], at=NOW)
    assert shown is not None
    assert (shown.user, shown.scope) == (person, "file")
    later = Page(client.get(HERE))
    assert field["value"] not in later.html
    for text in ("Tracker <1>", "read, and file reports", "Last used 22 November 2026"):
        assert text in later.text


def test_a_token_without_a_name_is_refused_and_none_is_made() -> None:
    page = Page(as_(UserFactory.create()).post(HERE, {"name": " ", "scope": "read"}))
    assert "Say what the token is for." in page.text
    assert page.has_problem
    assert ApiToken.objects.count() == 0


def test_nobody_ends_the_token_of_somebody_else() -> None:
    owner, other = UserFactory.create(), UserFactory.create()
    make_api_token(user=owner, name="Tracker", scope="read", at=NOW)
    token = ApiToken.objects.get()
    address = f"{HERE}{token.pk}/end/"
    assert "Tracker" not in Page(as_(other).get(HERE)).text
    as_(other).post(address)
    assert ApiToken.objects.filter(pk=token.pk).exists()
    page = Page(as_(owner).post(address, follow=True))
    assert "The token works no longer." in page.text
    assert not ApiToken.objects.filter(pk=token.pk).exists()
    assert as_(owner).post(address).status_code == 302


def test_whoever_has_as_many_as_there_may_be_is_told_so() -> None:
    person = UserFactory.create()
    at = datetime(2026, 11, 1, tzinfo=UTC)
    for number in range(MOST_TOKENS):
        make_api_token(user=person, name=f"{number}", scope="read", at=at)
    page = Page(as_(person).post(HERE, {"name": "One more", "scope": "read"}))
    assert f"You have {MOST_TOKENS} tokens, and nobody has more." in page.text
