"""The forecast from all recorded facts, and how it did in the past."""

from datetime import date

import pytest
from django.core.cache import cache
from pytest_django import DjangoAssertNumQueries

from reporting.models import Submission, Treaty
from reporting.queries.forecast import Pace, foretell, looked_back, usual_pace
from reporting.queries.tables import awaiting_consideration
from reporting.rules.forecast import Level
from tests.factories import TODAY

AT_THE_END_OF_2015 = date(2015, 12, 31)


@pytest.fixture
def treaty(recorded: None) -> Treaty:
    return Treaty.objects.get(code="CMW")


def test_what_was_foretold_is_held_against_what_came(treaty: Treaty) -> None:
    """The first is an error of the method: docs/forecast.md states it, and so does the page."""
    found = [
        (each.first.year, each.foretold, each.came, each.holds)
        for each in looked_back(treaty=treaty)
    ]
    assert found == [
        (2015, Level(14, 18, 22), 26, False),
        (2020, Level(25, 30, 35), 26, True),
    ]


def test_the_usual_pace_is_that_of_the_last_ten_sessions_on_record(treaty: Treaty) -> None:
    assert usual_pace(treaty=treaty, as_at=TODAY) == Pace(3, 2, 29, 10)
    assert usual_pace(treaty=treaty, as_at=AT_THE_END_OF_2015) == Pace(2, 2, 24, 10)
    assert usual_pace(treaty=treaty, as_at=date(2004, 1, 1)) == Pace(1, 2, 0, 0)


@pytest.mark.parametrize("day", [date(2010, 1, 1), AT_THE_END_OF_2015, TODAY], ids=str)
def test_it_starts_from_the_reports_that_wait(treaty: Treaty, day: date) -> None:
    found = foretell(treaty=treaty, as_at=day, reviews=3, sessions_a_year=2)
    waiting = [each.iso3 for each in awaiting_consideration(as_at=day, treaty=treaty)]
    assert list(found.question.waiting) == waiting


def test_a_state_whose_report_waits_is_not_awaited_too(treaty: Treaty) -> None:
    asked = foretell(treaty=treaty, as_at=AT_THE_END_OF_2015, reviews=3, sessions_a_year=2).question
    assert not set(asked.waiting) & {each.state for each in asked.awaited}
    assert len({each.state for each in asked.awaited}) == len(asked.awaited)


def test_reports_without_a_day_of_receipt_are_counted(treaty: Treaty) -> None:
    found = foretell(treaty=treaty, as_at=TODAY, reviews=3, sessions_a_year=2)
    assert (
        found.undated
        == Submission.objects.filter(
            received_on__isnull=True, state_party__treaty=treaty, kind="report"
        ).count()
    )


def test_what_came_after_the_day_changes_nothing(treaty: Treaty) -> None:
    before = foretell(treaty=treaty, as_at=AT_THE_END_OF_2015, reviews=3, sessions_a_year=2)
    later = treaty.parties.get(state__iso3="IDN").obligations.filter(closed_on__gt="2016-01-01")
    assert later.exists()
    later.update(closed_on=None, closed_as="", considered_on=None)
    cache.clear()
    assert before == foretell(treaty=treaty, as_at=AT_THE_END_OF_2015, reviews=3, sessions_a_year=2)


def test_it_asks_twice_the_first_time_and_once_thereafter(
    treaty: Treaty, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for queries in (2, 1):
        with django_assert_num_queries(queries):
            foretell(treaty=treaty, as_at=TODAY, reviews=3, sessions_a_year=2)
