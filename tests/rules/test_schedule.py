"""What is planned backwards from a due date."""

from datetime import date, timedelta
from itertools import islice

import pytest

from reporting.rules.obligation import Kind
from reporting.rules.partial_date import PartialDate
from reporting.rules.schedule import (
    DEFAULT_OFFSETS,
    MONTHS_BEFORE,
    Offsets,
    alerts_ahead,
    latest,
    look,
    moments,
    planned_back,
)

REPORT = DEFAULT_OFFSETS[Kind.REPORT]


def test_a_report_is_begun_eighteen_months_before_it_is_due() -> None:
    due = PartialDate(2030, 12, 11)
    days = {step: planned_back(due, months_before=months) for step, months in MONTHS_BEFORE.items()}
    assert days == {
        "start": date(2029, 6, 11),
        "data": date(2029, 9, 11),
        "inputs": date(2030, 3, 11),
        "draft": date(2030, 6, 11),
        "consultation": date(2030, 7, 11),
        "clearance": date(2030, 9, 11),
        "translation": date(2030, 10, 11),
        "sign-off": date(2030, 11, 11),
    }


@pytest.mark.parametrize(
    ("due", "day"),
    [("2027", "2026-07-01"), ("2027-08", "2027-02-01"), ("2027-08-31", "2027-02-28")],
)
def test_a_step_counts_from_the_first_day_that_can_be_meant(due: str, day: str) -> None:
    planned = planned_back(PartialDate.parse(due), months_before=6)
    assert planned == date.fromisoformat(day)


def test_a_step_can_be_moved_by_days() -> None:
    due = PartialDate(2027, 1, 1)
    assert planned_back(due, months_before=1, days_moved=-3) == date(2026, 11, 28)


@pytest.mark.parametrize(
    ("due", "ahead"),
    [
        ("2030-01-01", 8),
        ("2026-12-23", 4),
        ("2026-12-22", 3),
        ("2026-11-23", 1),
        ("2026-11-22", 0),
        ("2013-09-01", 0),
        ("2027", 4),
    ],
)
def test_the_alerts_that_are_ahead_count_from_the_first_day_that_can_be_meant(
    due: str, ahead: int
) -> None:
    assert alerts_ahead(PartialDate.parse(due), REPORT, as_at=date(2026, 11, 22)) == ahead


def test_alerts_on_a_report_go_out_from_eighteen_months_before_it_and_never_end() -> None:
    offsets = [
        moment.days_before for moment in islice(moments(PartialDate(2027, 1, 1), REPORT), 24)
    ]
    before = [540, 365, 180, 90, 30, 7, 1, 0]
    after = [1, *range(30, 361, 30)]
    assert offsets == [*before, *(-days for days in after), -455, -545, -635]


def test_alerts_before_a_bare_year_count_from_its_first_day_and_late_ones_from_its_last() -> None:
    days = {each.days_before: each.day for each in islice(moments(PartialDate(2027), REPORT), 9)}
    assert days[30] == date(2026, 12, 2)
    assert days[0] == date(2027, 1, 1)
    assert days[-1] == date(2028, 1, 1)


@pytest.mark.parametrize(
    ("as_at", "latest", "next_on"),
    [
        (date(2026, 12, 1), 90, date(2026, 12, 2)),
        (date(2026, 12, 2), 30, date(2026, 12, 25)),
        (date(2027, 1, 1), 0, date(2027, 1, 2)),
        (date(2027, 1, 30), -1, date(2027, 1, 31)),
    ],
)
def test_the_latest_alert_that_has_passed_and_the_day_of_the_next(
    as_at: date, latest: int, next_on: date
) -> None:
    looked = look(PartialDate(2027, 1, 1), REPORT, as_at=as_at)
    assert (looked.passed[-1].days_before, looked.next_on) == (latest, next_on)


@pytest.mark.parametrize("due", ["1996-02-29", "2025-11-22", "2026", "2026-12", "2027-05-01"])
@pytest.mark.parametrize("late", [True, False])
@pytest.mark.parametrize(
    "offsets",
    [
        *DEFAULT_OFFSETS.values(),
        Offsets((30, 0), (1,)),
        Offsets((), (45, 1, 30), every=30, until=60),
        Offsets((0,), (), later=20),
        Offsets((7,), (400,), every=30, until=90, later=7),
    ],
)
def test_what_is_taken_up_in_the_middle_is_what_all_of_them_end_in(
    due: str, offsets: Offsets, *, late: bool
) -> None:
    date_due = PartialDate.parse(due)
    for days in range(0, 800, 29):
        day = date(2025, 11, 20) + timedelta(days=days)
        passed = look(date_due, offsets, as_at=day, late=late).passed
        assert latest(date_due, offsets, by=day, late=late) == (passed[-1] if passed else None)
        whole = (each for each in moments(date_due, offsets) if each.day > day)
        rest = moments(date_due, offsets, after=day)
        assert list(islice(rest, 5)) == list(islice(whole, 5))


def test_what_is_not_late_although_its_date_has_passed_is_not_alerted_of_any_more() -> None:
    looked = look(PartialDate(2026, 1, 1), REPORT, as_at=date(2026, 11, 22), late=False)
    assert (looked.passed[-1].days_before, looked.next_on) == (0, None)


def test_after_the_last_alert_there_is_no_next_one() -> None:
    looked = look(PartialDate(2026, 1, 1), Offsets((30, 0), (1,)), as_at=date(2026, 1, 2))
    assert ([each.days_before for each in looked.passed], looked.next_on) == ([30, 0, -1], None)


def test_days_after_a_date_that_are_named_twice_count_once_and_stand_in_order() -> None:
    offsets = Offsets((), (45, 1, 30), every=30, until=60)
    assert list(offsets.days_after()) == [1, 30, 45, 60]


def test_alerts_end_with_the_calendar() -> None:
    days = [each.day for each in moments(PartialDate(9999, 12, 1), Offsets((0,), (), later=20))]
    assert days == [date(9999, 12, 1), date(9999, 12, 21)]
    assert next(moments(PartialDate(1, 1, 1), Offsets((540, 0)))).days_before == 0
