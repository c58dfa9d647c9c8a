"""Dates in the Universal Periodic Review that were taken off the record, in the calendars that programs read."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
import time_machine

from reporting.exports.calendar import feed
from reporting.models import State, UniversalReview
from reporting.queries.calendar import KEPT, Scope, days, mark
from tests.factories import StateFactory, UniversalReviewFactory, partial

pytestmark = pytest.mark.django_db
BEFORE, TODAY = date(2026, 11, 22), date(2026, 11, 25)
REPORT, REVIEW = "UPR/IDN/5/report@localhost", "UPR/IDN/5/review@localhost"
On = Callable[[date], None]


@pytest.fixture
def on() -> Iterator[On]:
    with time_machine.travel(datetime.combine(BEFORE, datetime.min.time(), UTC), tick=False) as at:
        yield lambda day: at.move_to(datetime.combine(day, datetime.min.time(), UTC))


@pytest.fixture
def review(on: On) -> UniversalReview:
    made: UniversalReview = UniversalReviewFactory.create()
    return made


def whole(state: State) -> Scope:
    return Scope(None, states=(state.pk,), with_universal=True)


def events(state: State, as_at: date = TODAY) -> dict[str, Any]:
    text = feed(days(scope=whole(state), as_at=as_at), name="", as_at=as_at)
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(text).events}


def test_a_cycle_that_is_taken_off_is_cancelled_for_half_a_year(
    review: UniversalReview, on: On
) -> None:
    state, before = review.state, events(review.state)
    on(TODAY)
    review.delete()
    after = events(state)
    assert set(after) == set(before) == {REPORT, REVIEW}
    for name, event in after.items():
        assert (event["STATUS"], event.subcomponents) == ("CANCELLED", [])
        assert event["DESCRIPTION"] == "What is on record no longer leads to this date."
        for same in ("SUMMARY", "DTSTART"):
            assert event[same] == before[name][same]
        assert event["SEQUENCE"] > before[name]["SEQUENCE"]
        assert event.decoded("DTSTAMP").date() == TODAY
    asked = [
        mark(scope=whole(state), as_at=TODAY + KEPT + more, language="en").text
        for more in (-2 * date.resolution, -date.resolution, 0 * date.resolution)
    ]
    assert events(state, TODAY + KEPT) == {}
    assert events(state, TODAY + KEPT - date.resolution)
    assert asked[0] == asked[1] != asked[2]


def test_one_date_that_is_taken_off_or_moved_to_another_cycle_is_cancelled_alone(
    review: UniversalReview, on: On
) -> None:
    on(TODAY)
    review.report_due_on = None
    review.save()
    found = {name: str(event["STATUS"]) for name, event in events(review.state).items()}
    assert found == {REPORT: "CANCELLED", REVIEW: "CONFIRMED"}
    review.cycle = 4
    review.save()
    found = {name: str(event["STATUS"]) for name, event in events(review.state).items()}
    assert found == {
        REPORT: "CANCELLED",
        REVIEW: "CANCELLED",
        "UPR/IDN/4/review@localhost": "CONFIRMED",
    }


def test_a_cycle_that_is_put_on_record_again_stands_with_a_higher_number(
    review: UniversalReview, on: On
) -> None:
    state = review.state
    on(TODAY)
    review.delete()
    off = events(state)[REPORT]
    UniversalReviewFactory.create(state=state, report_due_on=partial("2027-09"))
    again = events(state)[REPORT]
    assert (again["STATUS"], again.decoded("DTSTART")) == ("CONFIRMED", date(2027, 9, 1))
    assert again["SEQUENCE"] > off["SEQUENCE"]


def test_what_no_calendar_showed_any_more_is_not_cancelled(on: On) -> None:
    old = UniversalReviewFactory.create(
        cycle=3, report_due_on=None, reviewed_on=partial("2017-05-03")
    )
    on(TODAY)
    old.delete()
    assert events(old.state) == {}


def test_whoever_is_bound_to_a_treaty_reads_of_the_states_that_it_binds(on: On) -> None:
    del on
    other = UniversalReviewFactory.create(state=StateFactory.create(iso3="SYR", name="Syria"))
    bound = Scope(None, treaties=(1,), with_universal=True)
    assert days(scope=bound, as_at=TODAY).universal == []
    everybody = days(scope=Scope(None, with_universal=True), as_at=TODAY).universal
    assert {step.review for step in everybody} == {other}
