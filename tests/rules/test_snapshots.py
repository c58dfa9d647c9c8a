"""Every State's timetable on five days, written out: a change of the engine shows as a diff."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reporting.rules.obligation import Obligation
from reporting.rules.regimes import CMW
from reporting.rules.status import status
from reporting.rules.timetable import timetable
from tests.rules.build import span
from tests.rules.recorded import recorded_facts

SNAPSHOTS = Path(__file__).parent / "snapshots"
REFRESH = "REFRESH_SNAPSHOTS"
DAYS = [date(year, 1, 1) for year in (2005, 2010, 2015, 2020, 2026)]
COLUMNS = "{:<4}{:<28}{:<9}{:<11}{:<10}{:<23}{:>6} {:<5}{:<11}{}"
HEAD = ("iso", "kind", "reports", "due", "basis", "status", "days", "band", "arose", "ended")


def _row(iso3: str, each: Obligation, as_at: date) -> str:
    standing = status(each, as_at=as_at)
    row = (
        iso3,
        each.kind,
        span(each) or "-",
        each.due or "-",
        each.basis,
        standing.status,
        "-" if standing.days is None else standing.days,
        standing.band or "-",
        each.arises_on.isoformat(),
        f"{each.closed_on} {each.closed_by}" if each.closed_on else "-",
    )
    return COLUMNS.format(*(str(value) for value in row)).rstrip()


def written(as_at: date) -> Iterator[str]:
    """Write the timetables of that day, a line for each obligation that had arisen."""
    yield f"Every obligation that had arisen as at {as_at}, closed ones too."
    yield COLUMNS.format(*HEAD).rstrip()
    for iso3, facts in sorted(recorded_facts().items()):
        for each in timetable(CMW, facts, as_at=as_at):
            yield _row(iso3, each, as_at)


@pytest.mark.parametrize("as_at", DAYS, ids=str)
def test_the_timetables_of_a_day_are_those_written_down(as_at: date) -> None:
    path = SNAPSHOTS / f"{as_at}.txt"
    text = "\n".join(written(as_at)) + "\n"
    if os.environ.get(REFRESH):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    assert path.read_text(encoding="utf-8").splitlines() == text.splitlines(), (
        f"The timetables of {as_at} have changed. If they should, write them anew with "
        f"`{REFRESH}=1 .venv/bin/python -m pytest tests/rules/test_snapshots.py` "
        "and read the diff before it is committed."
    )
