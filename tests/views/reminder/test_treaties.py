"""Reminders of several treaties: each says of which it is, and a list offers the States of all."""

from typing import Any

import pytest
from django.test import Client

from reporting.emails import links
from reporting.models import Reminder, Role, StateParty, Treaty, User
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import refresh
from tests.factories import (
    ContactFactory,
    StateFactory,
    StatePartyFactory,
    TreatyFactory,
    UserFactory,
)
from tests.views.cast import as_
from tests.views.conftest import Page
from tests.views.reminder.world import TODAY, contact_of, mail, reminder

pytestmark = pytest.mark.usefixtures("recorded")


def under(code: str, iso3: str, name: str) -> StateParty:
    """Return a State under another treaty, of which what came is on record."""
    treaty = TreatyFactory.create(code=code)
    Treaty.objects.filter(pk=treaty.pk).update(reports_on_record=True)
    state = StateFactory.create(iso3=iso3, name=name)
    party: StateParty = StatePartyFactory.create(
        treaty=treaty, state=state, deposited_on=PartialDate(2026, 1, 15)
    )
    refresh(party=party, as_at=TODAY)
    return party


@pytest.fixture
def cerd() -> StateParty:
    return under("CERD", "DEU", "Germany")


@pytest.fixture
def bound(cerd: StateParty) -> User:
    person: User = UserFactory.create(role=Role.SECRETARIAT)
    person.treaties.add(cerd.treaty, under("CRC", "FRA", "France").treaty)
    return person


def test_all_reminders_about_a_state_are_about_no_other(
    secretariat: Client, cerd: StateParty
) -> None:
    for iso3 in ("IDN", "NER"):
        contact_of(iso3, name=f"Reader of {iso3}")
    ContactFactory.create(state=cerd.state, name="Reader of DEU")
    page = Page(secretariat.get("/states/DEU/?treaty=CERD"))
    assert page.having("a", href="/reminders/?state=DEU")
    shown = Page(secretariat.get("/reminders/?state=DEU"))
    assert not shown.has_problem
    assert shown.having("option", value="DEU", selected="")
    assert "Reader of DEU" in shown.text
    assert "Reader of IDN" not in shown.text


def test_whoever_is_bound_is_offered_the_states_of_the_own_treaties(bound: User) -> None:
    page = Page(as_(bound).get("/reminders/?state=FRA"))
    offered = {each["value"] for each in page.having("option") if each["value"].isupper()}
    assert (page.has_problem, offered) == (False, {"DEU", "FRA"})
    assert Page(as_(bound).get("/reminders/?state=IDN")).has_problem


def told(party: StateParty, **given: Any) -> Reminder:
    """Return a reminder of the first report under that treaty."""
    duty = party.obligations.get(first_report=1)
    about = {"state_party": party, "obligation_key": duty.key, "due_on": duty.due_on}
    return reminder(contact_of("IDN"), **about | given)


def test_each_reminder_names_its_treaty_and_leads_to_the_state_under_it(
    secretariat: Client,
) -> None:
    crc = under("CRC", "IDN", "Indonesia")
    told(crc, days_before=90)
    told(crc, state="sent")
    for query, words in (
        ("", "Indonesia CRC Initial report"),
        ("?show=sent", "Indonesia CRC Initial report"),
    ):
        page = Page(secretariat.get(f"/reminders/{query}"))
        assert words in page.text
        assert page.having("a", href="/states/IDN/?treaty=CRC")
    assert "Indonesia CRC" in Page(secretariat.get("/states/IDN/")).text


def test_with_one_treaty_on_record_none_is_named(secretariat: Client) -> None:
    reminder(contact_of("IDN"))
    page = Page(secretariat.get("/reminders/"))
    assert page.having("a", href="/states/IDN/")
    assert "Indonesia CMW" not in page.text


def test_whoever_is_bound_to_one_treaty_reads_no_name_of_it(cerd: StateParty) -> None:
    person: User = UserFactory.create(role=Role.SECRETARIAT)
    person.treaties.add(cerd.treaty)
    told(cerd)
    page = Page(as_(person).get("/reminders/"))
    assert "Germany Initial report" in page.text
    assert page.having("a", href="/states/DEU/?treaty=CERD")


def test_a_mail_about_two_initial_reports_says_under_which_treaty_each_is(
    secretariat: Client,
) -> None:
    first, second = (under(code, "IDN", "Indonesia") for code in ("CERD", "CRC"))
    message = mail(contact_of("IDN"))
    row = told(first, state="sent", message=message)
    told(second, state="sent", message=message)
    page = Page(secretariat.get(f"/reminders/{row.pk}/"))
    assert "Indonesia (CERD) · 30 days before" in page.text
    assert "Indonesia (CRC), initial report: 30 days before" in page.text
    address = links.to_acknowledge(message).removeprefix("http://localhost:8000")
    said = Page(Client().get(address))
    assert "Indonesia · CERD: initial report" in said.text
    assert "Indonesia · CRC: initial report" in said.text


def test_an_alert_by_hand_names_the_treaty_and_leads_back_under_it(
    secretariat: Client, cerd: StateParty
) -> None:
    page = Page(secretariat.get(f"/reminders/send/{cerd.obligations.get(first_report=1).pk}/"))
    assert "Send an alert now · CERD" in page.text
    assert page.having("a", href="/states/DEU/?treaty=CERD")


def test_a_mute_names_its_treaty_and_leads_back_under_it(
    secretariat: Client, cerd: StateParty
) -> None:
    duty = cerd.obligations.get(first_report=1)
    address = f"/reminders/mutes/new/obligation/{duty.pk}/"
    page = Page(secretariat.get(address))
    assert "Germany, initial report CERD" in page.text
    assert page.having("a", href="/states/DEU/?treaty=CERD")
    given = {"starts_on": "2026-11-22", "until": "2027-01-31", "because": "Announced."}
    assert secretariat.post(address, given)["Location"] == "/states/DEU/?treaty=CERD"
    assert "Germany, initial report CERD" in Page(secretariat.get("/reminders/mutes/")).text


def test_all_alerts_of_a_state_are_held_back_from_the_page_of_a_treaty(
    secretariat: Client, cerd: StateParty
) -> None:
    address = f"/reminders/mutes/new/state/{cerd.state.pk}/?treaty=CERD"
    assert Page(secretariat.get("/states/DEU/?treaty=CERD")).having("a", href=address)
    given = {"starts_on": "2026-11-22", "until": "2027-01-31", "because": "Announced."}
    assert secretariat.post(address, given)["Location"] == "/states/DEU/?treaty=CERD"


def test_the_states_that_are_alerted_all_the_same_are_named_with_their_treaty(
    secretariat: Client, cerd: StateParty
) -> None:
    Treaty.objects.filter(pk=cerd.treaty_id).update(reports_on_record=False)
    StateParty.objects.filter(pk=cerd.pk).update(on_record_as_at=TODAY)
    page = Page(secretariat.get("/reminders/"))
    assert "No alert goes out about these treaties as a whole" in page.text
    assert (
        "1 State party is alerted all the same: what it has sent is said to be on record. "
        "Germany CERD"
    ) in page.text
    assert page.having("a", href="/states/DEU/?treaty=CERD")
