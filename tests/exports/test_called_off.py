"""Dates that the facts no longer lead to, in the calendars that programs subscribe to."""

from datetime import date
from typing import Any

import icalendar
import pytest

from reporting.exports.calendar import feed
from reporting.models import CommitteeDecision, Review, StateParty
from reporting.queries.calendar import KEPT, Scope, days
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import refresh
from tests.factories import DecisionFactory
from tests.plugins import RECORDED_ON

FOURTH = "CMW/ALB/report/4@localhost"


def events(albania: StateParty, as_at: date = RECORDED_ON) -> dict[str, Any]:
    scope = Scope(albania.treaty, states=(albania.state_id,))
    text = feed(days(scope=scope, as_at=as_at), name="CMW", as_at=as_at)
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(text).events}


@pytest.fixture
def albania(recorded: None) -> StateParty:
    """Return Albania, whose third and fourth reports are due by estimates."""
    return StateParty.objects.get(state__iso3="ALB")


def set_third(albania: StateParty) -> CommitteeDecision:
    decision: CommitteeDecision = DecisionFactory.create(
        state_party=albania,
        first_report=3,
        review=Review.objects.get(state_party=albania, first_report=2),
        decided_on=PartialDate(2019, 4, 12),
        due_on=PartialDate(2029, 4, 1),
        symbol="",
    )
    refresh(party=albania, as_at=RECORDED_ON)
    return decision


def test_a_date_that_no_longer_follows_from_the_facts_is_cancelled_and_later_gone(
    albania: StateParty,
) -> None:
    before = events(albania)[FOURTH]
    set_third(albania)
    after = events(albania)[FOURTH]
    assert (before["STATUS"], after["STATUS"], after.subcomponents) == (
        "TENTATIVE",
        "CANCELLED",
        [],
    )
    assert (after["SUMMARY"], after["DTSTART"]) == (before["SUMMARY"], before["DTSTART"])
    assert after["DESCRIPTION"] == "What is on record no longer leads to this date."
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert FOURTH not in events(albania, RECORDED_ON + KEPT)


def test_a_date_that_follows_again_stands_as_before_with_a_higher_number(
    albania: StateParty,
) -> None:
    before = events(albania)[FOURTH]
    decision = set_third(albania)
    off = events(albania)[FOURTH]
    decision.delete()
    refresh(party=albania, as_at=RECORDED_ON)
    again = events(albania)[FOURTH]
    assert (again["STATUS"], again["DTSTART"]) == (before["STATUS"], before["DTSTART"])
    assert again["SEQUENCE"] > off["SEQUENCE"] > before["SEQUENCE"]
