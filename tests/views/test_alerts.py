"""Where the links of an e-mail lead."""

from typing import Any

import pytest
from django.test import Client

from reporting.emails import links
from reporting.models import Contact, Message, Obligation, Reminder, Treaty
from tests.factories import NOW, ContactFactory, StatePartyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def siti() -> Contact:
    contact: Contact = ContactFactory.create(name="Siti Rahayu", email="siti@example.org")
    return contact


@pytest.fixture
def alert(siti: Contact) -> Message:
    party = StatePartyFactory.create()
    report = Obligation.objects.create(
        state_party=party,
        key="report/2/x",
        kind="report",
        first_report=2,
        last_report=2,
        basis="none",
        arises_on=NOW.date(),
    )
    message = Message.objects.create(to=siti.email, language="en", made_at=NOW)
    Reminder.objects.create(
        occasion="alert",
        contact=siti,
        state_party=party,
        obligation_key=report.key,
        due_on="2022-10-01",
        days_before=30,
        planned_for=NOW.date(),
        planned_at=NOW,
        state_since=NOW,
        state="sent",
        message=message,
    )
    return message


def path(link: str) -> str:
    return link.removeprefix("http://localhost:8000")


def opened(link: str, **posted: Any) -> tuple[int, str]:
    """Open a link as a visitor, by a browser that insists on the token of a form."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post(path(link), posted) if posted else client.get(path(link))
    return answer.status_code, " ".join(answer.content.decode().split())


def test_opening_the_link_acknowledges_nothing(alert: Message) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        Client().generic(method, path(links.to_acknowledge(alert)))
    assert Message.objects.get().acknowledged_at is None
    status, page = opened(links.to_acknowledge(alert))
    assert status == 200
    assert "Indonesia · CMW</a>: second periodic report" in page
    assert '<button class="btn btn-primary" type="submit">Acknowledge</button>' in page


def test_the_page_leads_to_the_state_under_the_treaty_of_the_alert(alert: Message) -> None:
    Treaty.objects.update(code="CRC")
    page = opened(links.to_acknowledge(alert))[1]
    assert '<a href="/states/IDN/?treaty=CRC">Indonesia · CRC</a>' in page


def test_the_button_acknowledges_once_and_the_page_says_so(alert: Message) -> None:
    assert "Thank you." in opened(links.to_acknowledge(alert), yes="1")[1]
    first = Message.objects.get().acknowledged_at
    assert first
    status, page = opened(links.to_acknowledge(alert), yes="1")
    assert (status, "<button" in page.partition("<main")[2]) == (200, False)
    assert Message.objects.get().acknowledged_at == first


def test_a_mail_program_unsubscribes_with_one_request(siti: Contact) -> None:
    link = links.to_reader(links.UNSUBSCRIBE, siti)
    assert "siti@example.org" in opened(link)[1]
    assert Contact.objects.told().count() == 1
    status, page = opened(link, **{"List-Unsubscribe": "One-Click"})
    assert (status, "Nothing more is sent to siti@example.org." in page) == (200, True)
    assert Contact.objects.told().count() == 0
    assert links.to_reader(links.PREFERENCES, siti).removeprefix("http://localhost:8000") in page


def test_the_preferences_show_who_is_told_as_what_and_lead_out_and_back(siti: Contact) -> None:
    link = links.to_reader(links.PREFERENCES, siti)
    assert "on record as focal point of Indonesia." in opened(link)[1]
    assert "You have stopped them." in opened(link, told="no")[1]
    assert "You get alerts" in opened(link, told="yes")[1]
    siti.refresh_from_db()
    assert siti.is_told


def test_a_language_is_chosen_on_the_preferences(siti: Contact) -> None:
    link = links.to_reader(links.PREFERENCES, siti)
    assert "The language is saved." in opened(link, language="fr")[1]
    siti.refresh_from_db()
    assert siti.language == "fr"
    page = opened(link, language="tlh")[1]
    assert "Choose one of the options that are offered" in page
    assert "The language is saved." not in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"active": False}, "Whoever keeps the contacts has switched them off."),
        ({"refused_at": NOW}, "Your mail server has refused them."),
    ],
)
def test_the_preferences_say_why_nothing_comes(
    siti: Contact, given: dict[str, object], said: str
) -> None:
    Contact.objects.filter(pk=siti.pk).update(**given)
    page = opened(links.to_reader(links.PREFERENCES, siti))[1]
    assert "You get no alerts" in page
    assert said in page


def test_a_desk_officer_has_preferences_too() -> None:
    desk = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    page = opened(links.to_reader(links.PREFERENCES, desk))[1]
    assert "on record as desk officer of the secretariat." in page


@pytest.mark.parametrize("page", ["acknowledge", "preferences", "unsubscribe"])
def test_a_link_that_was_changed_is_said_to_be_broken(siti: Contact, page: str) -> None:
    token = links.to_reader(links.UNSUBSCRIBE, siti).split("/")[-3]
    link = f"http://localhost:8000/alerts/{token}x/{page}/"
    for given in ({}, {"told": "no"}):
        status, text = opened(link, **given)
        assert (status, "This link does not work" in text) == (410, True)
    siti.refresh_from_db()
    assert siti.is_told


def test_what_such_a_page_leads_to_does_not_learn_its_address(siti: Contact) -> None:
    answer = Client().get(path(links.to_reader(links.PREFERENCES, siti)))
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer["Cache-Control"]
