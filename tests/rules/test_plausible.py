"""Days that can only be a slip of the hand."""

from datetime import date, timedelta

import pytest

from reporting.rules.partial_date import PartialDate
from reporting.rules.plausible import Slip, slips
from reporting.rules.regimes import ADOPTED_ON, REGIMES
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


@pytest.mark.parametrize(
    ("treaty", "adopted_on"),
    [
        ("CERD", "1965-12-21"),
        ("CCPR", "1966-12-16"),
        ("CESCR", "1966-12-16"),
        ("CEDAW", "1979-12-18"),
        ("CAT", "1984-12-10"),
        ("CRC", "1989-11-20"),
        ("CMW", "1990-12-18"),
        ("OPAC", "2000-05-25"),
        ("OPSC", "2000-05-25"),
        ("CRPD", "2006-12-13"),
        ("CED", "2006-12-20"),
    ],
)
def test_nothing_is_older_than_its_treaty(treaty: str, adopted_on: str) -> None:
    first = known(adopted_on)
    days: dict[str, PartialDate | date] = {
        "signed_on": first,
        "deposited_on": first.first_day - timedelta(days=1),
    }
    assert [*slips(days, treaty=treaty, decided_on=TODAY, as_at=TODAY)] == [
        ("deposited_on", Slip.BEFORE_THE_TREATY)
    ]


def test_every_treaty_was_adopted_before_it_entered_into_force() -> None:
    assert ADOPTED_ON.keys() == REGIMES.keys()
    for code, day in ADOPTED_ON.items():
        assert day < REGIMES[code].in_force_on
