"""The page about a person's data, and the page of one's own sessions."""

import json

import pytest
from django.test import Client

from reporting.models import AuditEntry, Role, User
from reporting.queries.signed_in import signed_in
from reporting.services.audit import What
from reporting.services.sessions import close_session
from tests.factories import NOW, ContactFactory, UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db
PASSWORD, ANOTHER = "a long and secret phrase", "another long and secret phrase"


@pytest.fixture
def siti() -> User:
    made: User = UserFactory.create(email="siti@example.org", name="Siti", role=Role.MINISTRY)
    made.set_password(PASSWORD)
    made.save()
    return made


def browser(agent: str, password: str = PASSWORD) -> Client:
    """Return a browser in which Siti has signed in by her password."""
    client = Client(headers={"user-agent": agent})
    client.post("/sign-in/", {"login": "siti@example.org", "password": password})
    return client


def test_the_secretariat_looks_takes_a_file_and_erases(siti: User) -> None:
    ContactFactory.create(email="siti@example.org", name="Siti")
    client, asked = as_(UserFactory.create()), {"email": "Siti@example.org"}
    page = Page(client.post("/privacy/", asked))
    assert "account 1" in page.text
    assert "contacts 1" in page.text
    assert "earlier versions of contacts 1" in page.text
    answer = client.post("/privacy/file/", asked)
    assert answer["Content-Disposition"] == 'attachment; filename="person-2026-11-22.json"'
    assert json.loads(answer.content)["account"][0]["name"] == "Siti"
    slip = Page(client.post("/privacy/erase/", {**asked, "again": "sita@example.org"}))
    assert "This is another address." in slip.text
    done = Page(client.post("/privacy/erase/", {**asked, "again": "siti@example.org"}, follow=True))
    assert "The person is erased." in done.text
    siti.refresh_from_db()
    assert siti.email == f"erased-account-{siti.pk}@erased.invalid"
    again = Page(client.post("/privacy/", asked))
    assert "Nothing is stored under this address." in again.text


def test_an_officer_is_told_why_an_administrator_stays() -> None:
    UserFactory.create(email="ada@example.org", role=Role.ADMINISTRATOR)
    client, asked = as_(UserFactory.create()), {"email": "ada@example.org"}
    said = "Only an administrator erases an administrator, and nobody oneself."
    assert said in Page(client.post("/privacy/", asked)).text
    page = Page(client.post("/privacy/erase/", {**asked, "again": "ada@example.org"}))
    assert said in page.text
    assert page.has_problem


def test_sessions_are_listed_and_one_of_them_is_closed(siti: User) -> None:
    here, there = browser("Firefox"), browser("Telephone")
    page = Page(here.get("/account/sessions/"))
    assert "Telephone" in page.text
    assert page.text.count("Another session") == 1
    (pk,) = [
        attrs["value"]
        for attrs in page.having("button", name="close")
        if attrs["value"] != "others"
    ]
    closed = Page(here.post("/account/sessions/", {"close": pk}, follow=True))
    assert "The session is closed." in closed.text
    assert there.get("/my/").status_code == 302
    assert here.get("/account/sessions/").status_code == 200
    assert AuditEntry.objects.filter(what=What.SESSION_CLOSED, by=siti).count() == 1


def test_all_other_sessions_are_closed_at_once_and_this_one_stays(siti: User) -> None:
    here, others = browser("Firefox"), [browser("a"), browser("b")]
    page = Page(here.post("/account/sessions/", {"close": "others"}, follow=True))
    assert "2 sessions are closed." in page.text
    assert [other.get("/my/").status_code for other in others] == [302, 302]
    assert here.get("/account/sessions/").status_code == 200


def test_nobody_closes_the_session_of_somebody_else(siti: User) -> None:
    browser("Firefox")
    (row,) = signed_in(user=siti, key=None)
    stranger = as_(UserFactory.create())
    stranger.post("/account/sessions/", {"close": str(row.pk)})
    stranger.post("/account/sessions/", {"close": "junk"})
    assert not close_session(user=UserFactory.create(), pk=row.pk, at=NOW)
    assert [each.pk for each in signed_in(user=siti, key=None)] == [row.pk]


def test_a_changed_password_ends_every_other_session(siti: User) -> None:
    here, there = browser("Firefox"), browser("Telephone")
    new = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    here.post("/account/password/", new)
    assert there.get("/my/").status_code == 302
    assert here.get("/account/sessions/").status_code == 200
    assert len(signed_in(user=siti, key=None)) == 1
    assert browser("Telephone", ANOTHER).get("/account/sessions/").status_code == 200
