"""The page of an account: what it may do, who may change it, what was changed."""

import pytest
from django.test import Client

from reporting.models import Role, User
from tests.factories import StatePartyFactory, UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> User:
    made: User = UserFactory.create(name="Noor", email="noor@example.org")
    return made


@pytest.fixture
def administrator() -> Client:
    return as_(UserFactory.create(role=Role.ADMINISTRATOR, name="Ada"))


def test_an_account_is_made_that_of_a_ministry_and_the_page_tells_its_history(
    administrator: Client, account: User
) -> None:
    indonesia = StatePartyFactory.create().state
    sent = {"role": "ministry", "states": [indonesia.pk], "is_active": "on"}
    page = Page(administrator.post(f"/people/{account.pk}/", sent, follow=True))
    assert "The account of Noor is changed." in page.text
    told = Page(administrator.get(f"/people/{account.pk}/")).text
    assert "Role from Committee secretariat to Ministry of a State party" in told
    assert "to Indonesia 22 November 2026, 12:00 UTC · Ada" in told


def test_an_account_is_switched_off_and_the_list_says_so(
    administrator: Client, account: User
) -> None:
    sent = {"role": "secretariat"}
    page = Page(administrator.post(f"/people/{account.pk}/", sent, follow=True))
    assert "Noor switched off" in page.text
    account.refresh_from_db()
    assert not account.is_active


def test_what_is_wrong_is_said_at_its_field(administrator: Client, account: User) -> None:
    page = Page(administrator.post(f"/people/{account.pk}/", {"role": "ministry"}))
    assert page.having("a", href="#id_states_0")
    assert "Choose the State that the ministry acts for." in page.text


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.MINISTRY, 404), (Role.SECRETARIAT, 200), (Role.ADMINISTRATOR, 200)],
)
def test_who_may_open_the_account_of_an_officer(account: User, role: Role, status: int) -> None:
    person = UserFactory.create(role=role)
    client = as_(person)
    assert client.get(f"/people/{account.pk}/").status_code == status
    assert client.get(f"/people/{person.pk}/").status_code == 404


def test_the_secretariat_neither_opens_nor_makes_an_administrator(account: User) -> None:
    above = UserFactory.create(role=Role.ADMINISTRATOR)
    client = as_(UserFactory.create())
    assert client.post(f"/people/{above.pk}/", {"role": "secretariat"}).status_code == 404
    page = Page(client.post(f"/people/{account.pk}/", {"role": "administrator"}))
    assert page.has_problem
    assert not page.having("input", value="administrator")
    listed = Page(client.get("/people/"))
    assert listed.having("a", href=f"/people/{account.pk}/")
    assert not listed.having("a", href=f"/people/{above.pk}/")


def test_a_visitor_is_led_to_sign_in(client: Client, account: User) -> None:
    answer = client.post(f"/people/{account.pk}/", {"role": "ministry"})
    assert answer["Location"].startswith("/sign-in/")
