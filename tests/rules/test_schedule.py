"""What is planned backwards from a due date."""

from datetime import date

import pytest

from reporting.rules.partial_date import PartialDate
from reporting.rules.schedule import MONTHS_BEFORE, REPORT_DAYS_BEFORE, alerts_ahead, planned_back


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
        ("2030-01-01", len(REPORT_DAYS_BEFORE)),
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
    assert alerts_ahead(PartialDate.parse(due), as_at=date(2026, 11, 22)) == ahead
