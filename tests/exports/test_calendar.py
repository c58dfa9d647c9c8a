"""The calendars that programs subscribe to, read as programs read them."""

from datetime import date
from typing import Any

import icalendar
import pytest
import time_machine
from django.utils import translation

from reporting.emails.calendar import called_off
from reporting.exports.calendar import feed
from reporting.models import CalledOff, CommitteeDecision, Milestone, StateParty
from reporting.queries.calendar import Scope, days
from reporting.rules.partial_date import PartialDate
from reporting.rules.written import Written
from reporting.services.timetable import refresh
from tests.factories import (
    DecisionFactory,
    SessionFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
)
from tests.parties import party_with_date_set

AS_AT = date(2022, 9, 1)
REPORT = "CMW/IDN/report/2@localhost"


@pytest.fixture
def party(db: None) -> StateParty:
    """Return Indonesia, whose second report the Committee set for 1 October 2022."""
    return party_with_date_set(as_at=AS_AT)


def text(party: StateParty, as_at: date = AS_AT, **more: Any) -> str:
    scope = Scope(party.treaty, states=(party.state_id,), **more)
    return feed(days(scope=scope, as_at=as_at), name="CMW", as_at=as_at)


def events(party: StateParty, as_at: date = AS_AT, **more: Any) -> dict[str, Any]:
    found = icalendar.Calendar.from_ical(text(party, as_at, **more))
    return {str(event["UID"]): event for event in found.events}


def move(party: StateParty, due: PartialDate) -> None:
    decision = CommitteeDecision.objects.get()
    decision.due_on = due
    decision.save()
    refresh(party=party, as_at=AS_AT)


def test_a_due_date_says_why_where_and_rings_before_it(party: StateParty) -> None:
    event = events(party)[REPORT]
    assert event.decoded("DTSTART") == date(2022, 10, 1)
    assert event["SUMMARY"] == "CMW · Indonesia: second periodic report due"
    assert event["DESCRIPTION"] == (
        "Set by the Committee in CMW/C/IDN/CO/1. The Committee set this date in its concluding"
        " observations on the initial report."
    )
    assert str(event["URL"]).endswith("/states/IDN/?language=en")
    assert [event["STATUS"], len(event.subcomponents)] == ["CONFIRMED", 5]


@pytest.mark.parametrize(
    ("language", "due", "said"),
    [
        ("en", PartialDate(2022, 10, 1), "second periodic report (due 1 October 2022)."),
        ("en", PartialDate(2027, 8), "second periodic report (due August 2027)."),
        ("es", PartialDate(2027, 8), "(fecha límite: agosto de 2027)."),
        ("id", PartialDate(2027, 8), "(jatuh tempo Agustus 2027)."),
    ],
)
def test_a_step_says_when_its_report_is_due_as_precisely_as_it_is_known(
    party: StateParty, language: str, due: PartialDate, said: str
) -> None:
    move(party, due)
    with translation.override(language):
        step = events(party, date(2022, 3, 1), with_steps=True)["CMW/IDN/report/2/draft@localhost"]
    assert str(step["DESCRIPTION"]).endswith(said)


def test_an_entry_leads_to_the_page_under_its_treaty(party: StateParty) -> None:
    treaty = TreatyFactory.create(code="CRC")
    refresh(party=StatePartyFactory.create(state=party.state, treaty=treaty), as_at=AS_AT)
    SessionFactory.create(treaty=treaty, number=91)
    scope = Scope(None, states=None)
    text = feed(days(scope=scope, as_at=AS_AT), name="All", as_at=AS_AT)
    pages = {
        (str(event["UID"]).split("/")[0], str(event["URL"]).partition(":8000")[2])
        for event in icalendar.Calendar.from_ical(text).events
    }
    assert pages == {
        ("CMW", "/states/IDN/?language=en"),
        ("CRC", "/states/IDN/?treaty=CRC&language=en"),
        ("CRC", "/?treaty=CRC&language=en"),
    }


def test_an_entry_of_what_was_called_off_leads_there_too(party: StateParty) -> None:
    treaty = TreatyFactory.create(code="CRC")
    children = StatePartyFactory.create(state=party.state, treaty=treaty)
    refresh(party=children, as_at=AS_AT)
    row = CalledOff.of(children.obligations.earliest("due_from"), on=AS_AT)
    found = called_off(row, written=Written())
    assert found.url.endswith("/states/IDN/?treaty=CRC&language=en")


def test_a_date_that_moves_keeps_its_name_and_gets_a_higher_number(party: StateParty) -> None:
    before = events(party)[REPORT]
    with time_machine.travel("2030-01-01"):
        move(party, PartialDate(2023, 10, 1))
    after = events(party)[REPORT]
    assert after.decoded("DTSTART") == date(2023, 10, 1)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTAMP") > before.decoded("DTSTAMP")


def test_a_date_that_the_committee_takes_back_goes_on_growing(party: StateParty) -> None:
    before = events(party)[REPORT]
    CommitteeDecision.objects.get().delete()
    refresh(party=party, as_at=AS_AT)
    after = events(party)[REPORT]
    assert (after["STATUS"], after.decoded("DTSTART")) == ("TENTATIVE", date(2022, 9, 13))
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_report_that_came_is_gone(party: StateParty) -> None:
    received = PartialDate(2022, 8, 20)
    SubmissionFactory.create(state_party=party, first_report=2, symbol="", received_on=received)
    refresh(party=party, as_at=AS_AT)
    assert list(events(party)) == ["CMW/IDN/report/3@localhost"]


def test_a_report_that_came_after_its_date_was_set_anew_leaves_no_old_date(
    party: StateParty,
) -> None:
    DecisionFactory.create(
        state_party=party,
        first_report=2,
        decided_on=PartialDate(2022, 8, 1),
        due_on=PartialDate(2024, 5, 1),
        symbol="",
    )
    received = PartialDate(2022, 8, 20)
    SubmissionFactory.create(state_party=party, first_report=2, symbol="", received_on=received)
    refresh(party=party, as_at=AS_AT)
    assert list(events(party)) == ["CMW/IDN/report/3@localhost"]


def test_a_date_that_lapses_is_cancelled_and_later_gone(party: StateParty) -> None:
    before = events(party)[REPORT]
    party.denunciation_notified_on = party.denunciation_effective_on = AS_AT
    party.save()
    refresh(party=party, as_at=AS_AT)
    after = events(party)[REPORT]
    assert (after["STATUS"], after.subcomponents) == ("CANCELLED", [])
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert events(party, date(2023, 8, 20)) == {}


def test_a_date_set_anew_takes_the_place_of_the_one_before(party: StateParty) -> None:
    DecisionFactory.create(
        state_party=party,
        first_report=2,
        decided_on=PartialDate(2022, 8, 1),
        due_on=PartialDate(2024, 5, 1),
        symbol="",
    )
    refresh(party=party, as_at=AS_AT)
    reports = [uid for uid in events(party) if uid == REPORT]
    assert reports == [REPORT]
    event = events(party)[REPORT]
    assert (event["STATUS"], event.decoded("DTSTART")) == ("CONFIRMED", date(2024, 5, 1))


def test_the_steps_of_a_plan_are_there_for_its_ministry(party: StateParty) -> None:
    draft = "CMW/IDN/report/2/draft@localhost"
    assert draft not in events(party)
    before = events(party, with_steps=True)[draft]
    assert before["SUMMARY"] == "CMW · Indonesia: consolidated draft (second periodic report)"
    assert (before["STATUS"], before.decoded("DTSTART")) == ("CONFIRMED", date(2022, 4, 1))
    step = Milestone.objects.create(
        state_party=party,
        report=2,
        step="draft",
        months_before=6,
        days_moved=14,
        owner="Ms Sari",
        changes=1,
    )
    after = events(party, with_steps=True)[draft]
    assert after.decoded("DTSTART") == date(2022, 4, 15)
    assert after["DESCRIPTION"].endswith("(due 1 October 2022).\nDone by: Ms Sari")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    step.done_on = AS_AT
    step.save()
    assert draft not in events(party, with_steps=True)


def test_a_session_is_whole_days_in_geneva(party: StateParty) -> None:
    session = SessionFactory.create(number=27)
    event = events(party)["CMW/session/27@localhost"]
    assert event.decoded("DTSTART") == date(2027, 4, 5)
    assert event.decoded("DTEND") == date(2027, 4, 17)
    assert (event["LOCATION"], event["STATUS"]) == ("Geneva", "CONFIRMED")
    session.status = session.Status.CANCELLED
    session.save()
    after = events(party)["CMW/session/27@localhost"]
    assert (after["STATUS"], after["SEQUENCE"]) == ("CANCELLED", event["SEQUENCE"] + 2)


def test_a_date_that_was_replaced_long_ago_and_is_recorded_now_is_cancelled(
    party: StateParty,
) -> None:
    before = events(party)[REPORT]
    DecisionFactory.create(
        state_party=party,
        first_report=2,
        decided_on=PartialDate(2021, 8, 1),
        due_on=None,
        to_be_communicated=True,
        symbol="",
    )
    refresh(party=party, as_at=AS_AT)
    after = events(party)[REPORT]
    assert (after["STATUS"], after["DTSTART"]) == ("CANCELLED", before["DTSTART"])
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_report_whose_receipt_long_ago_is_recorded_now_is_gone(party: StateParty) -> None:
    received = PartialDate(2021, 2, 1)
    SubmissionFactory.create(state_party=party, first_report=2, symbol="", received_on=received)
    refresh(party=party, as_at=AS_AT)
    assert REPORT not in events(party)
