"""The forecast from all recorded facts, and how it did in the past."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from pytest_django import DjangoAssertNumQueries
from pytest_django.plugin import DjangoDbBlocker

from reporting.models import Revision, Submission, Treaty
from reporting.queries import forecast as forecast_queries
from reporting.queries.backlog import Backlog
from reporting.queries.forecast import Foretold, Pace, Past, foretell, looked_back, usual_pace
from reporting.rules.forecast import NOMINAL, Level, Question, by_spread
from tests.factories import TODAY

AT_THE_END_OF_2015 = date(2015, 12, 31)


@pytest.fixture
def treaty(recorded: None) -> Treaty:
    return Treaty.objects.get(code="CMW")


@pytest.fixture(scope="module")
def past(_recorded: None, django_db_blocker: DjangoDbBlocker) -> Past:
    """Return what was foretold year by year, reckoned once: that takes a second."""
    with django_db_blocker.unblock():
        return looked_back(treaty=Treaty.objects.get(code="CMW"), known_by=TODAY)


def test_what_was_foretold_is_held_against_what_came(past: Past) -> None:
    """The same numbers stand in docs/forecast.md: five years from the end of each year."""
    found = [(each.first.year, *each.foretold, each.came) for each in past.tests]
    assert found == [
        (2008, 12, 23, 57, 17),
        (2009, 7, 15, 32, 21),
        (2010, 7, 15, 43, 27),
        (2011, 9, 20, 43, 31),
        (2012, 10, 19, 43, 30),
        (2013, 9, 19, 45, 33),
        (2014, 9, 19, 46, 35),
        (2015, 9, 18, 42, 26),
        (2016, 8, 15, 25, 17),
        (2017, 11, 18, 29, 18),
        (2018, 13, 20, 35, 20),
        (2019, 15, 22, 44, 20),
        (2020, 16, 25, 51, 26),
    ]


def test_the_document_holds_the_same_numbers(past: Past) -> None:
    text = Path(settings.BASE_DIR, "docs", "forecast.md").read_text(encoding="utf-8")
    for each in past.tests:
        low, middle, high = each.foretold
        assert f"| {each.first.year} | {low} | {middle} | {high} | {each.came} |" in text
    assert f"Observed: {past.held} of {len(past.tests)}." in text


def test_at_least_eight_in_ten_forecasts_of_the_past_hold(past: Past) -> None:
    assert past.held >= NOMINAL * len(past.tests)
    assert past.spread == 2.0


def test_an_earlier_day_is_told_nothing_that_was_not_known_on_it(treaty: Treaty) -> None:
    past = looked_back(treaty=treaty, known_by=AT_THE_END_OF_2015)
    assert [each.last.year for each in past.tests] == [2013, 2014, 2015]
    assert past.spread == 3.0
    assert looked_back(treaty=treaty, known_by=date(1995, 1, 1)) == Past((), 3.0)
    later = treaty.parties.get(state__iso3="IDN").obligations.filter(closed_on__gt="2016-01-01")
    assert later.exists()
    later.update(closed_on=None, closed_as="", considered_on=None)
    cache.clear()
    assert looked_back(treaty=treaty, known_by=AT_THE_END_OF_2015) == past


def test_the_usual_pace_is_that_of_the_last_ten_sessions_on_record(treaty: Treaty) -> None:
    assert usual_pace(treaty=treaty, as_at=TODAY) == Pace(3, 2, 29, 10)
    assert usual_pace(treaty=treaty, as_at=AT_THE_END_OF_2015) == Pace(2, 2, 24, 10)
    assert usual_pace(treaty=treaty, as_at=date(2004, 1, 1)) == Pace(1, 2, 0, 0)


def foretold(treaty: Treaty, day: date) -> Foretold:
    return foretell(treaty=treaty, as_at=day, reviews=3, sessions_a_year=2, spread=2.0)


@pytest.mark.parametrize("day", [date(2010, 1, 1), AT_THE_END_OF_2015, TODAY], ids=str)
def test_it_starts_from_the_reports_that_wait(treaty: Treaty, day: date) -> None:
    found = foretold(treaty, day)
    waiting = [each.iso3 for each in Backlog(as_at=day, treaty=treaty)]
    assert list(found.question.waiting) == waiting


def test_a_state_whose_report_waits_is_not_awaited_too(treaty: Treaty) -> None:
    asked = foretold(treaty, AT_THE_END_OF_2015).question
    assert not set(asked.waiting) & {each.state for each in asked.awaited}
    assert len({each.state for each in asked.awaited}) == len(asked.awaited)


def test_reports_without_a_day_of_receipt_are_counted(treaty: Treaty) -> None:
    found = foretold(treaty, TODAY)
    assert (
        found.undated
        == Submission.objects.filter(
            received_on__isnull=True, state_party__treaty=treaty, kind="report"
        ).count()
    )


def test_what_came_after_the_day_changes_nothing(treaty: Treaty) -> None:
    before = foretold(treaty, AT_THE_END_OF_2015)
    later = treaty.parties.get(state__iso3="IDN").obligations.filter(closed_on__gt="2016-01-01")
    assert later.exists()
    later.update(closed_on=None, closed_as="", considered_on=None)
    cache.clear()
    assert before == foretold(treaty, AT_THE_END_OF_2015)


def test_it_asks_twice_the_first_time_and_once_thereafter(
    treaty: Treaty, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for queries in (2, 1):
        with django_assert_num_queries(queries):
            foretold(treaty, TODAY)


def test_looking_back_asks_three_times_the_first_time_and_once_thereafter(
    treaty: Treaty, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for queries in (3, 1):
        with django_assert_num_queries(queries):
            looked_back(treaty=treaty, known_by=TODAY)


def test_a_report_that_came_later_lets_no_forecast_of_the_past_be_drawn_again(
    treaty: Treaty, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_back(treaty=treaty, known_by=TODAY)
    drawn: list[Question] = []

    def counted(question: Question) -> tuple[Level, ...]:
        drawn.append(question)
        return by_spread(question)

    monkeypatch.setattr(forecast_queries, "by_spread", counted)
    party = treaty.parties.get(state__iso3="IDN")
    party.obligations.filter(closed_on=None).update(closed_on=date(2025, 12, 31), closed_as="met")
    Revision.objects.renew()
    looked_back(treaty=treaty, known_by=TODAY)
    assert drawn == []
    party.obligations.filter(closed_as="met").delete()
    Revision.objects.renew()
    looked_back(treaty=treaty, known_by=TODAY)
    assert drawn
