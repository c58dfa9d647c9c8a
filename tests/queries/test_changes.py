"""What was recorded, by the day on which it was, and only what is public."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from reporting.models import StateParty, SubmissionStatus
from reporting.queries.changes import Change, latest_change, pages_of_changes
from reporting.rules.partial_date import PartialDate
from tests.factories import (
    DecisionFactory,
    ReviewFactory,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db
AS_AT = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _at_one_moment() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def party() -> StateParty:
    made: StateParty = StatePartyFactory.create()
    return made


def found(party: StateParty, as_at: date = AS_AT, **asked: Any) -> list[Change]:
    return list(pages_of_changes(treaty=party.treaty, as_at=as_at, **asked).page(1).object_list)


def told(party: StateParty, as_at: date = AS_AT, **asked: Any) -> list[tuple[str, str]]:
    return [(each.what.value, str(each.happened_on)) for each in found(party, as_at, **asked)]


def test_each_fact_is_told_as_what_it_is(party: StateParty) -> None:
    review = ReviewFactory.create(state_party=party)
    SubmissionFactory.create(state_party=party)
    DecisionFactory.create(state_party=party, review=review)
    DecisionFactory.create(
        state_party=party,
        kind="list of issues",
        decided_on=PartialDate(2021, 4, 1),
        withdrawn_on=PartialDate(2021, 9),
    )
    assert told(party) == [
        ("withdrawn", "2021-09"),
        ("requested", "2021-04-01"),
        ("date-set", "2017-09-13"),
        ("reviewed", "2017-09-06"),
        ("received", "2014-09-01"),
    ]


def test_what_is_filed_or_returned_is_nobodys_to_read(party: StateParty) -> None:
    filed = SubmissionFactory.create(
        state_party=party, status=SubmissionStatus.FILED, sent_on=date(2014, 9, 1), received_on=None
    )
    assert told(party) == []
    filed.status, filed.received_on = SubmissionStatus.RECEIVED, PartialDate(2014, 9, 2)
    with time_machine.travel("2027-01-01", tick=False):
        filed.save()
    (change,) = found(party)
    assert change.published == change.updated == datetime(2027, 1, 1, tzinfo=UTC)
    filed.status, filed.returned_because = SubmissionStatus.RETURNED, "not signed"
    filed.save()
    assert told(party) == []


def test_a_correction_is_told_again_with_its_moment(party: StateParty) -> None:
    review = ReviewFactory.create(state_party=party)
    SubmissionFactory.create(state_party=party)
    with time_machine.travel("2027-01-01", tick=False):
        review.save()
    newest, other = found(party)
    assert newest.row == review
    assert newest.updated == datetime(2027, 1, 1, tzinfo=UTC)
    assert newest.published < newest.updated
    assert other.published == other.updated


def test_what_is_recorded_last_comes_first_however_long_ago_it_happened(party: StateParty) -> None:
    ReviewFactory.create(state_party=party)
    with time_machine.travel(datetime(2026, 11, 22, 12, 1, tzinfo=UTC), tick=False):
        SubmissionFactory.create(state_party=party, received_on=PartialDate(2004))
    assert told(party) == [("received", "2004"), ("reviewed", "2017-09-06")]


@pytest.mark.parametrize(
    ("day", "last_before", "first_after"),
    [
        (PartialDate(2014, 9, 1), date(2014, 8, 31), date(2014, 9, 1)),
        (PartialDate(2014, 9), date(2014, 9, 29), date(2014, 9, 30)),
        (PartialDate(2014), date(2014, 12, 30), date(2014, 12, 31)),
        (None, date(2026, 11, 21), date(2026, 11, 22)),  # from the day of its record
    ],
)
def test_a_day_shows_what_had_certainly_happened_by_then(
    party: StateParty, day: PartialDate | None, last_before: date, first_after: date
) -> None:
    SubmissionFactory.create(state_party=party, received_on=day)
    assert [len(told(party, as_at)) for as_at in (last_before, first_after)] == [0, 1]


def test_one_state_can_be_asked_for(party: StateParty) -> None:
    other = StatePartyFactory.create(state=StateFactory.create(iso3="EGY", name="Egypt"))
    SubmissionFactory.create(state_party=party)
    ReviewFactory.create(state_party=other)
    assert told(party, state=other.state) == [("reviewed", "2017-09-06")]


def test_what_was_taken_off_the_record_is_gone_and_leaves_another_mark(party: StateParty) -> None:
    report = SubmissionFactory.create(state_party=party)
    before = latest_change()
    report.delete()
    assert told(party) == []
    assert latest_change()[0] != before[0]


def test_a_page_is_read_in_the_same_number_of_queries_however_full(
    party: StateParty, django_assert_num_queries: Any
) -> None:
    def make(reports: range) -> None:
        for number in reports:
            ReviewFactory.create(state_party=party, first_report=number, symbol="")
            SubmissionFactory.create(state_party=party, first_report=number, symbol="")

    make(range(1, 3))
    with django_assert_num_queries(9):
        assert len(found(party)) == 4
    make(range(3, 40))
    with django_assert_num_queries(9):
        assert len(found(party)) == 50
    pages = pages_of_changes(treaty=party.treaty, as_at=AS_AT)
    assert [len(pages.page(number).object_list) for number in pages.page_range] == [50, 28]
