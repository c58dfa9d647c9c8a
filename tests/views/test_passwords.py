"""Passwords: forgotten, changed, and what happens to those who are signed in."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from reporting.models import User
from reporting.tasks import send_password_reset
from tests.factories import UserFactory
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
OLD = "correct horse battery"
NEW = "vier gelbe Kamele"
LINK = re.compile(r"http://testserver(/account/password/reset/\S+)")
Outbox = list[EmailMultiAlternatives]


@pytest.fixture
def person() -> User:
    made = UserFactory.create(email="desk@example.org", name="Desk officer")
    made.set_password(OLD)
    made.save()
    return made


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    """Run what waits for the commit, which a test never reaches."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def ask(visitor: Client, commits: Any, email: str) -> Page:
    with commits():
        return Page(visitor.post("/account/password/reset/", {"email": email}, follow=True))


def follow(visitor: Client, link: str) -> Any:
    """Open the link, which hides its secret from the address at once."""
    return visitor.get(link, follow=True)


def test_a_forgotten_password_is_chosen_anew_by_email(
    visitor: Client, person: User, mailoutbox: Outbox, commits: Any
) -> None:
    assert "Look at your e-mail" in ask(visitor, commits, "DESK@example.org").text
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (
        ["desk@example.org"],
        "A new password for the Treaty Reporting Timetable",
    )
    (link,) = LINK.findall(str(mail.body))
    page = follow(visitor, link)
    assert link not in page.redirect_chain[-1][0]
    given = {"password1": NEW, "password2": NEW}
    done = Page(visitor.post(page.redirect_chain[-1][0], given, follow=True))
    assert "Your password is changed" in done.text
    assert "_auth_user_id" not in visitor.session
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert "has been used" in Page(follow(Client(), link)).text


def test_an_unknown_address_gets_the_same_page_and_no_email(
    visitor: Client, person: User, mailoutbox: Outbox, commits: Any
) -> None:
    known, unknown = (
        ask(visitor, commits, email) for email in ("desk@example.org", "nobody@example.org")
    )
    assert known.text == unknown.text
    assert [mail.to for mail in mailoutbox] == [["desk@example.org"]]


def test_the_page_does_the_same_for_every_address_and_sends_nothing_itself(
    visitor: Client,
    person: User,
    mailoutbox: Outbox,
    commits: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left: list[dict[str, str]] = []
    monkeypatch.setattr(send_password_reset, "delay", lambda **given: left.append(given))
    for email in ("desk@example.org", "nobody@example.org"):
        ask(visitor, commits, email)
    assert [(task["email"], bool(task["link"])) for task in left] == [
        ("desk@example.org", True),
        ("nobody@example.org", False),
    ]
    assert mailoutbox == []


def test_an_address_that_was_taken_from_an_account_no_longer_opens_it(
    visitor: Client, person: User, mailoutbox: Outbox, commits: Any
) -> None:
    ask(visitor, commits, person.email)
    person.email = "successor@example.org"
    person.save()
    (link,) = LINK.findall(str(mailoutbox[0].body))
    assert "has been used" in Page(follow(Client(), link)).text
    ask(visitor, commits, "desk@example.org")
    assert len(mailoutbox) == 1
    assert not EmailAddress.objects.exists()


def test_changing_the_password_signs_out_every_other_browser(
    visitor: Client, person: User, mailoutbox: Outbox, commits: Any
) -> None:
    elsewhere = Client()
    for client in (visitor, elsewhere):
        client.force_login(person)
        assert client.get("/people/").status_code == 200
    given = {"oldpassword": OLD, "password1": NEW, "password2": NEW}
    with commits():
        page = Page(visitor.post("/account/password/", given, follow=True))
    assert "Your password is changed." in page.text
    assert visitor.get("/people/").status_code == 200
    assert elsewhere.get("/people/")["Location"] == "/sign-in/?next=/people/"
    assert "The password of your account was changed." in str(mailoutbox[0].body)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"oldpassword": "wrong"}, "This is not the password that you use now."),
        ({"password1": "short", "password2": "short"}, "at least 12 characters"),
        ({"password1": "desk@example.org", "password2": "desk@example.org"}, "too similar"),
        ({"password2": "another one altogether"}, "the same password each time"),
    ],
)
def test_a_bad_new_password_is_refused_at_its_field(
    visitor: Client, person: User, given: dict[str, str], sentence: str
) -> None:
    visitor.force_login(person)
    sent = {"oldpassword": OLD, "password1": NEW, "password2": NEW} | given
    page = Page(visitor.post("/account/password/", sent))
    assert page.has_problem
    assert sentence in page.text
    person.refresh_from_db()
    assert person.check_password(OLD)


def test_the_link_does_not_follow_a_forged_host(visitor: Client, person: User) -> None:
    answer = visitor.post(
        "/account/password/reset/", {"email": person.email}, HTTP_HOST="evil.example"
    )
    assert answer.status_code == 400
