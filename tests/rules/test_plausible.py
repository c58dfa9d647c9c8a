"""Days that can only be a slip of the hand."""

from datetime import date

import pytest

from reporting.rules.partial_date import PartialDate
from reporting.rules.plausible import Slip, slips
from tests.rules.build import TODAY, known


def _slips(decided_on: date = date(2017, 9, 13), **days: PartialDate | date) -> list[Slip]:
    found = slips(days, treaty="CMW", decided_on=decided_on, as_at=TODAY)
    return [slip for _name, slip in found]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2037-09-13", []),
        ("2037", []),
        ("2037-09-14", [Slip.DUE_TOO_LATE]),
        ("9999-12-31", [Slip.DUE_TOO_LATE]),
        ("1990-12-18", []),
        ("1990-12", []),
        ("1990-12-17", [Slip.BEFORE_THE_TREATY]),
    ],
)
def test_a_due_date_lies_within_twenty_years_of_its_decision(day: str, found: list[Slip]) -> None:
    assert _slips(due_on=known(day)) == found


@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2031, 11, 22), []), (date(2031, 11, 23), [Slip.PLANNED_TOO_FAR_AHEAD])],
)
def test_a_session_is_planned_within_five_years(day: date, found: list[Slip]) -> None:
    assert _slips(starts_on=day) == found


def test_a_decision_of_the_last_day_that_there_is_can_be_asked_about() -> None:
    assert _slips(date.max, due_on=known("9999-12-31")) == []


def test_another_treaty_has_no_first_day_here() -> None:
    days = {"deposited_on": known("1969-03-01")}
    assert not [*slips(days, treaty="CERD", decided_on=TODAY, as_at=TODAY)]
