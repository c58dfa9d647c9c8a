"""The timetable of all 60 States against a bare dateutil loop that computes as many dates."""

import sys
from datetime import date
from functools import partial

from dateutil.relativedelta import relativedelta

from benchmarks.clock import interleaved
from reporting.rules.facts import Facts
from reporting.rules.regimes import CMW
from reporting.rules.timetable import timetable
from tests.rules.recorded import recorded_facts

DAYS = (date(2026, 11, 22), date(2036, 11, 22))
ROUNDS = 31


def run() -> None:
    """Print the median of both, measured in turns, and their ratio."""
    facts = list(recorded_facts().values())
    for as_at in DAYS:
        dates = _count(facts, as_at)
        jobs = {"engine": partial(_engine, facts, as_at), "bare": partial(_bare, dates)}
        taken = interleaved(jobs, rounds=ROUNDS)
        sys.stdout.write(
            f"timetable of {len(facts)} States as at {as_at}, {dates} dates: "
            f"engine {taken['engine']:.2f} ms, bare loop {taken['bare']:.2f} ms, "
            f"ratio {taken['engine'] / taken['bare']:.2f}\n"
        )


def _count(facts: list[Facts], as_at: date) -> int:
    """Return how many dates there are: an entry into force for each State, and every due date."""
    owed = [each for one in facts for each in timetable(CMW, one, as_at=as_at)]
    return len(facts) + sum(each.due is not None for each in owed)


def _engine(facts: list[Facts], as_at: date) -> None:
    for one in facts:
        timetable(CMW, one, as_at=as_at)


def _bare(dates: int) -> None:
    start = date(2012, 5, 31)
    for _ in range(dates):
        start + relativedelta(months=60)
