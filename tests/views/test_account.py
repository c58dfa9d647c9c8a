"""Signing in and out."""

import pytest
from django.test import Client

from reporting.models import User
from tests.factories import UserFactory
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
PASSWORD = "correct horse battery"  # noqa: S105


@pytest.fixture
def person() -> User:
    made = UserFactory.create(email="desk@example.org", name="Desk officer")
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(client: Client, address: str = "/sign-in/", **given: str) -> Page:
    given = {"username": "desk@example.org", "password": PASSWORD} | given
    return Page(client.post(address, given, follow=True))


def test_a_person_signs_in_and_out(visitor: Client, person: User) -> None:
    page = sign_in(visitor)
    assert "Desk officer" in page.text
    assert "Sign out" in page.text
    left = Page(visitor.post("/sign-out/", follow=True))
    assert "You have signed out." in left.text
    assert "Sign in" in left.text


def test_a_wrong_password_is_said_in_a_summary_without_saying_which(
    visitor: Client, person: User
) -> None:
    for given in ({"password": "wrong"}, {"username": "nobody@example.org"}):
        page = sign_in(visitor, **given)
        assert page.has_problem
        assert "The e-mail address and the password do not match an account." in page.text
        assert page.text.startswith("Error:")


def test_a_missing_value_is_named_at_its_field(visitor: Client) -> None:
    page = sign_in(visitor, username="", password="")
    assert page.having("a", href="#id_username")
    assert page.having("a", href="#id_password")
    assert page.having("p", id="id_username_error")
    assert page.text.count("Enter your password.") == 2


@pytest.mark.parametrize("value", ["a\x00@example.org", "x" * 10_000])
def test_nonsense_as_an_address_is_refused(visitor: Client, value: str) -> None:
    assert sign_in(visitor, username=value).has_problem


@pytest.mark.parametrize(
    "onward", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_signing_in_never_leads_to_another_site(visitor: Client, person: User, onward: str) -> None:
    given = {"username": person.email, "password": PASSWORD, "next": onward}
    assert visitor.post("/sign-in/", given)["Location"] == "/"


def test_signing_in_leads_on_to_a_page_of_this_site(visitor: Client, person: User) -> None:
    given = {"username": person.email, "password": PASSWORD}
    response = visitor.post("/sign-in/?next=/states/IDN/", given)
    assert response["Location"] == "/states/IDN/"


def test_a_link_cannot_sign_anybody_out(visitor: Client, person: User) -> None:
    visitor.force_login(person)
    assert "Do you want to sign out?" in Page(visitor.get("/sign-out/")).text
    assert "Desk officer" in Page(visitor.get("/")).text
