"""How far the timetable is projected."""

from datetime import date

import pytest

from reporting.rules.hindsight import projected_until


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2026-11-22", "2036-11-22"),
        ("2024-02-29", "2034-02-28"),
        ("9995-01-01", "9999-01-01"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_the_timetable_reaches_ten_years_ahead_and_no_further_than_the_calendar(
    day: str, last: str
) -> None:
    assert projected_until(date.fromisoformat(day)) == date.fromisoformat(last)
