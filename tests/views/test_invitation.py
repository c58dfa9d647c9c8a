"""The pages of people: who is there, who is invited, and the link in the e-mail."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from reporting.models import Invitation, Role, State, User
from tests.factories import InvitationFactory, UserFactory
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
PASSWORD = "vier gelbe Kamele"  # noqa: S105
LINK = re.compile(r"http://testserver(/invitation/\S+)")
Outbox = list[EmailMultiAlternatives]


def client_of(role: Role, **given: Any) -> Client:
    client = Client()
    client.force_login(UserFactory.create(role=role, **given))
    return client


@pytest.fixture
def desk() -> Client:
    return client_of(Role.SECRETARIAT, name="Desk officer")


@pytest.fixture
def link(desk: Client, mailoutbox: Outbox, django_capture_on_commit_callbacks: Any) -> str:
    """Invite the ministry of Fiji, and return the address in the e-mail."""
    fiji = State.objects.get(iso3="FJI")
    given = {"email": "Noor@Example.org", "role": "ministry", "states": [fiji.pk]}
    with django_capture_on_commit_callbacks(execute=True):
        page = Page(desk.post("/people/invite/", given, follow=True))
    assert "An invitation is on its way to noor@example.org." in page.text
    (found,) = set(LINK.findall(str(mailoutbox[0].body)))
    return str(found)


def test_who_is_invited_chooses_a_name_and_a_password_and_is_signed_in(
    visitor: Client, link: str
) -> None:
    asked = visitor.get(link)
    assert "noor@example.org" in Page(asked).text
    assert asked["Referrer-Policy"] == "strict-origin"
    assert "no-store" in asked["Cache-Control"]
    page = Page(visitor.post(link, {"name": "Noor", "password": PASSWORD}, follow=True))
    assert "Noor" in page.text
    user = User.objects.get(email="noor@example.org")
    assert visitor.session["_auth_user_id"] == str(user.pk)
    assert [state.iso3 for state in user.states.all()] == ["FJI"]
    again = Client().get(link)
    assert again.status_code == 410
    assert "This invitation has been used" in Page(again).text


def test_what_is_wrong_is_named_at_its_field_and_the_link_still_works(
    visitor: Client, link: str
) -> None:
    page = Page(visitor.post(link, {"name": "", "password": "short"}))
    assert page.having("a", href="#id_name")
    page = Page(visitor.post(link, {"name": "Noor", "password": "short"}))
    assert page.having("a", href="#id_password")
    assert "at least 12 characters" in page.text
    assert page.having("input", name="name", value="Noor")
    assert visitor.post(link, {"name": "Noor", "password": PASSWORD}).status_code == 302


def test_an_invitation_and_its_account_are_in_the_language_that_is_chosen(
    desk: Client, mailoutbox: Outbox, django_capture_on_commit_callbacks: Any
) -> None:
    page = Page(desk.get("/people/invite/?language=ru"))
    assert '<option value="ru" selected' in page.html
    given = {"email": "noor@example.org", "role": "secretariat", "language": "fr"}
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("/people/invite/?language=ru", given)
    body = str(mailoutbox[0].body)
    (found,) = set(LINK.findall(body))
    assert found.endswith("?language=fr")
    assert "secrétariat" in body.lower()
    Client().post(found, {"name": "Noor", "password": PASSWORD})
    assert User.objects.get(email="noor@example.org").language == "fr"


def test_a_withdrawn_link_says_so(visitor: Client, desk: Client, link: str) -> None:
    page = Page(desk.get("/people/"))
    assert "noor@example.org" in page.text
    (action,) = [form["action"] for form in page.having("form") if "withdraw" in form["action"]]
    desk.post(action)
    assert "was withdrawn" in Page(visitor.get(link)).text
    assert "noor@example.org" not in Page(desk.get("/people/")).text
    assert desk.post(action).status_code == 404


def test_an_expired_link_says_so_in_the_list_and_to_whoever_opens_it(
    visitor: Client, desk: Client, link: str
) -> None:
    later = datetime(2026, 11, 22, 12, tzinfo=UTC) + timedelta(days=7)
    with time_machine.travel(later, tick=False):
        assert "has expired" in Page(visitor.get(link)).text
        assert visitor.post(link, {"name": "Noor", "password": PASSWORD}).status_code == 410
    assert not User.objects.filter(email="noor@example.org").exists()


def test_somebody_who_is_signed_in_makes_no_second_account_by_accident(
    desk: Client, link: str
) -> None:
    page = Page(desk.post(link, {"name": "Noor", "password": PASSWORD}))
    assert "You are signed in already" in page.text
    assert not User.objects.filter(email="noor@example.org").exists()


def test_only_administrators_are_offered_to_invite_administrators(desk: Client) -> None:
    administrator = client_of(Role.ADMINISTRATOR)
    given = {"email": "new@example.org", "role": "administrator"}
    assert desk.post("/people/invite/", given).status_code == 200
    assert not Invitation.objects.exists()
    assert administrator.post("/people/invite/", given).status_code == 302
    made = Invitation.objects.get()
    assert made.role == Role.ADMINISTRATOR
    assert desk.post(f"/people/invitations/{made.pk}/withdraw/").status_code == 404


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"email": ""}, "#id_email", "Enter the e-mail address of the person."),
        ({"email": "x"}, "#id_email", "Enter a valid email address."),
        ({"email": "TAKEN@example.org"}, "#id_email", "an account with this address already"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "#id_email", "valid email address"),
        ({"language": "tlh"}, "#id_language", "Choose one of the languages that are offered."),
        ({"role": "king"}, "#id_role_0", "options that are offered"),
        ({"role": "ministry"}, "#id_states_0", "Choose the State that the ministry acts for."),
        ({"role": "ministry", "states": ["999999"]}, "#id_states_0", "options that are offered"),
    ],
)
def test_a_bad_invitation_is_refused_at_its_field(
    desk: Client, given: dict[str, Any], field: str, sentence: str
) -> None:
    UserFactory.create(email="taken@example.org")
    sent = {"email": "new@example.org", "role": "secretariat"} | given
    page = Page(desk.post("/people/invite/", sent))
    assert page.having("a", href=field)
    assert sentence in page.text
    assert not Invitation.objects.exists()


def test_what_others_wrote_is_shown_as_text(desk: Client) -> None:
    UserFactory.create(name="<script>alert(1)</script>")
    InvitationFactory.create(invited_by=UserFactory.create(name="<b>bold</b>"))
    page = Page(desk.get("/people/"))
    assert "<script>alert" not in page.html
    assert "<b>bold" not in page.html
    assert "<script>alert(1)</script>" in page.text
