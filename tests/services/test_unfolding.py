"""A report that is none under a protocol any more is cancelled in the calendar of that protocol."""

from datetime import date
from typing import Any

import icalendar
import pytest

from reporting.exports.calendar import feed
from reporting.models import CommitteeDecision, StateParty, Submission, Treaty, Unfolded
from reporting.queries.calendar import KEPT, Scope, days, mark
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import refresh
from reporting.services.unfolding import shown_under
from tests.factories import (
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
)
from tests.parties import party_with_date_set

AS_AT = date(2023, 2, 1)
SECOND, THIRD = "CMW/IDN/report/2@localhost", "CMW/IDN/report/3@localhost"


@pytest.fixture
def convention(db: None) -> StateParty:
    """Return Indonesia, whose second report was due on 1 October 2022."""
    return party_with_date_set(as_at=AS_AT)


@pytest.fixture
def protocol(convention: StateParty) -> StateParty:
    """Return Indonesia under a protocol, whose initial report was due on 1 September 2013."""
    treaty = TreatyFactory.create(code="OPAC", folded_into=convention.treaty.code)
    party: StateParty = StatePartyFactory.create(treaty=treaty)
    refresh(party=party, as_at=AS_AT)
    return party


def events(treaty: Treaty | None, as_at: date = AS_AT) -> dict[str, Any]:
    scope = Scope(treaty)
    made = feed(days(scope=scope, as_at=as_at), name="calendar", as_at=as_at)
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(made).events}


def statuses(treaty: Treaty | None, as_at: date = AS_AT) -> dict[str, str]:
    return {uid: str(event["STATUS"]) for uid, event in events(treaty, as_at).items()}


def receive_initial(protocol: StateParty, on: date = date(2023, 1, 10)) -> Submission:
    received: Submission = SubmissionFactory.create(
        state_party=protocol, symbol="CRC/C/OPAC/IDN/1", received_on=PartialDate.of(on)
    )
    refresh(party=protocol, as_at=AS_AT)
    return received


def test_when_the_initial_report_came_earlier_dates_are_cancelled_for_the_protocol_alone(
    protocol: StateParty,
) -> None:
    before = events(protocol.treaty)
    assert before[SECOND]["STATUS"] == before[THIRD]["STATUS"] == "CONFIRMED"
    receive_initial(protocol)
    after = events(protocol.treaty)
    assert (after[SECOND]["STATUS"], after[THIRD]["STATUS"]) == ("CANCELLED", "CONFIRMED")
    assert after[SECOND]["DESCRIPTION"] == "No longer the report under OPAC as well."
    assert after[SECOND]["SEQUENCE"] > before[SECOND]["SEQUENCE"]
    assert after[SECOND].decoded("DTSTAMP") >= before[SECOND].decoded("DTSTAMP")
    for other in (Treaty.objects.get(code="CMW"), None):
        assert statuses(other)[SECOND] == "CONFIRMED"


def test_it_stays_cancelled_as_long_as_other_dates_do(protocol: StateParty) -> None:
    receive_initial(protocol)
    last = AS_AT + KEPT - date.resolution
    assert statuses(protocol.treaty, last)[SECOND] == "CANCELLED"
    assert SECOND not in statuses(protocol.treaty, AS_AT + KEPT)
    seen = [
        mark(scope=Scope(protocol.treaty), as_at=day, language="en").text
        for day in (last, AS_AT + KEPT)
    ]
    assert seen[0] != seen[1]


def test_a_report_that_is_one_under_the_protocol_again_is_no_longer_cancelled(
    protocol: StateParty,
) -> None:
    received = receive_initial(protocol)
    cancelled = events(protocol.treaty)[SECOND]
    received.delete()
    refresh(party=protocol, as_at=AS_AT)
    again = events(protocol.treaty)[SECOND]
    assert (again["STATUS"], Unfolded.objects.count()) == ("CONFIRMED", 0)
    assert again["SEQUENCE"] > cancelled["SEQUENCE"]


def test_a_date_of_the_convention_that_moves_before_the_initial_report_is_cancelled_too(
    protocol: StateParty, convention: StateParty
) -> None:
    receive_initial(protocol, on=date(2017, 12, 1))
    assert statuses(protocol.treaty)[SECOND] == "CONFIRMED"
    decision = CommitteeDecision.objects.get()
    decision.due_on = PartialDate(2017, 11, 1)
    decision.save()
    refresh(party=convention, as_at=AS_AT)
    assert statuses(protocol.treaty)[SECOND] == "CANCELLED"
    assert statuses(convention.treaty)[SECOND] == "CONFIRMED"


def test_a_report_that_was_met_is_gone_from_both(
    protocol: StateParty, convention: StateParty
) -> None:
    SubmissionFactory.create(
        state_party=convention, first_report=2, symbol="", received_on=PartialDate(2023, 1, 20)
    )
    refresh(party=convention, as_at=AS_AT)
    assert SECOND not in statuses(protocol.treaty) | statuses(convention.treaty)
    assert Unfolded.objects.count() == 0


LEFT = date(2023, 1, 15)


def leave(protocol: StateParty, *, on: date = LEFT) -> None:
    protocol.denunciation_notified_on, protocol.denunciation_effective_on = date(2022, 1, 15), on
    protocol.save()
    refresh(party=protocol, as_at=AS_AT)


def test_reports_of_a_state_that_left_the_protocol_are_cancelled_in_its_calendar_alone(
    protocol: StateParty, convention: StateParty
) -> None:
    before = events(protocol.treaty)
    leave(protocol)
    after = events(protocol.treaty)
    for uid in (SECOND, THIRD):
        assert (before[uid]["STATUS"], after[uid]["STATUS"]) == ("CONFIRMED", "CANCELLED")
        assert after[uid]["DESCRIPTION"] == "No longer the report under OPAC as well."
        assert after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"]
    for other in (convention.treaty, None):
        assert statuses(other)[SECOND] == "CONFIRMED"
    assert SECOND not in statuses(protocol.treaty, LEFT + KEPT)


def test_that_it_will_leave_cancels_nothing_before_the_day(protocol: StateParty) -> None:
    day = date(2024, 2, 1)
    leave(protocol, on=day)
    eve = day - date.resolution
    marks = [mark(scope=Scope(protocol.treaty), as_at=each, language="en") for each in (eve, day)]
    assert statuses(protocol.treaty, eve)[SECOND] == "CONFIRMED"
    assert statuses(protocol.treaty, day)[SECOND] == "CANCELLED"
    assert marks[0].text != marks[1].text
    last = mark(scope=Scope(protocol.treaty), as_at=day + KEPT - date.resolution, language="en")
    assert last.text != mark(scope=Scope(protocol.treaty), as_at=day + KEPT, language="en").text


def test_a_denunciation_that_is_taken_off_the_record_leaves_everything_as_it_was(
    protocol: StateParty,
) -> None:
    leave(protocol)
    cancelled = events(protocol.treaty)[SECOND]
    protocol.denunciation_notified_on = protocol.denunciation_effective_on = None
    protocol.save()
    refresh(party=protocol, as_at=AS_AT)
    again = events(protocol.treaty)[SECOND]
    assert again["STATUS"] == "CONFIRMED"
    assert again["SEQUENCE"] > cancelled["SEQUENCE"]


def test_a_state_party_to_no_protocol_costs_nothing(
    db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert shown_under([], as_at=AS_AT) == set()
