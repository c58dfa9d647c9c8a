"""Spans of time in words."""

from datetime import date

import pytest

from reporting.templatetags.durations import days, late_by

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("due_by", "words"),
    [
        (date(2023, 6, 1), "3 years 5 months"),
        (date(2025, 11, 22), "1 year"),
        (date(2025, 10, 22), "1 year 1 month"),
        (date(2026, 9, 1), "2 months"),
        (date(2026, 11, 21), "1 day"),
        (date(2026, 11, 10), "12 days"),
        (date(2026, 11, 22), "due this day"),
        (date(2026, 11, 23), "1 day left"),
        (date(2030, 12, 11), "4 years left"),
        (date(1, 1, 1), "2025 years 10 months"),
    ],
)
def test_lateness_is_said_in_years_and_months_and_days_only_below(due_by: date, words: str) -> None:
    assert late_by(due_by, DAY) == words


def test_days_are_said_without_their_sign() -> None:
    assert [days(1), days(-1), days(4829)] == ["1 day", "1 day", "4,829 days"]
