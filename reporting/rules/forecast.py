"""How many reports will wait to be considered: from how late reports came, by drawing many futures.

The method is on the page (templates/forecast/_method.html). A report that is outstanding comes with a chance that depends on for how
long it has been overdue, the same for all States, times the pace of its State.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import count
from math import ceil
from random import Random
from typing import NamedTuple

# The spans of lateness, in years after the due date, in which one yearly chance holds; the last has no end.
SPANS = (0.0, 1.0, 2.0, 3.0, 5.0, 10.0)
# A State's own history counts against that of all States with the weight of so many reports.
WEIGHT_OF_ALL = 2.0
CYCLE_YEARS = 5.0
RUNS = 300
# So many futures for each forecast of the past.
RUNS_OF_A_TEST = 100
SEED = 1990
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
# So many forecasts are to hold; the spreads that are tried until so many of the earlier ones would have.
NOMINAL = 0.8
SPREADS = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
# After its due date, however little: what did not come in time.
_JUST_LATE = 1e-9


@dataclass(frozen=True, slots=True)
class Spell:
    """A report that was outstanding: from ``start`` to ``until`` in years after its due date.

    ``until`` is negative for one that came before its date. One that did not come was still outstanding
    on the last day, or ended otherwise, as by a review in its absence.
    """

    state: str
    until: float
    came: bool
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class Awaited:
    """A State whose next report is outstanding; ``since`` is in years, negative before the due date."""

    state: str
    since: float


@dataclass(frozen=True, slots=True)
class Question:
    """What a forecast starts from: the history, what is outstanding, the States whose reports wait.

    In a future so many times as many reports come as the history says: anything from ``spread`` times
    fewer to ``spread`` times more.
    """

    spells: tuple[Spell, ...]
    awaited: tuple[Awaited, ...]
    waiting: tuple[str, ...]
    reviews: int
    sessions_a_year: int
    years: int = 10
    spread: float = 1.0


class Level(NamedTuple):
    """A number of reports: as likely above as below ``middle``; eight in ten within ``low`` and ``high``."""

    low: int
    middle: int
    high: int

    def holds(self, came: int) -> bool:
        """Whether so many lie within."""
        return self.low <= came <= self.high


@dataclass(frozen=True, slots=True)
class Forecast:
    """The backlog after each session, and how many reports come in all until then."""

    backlog: tuple[Level, ...]
    arrivals: tuple[Level, ...]


class _Chances(NamedTuple):
    """What the history says: the share that came by the date, then yearly chances by span."""

    on_time: float
    yearly: tuple[float, ...]


def forecast(question: Question, *, runs: int = RUNS, seed: int = SEED) -> Forecast:
    """Draw ``runs`` futures and return what holds in eight of ten; the same seed gives the same numbers."""
    chances = _chances(question.spells)
    records = _records(question.spells, chances)
    random = Random(seed)  # noqa: S311 - futures are drawn, no secret is
    futures = [_future(question, chances, records, random) for _run in range(runs)]
    backlogs = zip(*(backlog for backlog, _came in futures), strict=True)
    arrivals = zip(*(came for _backlog, came in futures), strict=True)
    return Forecast(tuple(map(_level, backlogs)), tuple(map(_level, arrivals)))


def by_spread(question: Question) -> tuple[Level, ...]:
    """Return how many reports come until the last session, foretold with each of the spreads."""
    return tuple(
        forecast(replace(question, spread=each), runs=RUNS_OF_A_TEST).arrivals[-1]
        for each in SPREADS
    )


def spread_of(tests: Sequence[tuple[tuple[Level, ...], int]]) -> float:
    """Return the least spread with which eight in ten of the tests held, the next one counted as a miss.

    A test is what was foretold with each spread, and how many came. The widest of all where none is
    wide enough, as where there are fewer than four tests.

    >>> foretold = (Level(9, 9, 9), Level(8, 9, 10), *[Level(5, 9, 15)] * 5)
    >>> spread_of([(foretold, 10)] * 4), spread_of([(foretold, 10)] * 3), spread_of([])
    (1.25, 3.0, 3.0)
    """
    needed = ceil(NOMINAL * (len(tests) + 1))
    for number, spread in enumerate(SPREADS):
        if sum(foretold[number].holds(came) for foretold, came in tests) >= needed:
            return spread
    return SPREADS[-1]


def _level(drawn: Sequence[int]) -> Level:
    ordered = sorted(drawn)
    return Level(*(ordered[int(share * (len(ordered) - 1))] for share in (LOW, MIDDLE, HIGH)))


def _chances(spells: Sequence[Spell]) -> _Chances:
    """Count what came by its date, and in each span later how many came for each year outstanding.

    Half a report and one year are added to each span, so that no chance is nothing or certain.
    """
    reached = [each for each in spells if each.until > 0 or each.came]
    on_time = sum(each.came and each.until <= 0 for each in reached)
    yearly = []
    for number in range(len(SPANS)):
        came = sum(each.came and each.until > 0 and _span(each.until) == number for each in spells)
        exposed = sum(_within(each, number) for each in spells)
        yearly.append((came + 0.5) / (exposed + 1))
    return _Chances((on_time + 0.5) / (len(reached) + 1), tuple(yearly))


def _span(years: float) -> int:
    return max(0, bisect_right(SPANS, years) - 1)


def _within(spell: Spell, number: int) -> float:
    """Return how many of the years that were looked at lie in the span."""
    end = SPANS[number + 1] if number + 1 < len(SPANS) else spell.until
    return max(0.0, min(spell.until, end) - max(spell.start, SPANS[number]))


def _records(spells: Sequence[Spell], chances: _Chances) -> dict[str, tuple[float, float]]:
    """Return by State how many reports came late, and how many would have if it were like all."""
    found: dict[str, tuple[float, float]] = {}
    for each in spells:
        came, expected = found.get(each.state, (0.0, 0.0))
        more = sum(rate * _within(each, span) for span, rate in enumerate(chances.yearly))
        found[each.state] = (came + (each.came and each.until > 0), expected + more)
    return found


def _future(
    question: Question,
    chances: _Chances,
    records: dict[str, tuple[float, float]],
    random: Random,
) -> tuple[list[int], list[int]]:
    """Draw one future: the backlog after each session, and how many reports have come until then."""
    paces: dict[str, float] = {}
    times, others = question.spread ** random.uniform(-1.0, 1.0), count(1)

    def pace(state: str) -> float:
        if state not in paces:
            came, expected = records.get(state, (0.0, 0.0))
            weight = came + WEIGHT_OF_ALL
            paces[state] = random.gammavariate(weight, 1 / (expected + WEIGHT_OF_ALL))
        return paces[state]

    def awaited(state: str, *, now: float, due: float) -> tuple[float, str, float]:
        return now + _comes_in(now - due, chances, pace(state), random), state, due

    coming = [awaited(each.state, now=0.0, due=-each.since) for each in question.awaited]
    heapify(coming)
    queue, came = deque(question.waiting), 0
    backlogs, arrivals = [], []
    for session in range(1, question.years * question.sessions_a_year + 1):
        now = session / question.sessions_a_year
        while coming and coming[0][0] <= now:
            day, state, due = heappop(coming)
            reports = int(times + random.random())
            if reports:
                queue.extend([state, *(f"+{next(others)}" for _more in range(reports - 1))])
                came += reports
            else:
                heappush(coming, awaited(state, now=max(day, due + _JUST_LATE), due=due))
        for state in [queue.popleft() for _review in range(min(question.reviews, len(queue)))]:
            heappush(coming, awaited(state, now=now, due=now + CYCLE_YEARS))
        backlogs.append(len(queue))
        arrivals.append(came)
    return backlogs, arrivals


def _comes_in(since: float, chances: _Chances, pace: float, random: Random) -> float:
    """Draw in how many years a report comes that has been due for ``since`` years."""
    if since <= 0 and random.random() < chances.on_time:
        return -since
    late, left = max(since, 0.0), random.expovariate(1.0)
    for span in range(_span(late), len(SPANS) - 1):
        rate = chances.yearly[span] * pace
        room = (SPANS[span + 1] - late) * rate
        if left <= room:
            return late + left / rate - since
        left, late = left - room, SPANS[span + 1]
    return late + left / (chances.yearly[-1] * pace) - since
