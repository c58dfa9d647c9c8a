"""The numbers behind the pictures, on all recorded facts and on small worlds."""

from datetime import date

import pytest
from django.core.cache import cache
from pytest_django import DjangoAssertNumQueries

from reporting.models import Obligation, Treaty
from reporting.queries.dashboard import cards
from reporting.queries.overview import (
    DueInQuarter,
    OverdueInBand,
    Overview,
    ReceivedInYear,
    Waiting,
    overview,
    overviews,
    year_ends,
)
from reporting.queries.state import states_parties
from reporting.rules.status import Band, Status
from tests.factories import TODAY

DAYS = [date(2005, 1, 1), date(2010, 1, 1), date(2015, 1, 1), date(2020, 6, 30), TODAY]


@pytest.fixture
def treaty(recorded: None) -> Treaty:
    return Treaty.objects.get(code="CMW")


def shown(treaty: Treaty, day: date = TODAY) -> Overview:
    return overview(as_at=day, treaty=treaty)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_pictures_count_what_the_dashboard_counts(treaty: Treaty, day: date) -> None:
    counted, numbers = cards(as_at=day, treaty=treaty), shown(treaty, day)
    overdue = [code for code, status in numbers.standings.items() if status is Status.OVERDUE]
    assert len(numbers.standings) == counted.states_parties
    assert len(overdue) == counted.with_overdue_report
    assert sum(band.states for band in numbers.overdue) == counted.with_overdue_report
    assert sum(each.initial + each.periodic for each in numbers.overdue) == counted.overdue_reports
    assert numbers.waiting[-1] == Waiting(day, counted.backlog)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_state_on_the_map_stands_as_the_list_of_states_says(treaty: Treaty, day: date) -> None:
    listed = {
        each.party.state.iso3: Status.OVERDUE
        if each.overdue_reports
        else each.standing and each.standing.status
        for each in states_parties(as_at=day, treaty=treaty)
    }
    assert shown(treaty, day).standings == listed


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_open_date_of_the_next_five_years_stands_in_one_quarter(
    treaty: Treaty, day: date
) -> None:
    numbers = shown(treaty, day)
    ahead = Obligation.objects.open(as_at=day).filter(due_by__gte=day)
    last = numbers.due[-1]
    until = date(last.year + last.quarter // 4, last.quarter * 3 % 12 + 1, 1)
    for basis in ("treaty", "committee", "estimate"):
        drawn = sum(getattr(each, basis) for each in numbers.due)
        assert drawn == ahead.filter(basis=basis, due_by__lt=until).count()
    assert len(numbers.due) == 21
    assert (numbers.due[0].year, numbers.due[0].quarter) == (day.year, (day.month + 2) // 3)


def test_the_numbers_of_today(treaty: Treaty) -> None:
    numbers = shown(treaty)
    assert numbers.overdue == (
        OverdueInBand(Band.UNDER_FIVE, initial=5, periodic=3, states=5),
        OverdueInBand(Band.FIVE_TO_TEN, initial=3, periodic=0, states=3),
        OverdueInBand(Band.TEN_OR_MORE),
    )
    assert numbers.due[2] == DueInQuarter(2027, 2, treaty=1, estimate=3)
    assert numbers.without_date == 6
    assert numbers.received[12] == ReceivedInYear(2015, late=6)
    assert numbers.received[14] == ReceivedInYear(2017, on_time=1)
    assert (numbers.standings["LSO"], numbers.standings["TGO"]) == ("due soon", "overdue")


def test_a_report_whose_receipt_is_not_on_record_is_counted_in_no_year(treaty: Treaty) -> None:
    numbers = shown(treaty)
    dated = sum(each.on_time + each.late + each.unmeasured for each in numbers.received)
    assert (dated, numbers.received_undated) == (35, 56)


def test_a_combined_report_counts_once_and_is_late_if_one_part_was(treaty: Treaty) -> None:
    """The second and third report of Syria came as one in 2019, due in 2011 and in 2016."""
    parts = Obligation.objects.filter(
        state_party__state__iso3="SYR", closed_as="met", closed_on__year=2019
    ).order_by("first_report")
    assert (parts.count(), parts.values("submission").distinct().count()) == (2, 1)
    later = {"due_on": "2030-01-01", "due_from": "2030-01-01", "due_by": "2030-01-01"}

    def in_2019() -> ReceivedInYear:
        cache.clear()
        return next(each for each in shown(treaty).received if each.year == 2019)

    assert in_2019() == ReceivedInYear(2019, late=3, unmeasured=1)
    Obligation.objects.filter(pk=parts[1].pk).update(**later)
    assert in_2019() == ReceivedInYear(2019, late=3, unmeasured=1)
    Obligation.objects.filter(pk=parts[0].pk).update(**later)
    assert in_2019() == ReceivedInYear(2019, on_time=1, late=2, unmeasured=1)


def test_an_estimate_makes_no_report_late(treaty: Treaty) -> None:
    met = Obligation.objects.filter(closed_as="met", kind="report", received_on__isnull=False)
    met.update(basis="estimate", due_on="2003-07-01", due_from="2003-07-01", due_by="2003-07-01")
    received = shown(treaty).received
    assert sum(each.on_time + each.late for each in received) == 0
    assert sum(each.unmeasured for each in received) == 35


def test_the_backlog_at_the_end_of_each_half_year_is_that_of_the_dashboard(treaty: Treaty) -> None:
    waiting = shown(treaty).waiting
    assert [each.day for each in waiting[:3]] == [
        date(2003, 12, 31),
        date(2004, 6, 30),
        date(2004, 12, 31),
    ]
    assert len(waiting) == 47
    for each in waiting[::6]:
        assert each.reports == cards(as_at=each.day, treaty=treaty).backlog


def test_the_past_is_the_same_alone_and_among_other_years(treaty: Treaty) -> None:
    days = year_ends(treaty=treaty, until=TODAY)
    assert (days[0], days[-2:], len(days)) == (
        date(2003, 12, 31),
        (date(2025, 12, 31), TODAY),
        24,
    )
    played = overviews(days=days, treaty=treaty)
    assert [each.as_at for each in played] == list(days)
    for number in (0, 8, 17, 23):
        assert played[number] == shown(treaty, days[number])


def test_before_the_treaty_there_is_nothing_to_draw(treaty: Treaty) -> None:
    numbers = shown(treaty, date(1, 1, 1))
    assert (numbers.received, numbers.standings) == ((), {})
    assert numbers.waiting == (Waiting(date(1, 1, 1), 0),)
    assert sum(each.states for each in numbers.overdue) == 0


@pytest.mark.parametrize("days", [(TODAY,), tuple(DAYS)], ids=["one day", "five days"])
def test_any_number_of_days_takes_three_queries_and_then_one(
    treaty: Treaty, days: tuple[date, ...], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        first = overviews(days=days, treaty=treaty)
    with django_assert_num_queries(1):
        assert overviews(days=days, treaty=treaty) == first
