"""How an obligation stands on a day: exact boundaries (rules 6, 7, 9 and 12)."""

from datetime import date
from typing import Any

import pytest

from reporting.rules.obligation import Basis, Closure, Kind, Obligation
from reporting.rules.partial_date import PartialDate
from reporting.rules.status import (
    Band,
    Standing,
    Status,
    band,
    band_since,
    days_late,
    soon_until,
    status,
)
from reporting.rules.wording import Explanation, Reason
from tests.rules.build import day, known


def obligation(due: str = "2013-09-01", *, received: str = "", **more: Any) -> Obligation:
    """Return a report that arose in 2012."""
    return Obligation(
        key="report/1/treaty",
        kind=Kind.REPORT,
        first=1,
        last=1,
        due=day(due),
        basis=more.pop("basis", Basis.TREATY),
        source="CMW article 73(1)(a)",
        explanation=Explanation(Reason.INITIAL),
        arises_on=date(2012, 5, 31),
        received=day(received),
        **more,
    )


@pytest.mark.parametrize(
    ("as_at", "standing"),
    [
        (date(2012, 8, 31), Standing(Status.UPCOMING, -366)),
        (date(2012, 9, 1), Standing(Status.DUE_SOON, -365)),
        (date(2013, 8, 31), Standing(Status.DUE_SOON, -1)),
        (date(2013, 9, 1), Standing(Status.DUE_SOON, 0)),
        (date(2013, 9, 2), Standing(Status.OVERDUE, 1, Band.UNDER_FIVE)),
        (date(2018, 8, 31), Standing(Status.OVERDUE, 1825, Band.UNDER_FIVE)),
        (date(2018, 9, 1), Standing(Status.OVERDUE, 1826, Band.FIVE_TO_TEN)),
        (date(2023, 8, 31), Standing(Status.OVERDUE, 3651, Band.FIVE_TO_TEN)),
        (date(2023, 9, 1), Standing(Status.OVERDUE, 3652, Band.TEN_OR_MORE)),
        (date.max, Standing(Status.OVERDUE, 2916947, Band.TEN_OR_MORE)),
    ],
)
def test_a_certain_date_is_upcoming_then_soon_then_overdue_by_its_band(
    as_at: date, standing: Standing
) -> None:
    assert status(obligation(), as_at=as_at) == standing


@pytest.mark.parametrize(
    ("as_at", "standing"),
    [
        (date(2009, 12, 31), Standing(Status.UPCOMING, -730)),
        (date(2010, 1, 1), Standing(Status.DUE_SOON, -729)),
        (date(2011, 12, 31), Standing(Status.DUE_SOON, 0)),
        (date(2012, 1, 1), Standing(Status.OVERDUE, 1, Band.UNDER_FIVE)),
        (date(2016, 12, 30), Standing(Status.OVERDUE, 1826, Band.UNDER_FIVE)),
        (date(2016, 12, 31), Standing(Status.OVERDUE, 1827, Band.FIVE_TO_TEN)),
    ],
)
def test_a_year_is_soon_by_its_first_day_and_late_by_its_last(
    as_at: date, standing: Standing
) -> None:
    assert status(obligation("2011"), as_at=as_at) == standing


@pytest.mark.parametrize(
    ("as_at", "standing"),
    [
        (date(2013, 8, 31), Standing(Status.UNCONFIRMED, -1)),
        (date(2013, 9, 1), Standing(Status.UNCONFIRMED, 0)),
        (date(2013, 9, 2), Standing(Status.UNCONFIRMED)),
        (date(2026, 1, 1), Standing(Status.UNCONFIRMED)),
    ],
)
def test_an_estimate_is_unconfirmed_and_never_overdue(as_at: date, standing: Standing) -> None:
    assert status(obligation(basis=Basis.ESTIMATE), as_at=as_at) == standing


def test_what_has_no_date_is_never_overdue() -> None:
    no_date = obligation("", basis=Basis.NONE)

    assert status(no_date, as_at=date.max) == Standing(Status.NO_DATE)


@pytest.mark.parametrize(
    ("as_at", "standing"),
    [
        (date(2013, 9, 1), Standing(Status.DUE_SOON, 0)),
        (date(2014, 1, 31), Standing(Status.OVERDUE, 152, Band.UNDER_FIVE)),
        (date(2014, 2, 1), Standing(Status.AWAITING_CONSIDERATION)),
    ],
)
def test_a_passed_date_is_not_overdue_while_an_earlier_report_waits(
    as_at: date, standing: Standing
) -> None:
    assert status(obligation(awaiting_since=date(2014, 2, 1)), as_at=as_at) == standing


@pytest.mark.parametrize(
    ("due", "received", "days"),
    [
        ("2013-09-01", "2013-09-01", 0),
        ("2013-09-01", "2013-08-31", -1),
        ("2013-09-01", "2013-09-02", 1),
        ("2013", "2013-12-31", 0),
        ("2013", "2014-01-01", 1),
        ("2013", "2013", 0),
        ("2013-09-01", "2013", 0),
        ("2013-09-01", "2014", 122),
        ("2013-09", "2013-08", -30),
        ("2017", "2017-05-02", -243),
    ],
)
def test_on_time_is_by_the_last_day_and_late_is_only_what_certainly_was(
    due: str, received: str, days: int
) -> None:
    met = obligation(due, received=received, closed_on=date(2015, 1, 1), closed_as=Closure.MET)

    assert days_late(due=known(due), received=known(received)) == days
    assert status(met, as_at=date(2015, 1, 1)) == Standing(Status.MET, days)


def test_what_was_met_on_a_day_that_is_not_on_record_says_no_days() -> None:
    met = obligation(closed_on=date(2015, 1, 1), closed_as=Closure.MET)

    assert status(met, as_at=date(2015, 1, 1)) == Standing(Status.MET)


def test_what_had_no_date_is_met_without_days() -> None:
    met = obligation("", received="2014", closed_on=date(2015, 1, 1), closed_as=Closure.MET)

    assert status(met, as_at=date(2015, 1, 1)) == Standing(Status.MET)


@pytest.mark.parametrize("closed_as", list(Closure))
def test_what_has_ended_says_how_from_its_day_on_and_not_before(closed_as: Closure) -> None:
    ended = obligation(closed_on=date(2015, 1, 1), closed_as=closed_as)

    assert status(ended, as_at=date(2014, 12, 31)).status is Status.OVERDUE
    assert status(ended, as_at=date(2015, 1, 1)) == Standing(Status(closed_as.value))


def test_an_obligation_is_open_from_the_day_it_arises_until_the_day_before_it_ends() -> None:
    ended = obligation(closed_on=date(2015, 1, 1), closed_as=Closure.MET)
    days = [date(2012, 5, 30), date(2012, 5, 31), date(2014, 12, 31), date(2015, 1, 1)]

    assert [ended.is_open(as_at=each) for each in days] == [False, True, True, False]
    assert obligation().is_open(as_at=date.max)


@pytest.mark.parametrize("due_by", [date(2013, 9, 1), date(2016, 2, 29), date(1, 1, 1)])
@pytest.mark.parametrize("as_at", [date(2026, 2, 28), date(2026, 3, 1), date(2023, 9, 1)])
def test_the_days_of_a_band_are_those_of_what_is_in_it(due_by: date, as_at: date) -> None:
    after, until = band_since(band(due_by=due_by, as_at=as_at), as_at=as_at)

    assert after is None or after < due_by
    assert due_by <= until


def test_bands_of_the_first_years_of_the_calendar_begin_with_it() -> None:
    assert band_since(Band.FIVE_TO_TEN, as_at=date(7, 3, 1)) == (date.min, date(2, 3, 1))


@pytest.mark.parametrize(
    ("as_at", "until"),
    [
        (date(2023, 2, 28), date(2024, 2, 28)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(9999, 1, 1), date.max),
    ],
)
def test_due_soon_looks_twelve_months_ahead(as_at: date, until: date) -> None:
    assert soon_until(as_at) == until


def test_a_due_date_at_the_end_of_the_calendar_can_be_asked_about() -> None:
    standing = status(obligation("9999"), as_at=date(9998, 6, 1))

    assert standing == Standing(Status.DUE_SOON, (date(9998, 6, 1) - date.max).days)
    assert PartialDate(9999).last_day == date.max
