"""Mutes: alerts held back for a time, with a reason."""

import pytest
from django.test import Client

from reporting.models import Mute, Reminder, Why
from reporting.queries.alerts import state_alerts
from tests.factories import ContactFactory, UserFactory
from tests.views.conftest import Page
from tests.views.reminder.world import TODAY, contact_of, mail, mute, party_of, reminder

pytestmark = pytest.mark.usefixtures("recorded")
GOOD = {"starts_on": "2026-11-22", "until": "2027-01-31", "because": "Announced for January."}


def test_a_contact_a_duty_and_a_state_are_muted_each_on_its_page(secretariat: Client) -> None:
    party, siti = party_of("IDN"), contact_of("IDN", name="Siti Rahayu")
    duty = party.obligations.filter(closed_on__isnull=True)[0]
    desk = ContactFactory.create(state=None, role="desk officer")
    for thing, back in (
        (f"contact/{siti.pk}", "/states/IDN/contacts/"),
        (f"contact/{desk.pk}", "/contacts/"),
        (f"obligation/{duty.pk}", "/states/IDN/"),
        (f"state/{party.state.pk}", "/states/IDN/"),
    ):
        address = f"/reminders/mutes/new/{thing}/"
        assert secretariat.get(address).status_code == 200
        answer = secretariat.post(address, GOOD)
        assert (answer.status_code, answer["Location"]) == (302, back)
    first, _desk, of_duty, of_state = Mute.objects.order_by("pk")
    assert (first.contact, str(first.until), first.because) == (
        siti,
        "2027-01-31",
        "Announced for January.",
    )
    assert (of_duty.obligation, of_state.state) == (duty, party.state)
    page = Page(secretariat.get("/states/IDN/"))
    assert "Indonesia: alerts are held back until 31 January 2027." in page.text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"until": "2026-11-21"}, "Last day: This day lies before the first one."),
        ({"starts_on": "2026-11-01"}, "First day: This day has passed: begin today or later."),
        ({"until": "soon"}, "Last day: Write year, month and day, as in 2027-04-01."),
        ({"because": " "}, "Why: Say why alerts are held back: others will read it."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    secretariat: Client, given: dict[str, str], sentence: str
) -> None:
    address = f"/reminders/mutes/new/state/{party_of('IDN').state.pk}/"
    assert sentence in Page(secretariat.post(address, GOOD | given)).text
    assert not Mute.objects.exists()


def test_the_list_says_what_each_held_back_and_one_can_be_ended(secretariat: Client) -> None:
    siti = contact_of("IDN", name="Siti Rahayu")
    held = mute(contact=siti, because="On leave.")
    row = reminder(siti, Reminder.State.SKIPPED, reason=Why.MUTED, mute=held)
    page = Page(secretariat.get("/reminders/mutes/"))
    assert "Siti Rahayu Indonesia 21 January 2027 from 21 November 2026 On leave." in page.text
    assert "1 alert 22 November 2026 Siti Rahayu, 30 days before" in page.text
    assert page.having("a", href=f"/reminders/{row.pk}/")
    answer = secretariat.post(f"/reminders/mutes/{held.pk}/end/", follow=True)
    assert "Siti Rahayu: alerts go out again." in Page(answer).text
    assert "ended on 22 November 2026 by desk@example.org" in Page(answer).text
    held.refresh_from_db()
    assert held.ended_on == TODAY
    assert held.ended_by
    assert held.ended_by.email == "desk@example.org"


def test_a_ministry_mutes_its_own_contacts_and_nothing_else(
    ministry: Client, other_ministry: Client
) -> None:
    party, siti = party_of("IDN"), contact_of("IDN")
    duty = party.obligations.filter(closed_on__isnull=True)[0]
    own = f"/reminders/mutes/new/contact/{siti.pk}/"
    assert ministry.post(own, GOOD)["Location"] == "/states/IDN/contacts/"
    assert other_ministry.get(own).status_code == 404
    of_state = mute(state=party.state)
    for address in (
        f"/reminders/mutes/new/state/{party.state.pk}/",
        f"/reminders/mutes/new/obligation/{duty.pk}/",
        "/reminders/mutes/new/state/9999/",
        "/reminders/mutes/new/contact/9999/",
        "/reminders/mutes/new/junk/1/",
        f"/reminders/mutes/{of_state.pk}/end/",
    ):
        assert ministry.post(address, GOOD).status_code == 404, address
    made = Mute.objects.get(contact=siti)
    assert other_ministry.post(f"/reminders/mutes/{made.pk}/end/").status_code == 404
    assert ministry.post(f"/reminders/mutes/{made.pk}/end/").status_code == 302


def test_a_state_page_shows_its_alerts_to_those_who_may_see_them(
    secretariat: Client, ministry: Client, other_ministry: Client
) -> None:
    party, siti = party_of("IDN"), contact_of("IDN", name="Siti Rahayu")
    reminder(siti, Reminder.State.SENT, message=mail(siti))
    reminder(siti, Reminder.State.PLANNED, days_before=7)
    mute(state=party.state, because="Announced.")
    for client in (secretariat, ministry):
        page = Page(client.get("/states/IDN/"))
        assert "Alerts by e-mail" in page.text
        assert "7 days before Siti Rahayu" in page.text
        assert "30 days before Siti Rahayu" in page.text
        assert "Announced." in page.text
    for client in (other_ministry, Client()):
        page = Page(client.get("/states/IDN/"))
        assert "Alerts by e-mail" not in page.text
        assert "Siti" not in page.text
    assert "Alerts by e-mail" not in Page(secretariat.get("/states/IDN/?as_at=2017-12-31")).text


def test_a_ministry_does_not_see_what_the_desk_is_told_of_its_state(ministry: Client) -> None:
    desk = ContactFactory.create(state=None, role="desk officer", name="Ana Torres")
    duty = party_of("IDN").obligations.open(as_at=TODAY)[0]
    about = {"state_party": party_of("IDN"), "obligation_key": duty.key}
    reminder(desk, Reminder.State.SENT, message=mail(desk), **about)
    reminder(desk, Reminder.State.PLANNED, days_before=7, **about)
    assert "Ana Torres" not in Page(ministry.get("/states/IDN/")).text
    officer = UserFactory.create()
    seen = state_alerts(person=officer, state=party_of("IDN").state, as_at=TODAY)
    assert ([row.contact for row in seen.sent], len(seen.coming)) == ([desk], 1)
