"""What a forecast starts from, and how it did in the past: only what had happened by the day counts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, cast

from dateutil.relativedelta import relativedelta

from reporting.models import Closure, Kind, Obligation, Review, Treaty
from reporting.queries.memory import remembered, remembered_as_asked
from reporting.rules.forecast import (
    SPREADS,
    Awaited,
    Forecast,
    Level,
    Question,
    Spell,
    by_spread,
    forecast,
    spread_of,
)
from reporting.rules.partial_date import PartialDate

_DAYS_OF_A_YEAR = 365.25
# The sessions before the day from which the usual number of reviews is taken.
SESSIONS_LOOKED_AT = 10
# Practice changes: no chance is taken from what lies further back.
YEARS_LOOKED_AT = 10
# The tests against the past: each foretells so many years, from the end of a year that has as many behind
# it since the treaty entered into force; no more tests than so many.
TESTED_YEARS, MOST_TESTS = 5, 15
_REPLACED = (Closure.SUPERSEDED, Closure.WITHDRAWN, Closure.LAPSED)


class Pace(NamedTuple):
    """How many reviews a session had, and how many sessions a year; from how many of either."""

    reviews: int
    sessions_a_year: int
    counted: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Foretold:
    """A forecast with what it rests on."""

    as_at: date
    question: Question
    forecast: Forecast
    without_date: int
    undated: int

    @property
    def came(self) -> int:
        """How many reports of the history came."""
        return sum(each.came for each in self.question.spells)


class Tested(NamedTuple):
    """How many reports would have been foretold to come in a time, and how many came."""

    first: date
    last: date
    foretold: Level
    came: int

    @property
    def holds(self) -> bool:
        """Whether what came lies where eight in ten futures lay."""
        return self.foretold.holds(self.came)


@dataclass(frozen=True, slots=True)
class Past:
    """The forecasts that can be tested by a day, each made with what was known on its own, and the spread.

    The spread is that of a forecast made on that day.
    """

    tests: tuple[Tested, ...]
    spread: float

    @property
    def held(self) -> int:
        """How many of them held."""
        return sum(each.holds for each in self.tests)


class _Test(NamedTuple):
    """A forecast of the past with each of the spreads, and what came."""

    first: date
    last: date
    by_spread: tuple[Level, ...]
    came: int


class _Row(NamedTuple):
    iso3: str
    due_by: date | None
    arises_on: date
    closed_on: date | None
    closed_as: str
    submission: int | None
    received: object
    considered_on: date | None

    def is_open(self, day: date) -> bool:
        return not (self.closed_on and self.closed_on <= day)


def usual_pace(*, treaty: Treaty, as_at: date) -> Pace:
    """Return the average of the last ten sessions with a review on record by that day; one query."""
    return _pace(_reviewed(treaty), as_at)


def _reviewed(treaty: Treaty) -> list[tuple[int, date]]:
    """Return the session of each review with the first of its days on record."""
    rows = Review.objects.filter(state_party__treaty=treaty, session__isnull=False)
    columns = ("session", "dialogue_from", "dialogue_to", "adopted_on")
    found = []
    for values in rows.values_list(*columns):
        number, *days = cast("tuple[int, *tuple[PartialDate | None, ...]]", values)
        known = [each.last_day for each in days if each]
        if known:
            found.append((number, min(known)))
    return found


def _pace(reviewed: list[tuple[int, date]], as_at: date) -> Pace:
    sessions: dict[int, list[date]] = defaultdict(list)
    for number, day in reviewed:
        if day <= as_at:
            sessions[number].append(day)
    latest = sorted(sessions)[-SESSIONS_LOOKED_AT:]
    if not latest:
        return Pace(1, 2, 0, 0)
    counted = sum(len(sessions[number]) for number in latest)
    years = {day.year for number in latest for day in sessions[number]}
    span = max(years) - min(years) + 1
    reviews = max(1, round(counted / len(latest)))
    return Pace(reviews, min(4, max(1, round(len(latest) / span))), counted, len(latest))


def foretell(
    *, treaty: Treaty, as_at: date, reviews: int, sessions_a_year: int, spread: float
) -> Foretold:
    """Return the forecast of a day, remembered until an obligation changes; two queries at most."""

    def compute() -> Foretold:
        rows = _rows(treaty)
        return _foretell(rows, as_at, replace(_question(rows, as_at, pace), spread=spread))

    pace = Pace(reviews, sessions_a_year, 0, 0)
    return remembered(compute, "forecast", treaty.pk, as_at, reviews, sessions_a_year, spread)


def looked_back(*, treaty: Treaty, known_by: date) -> Past:
    """Return the forecasts of the past that can be tested on that day, which must not lie ahead.

    What came later is left out, so that an earlier day is told nothing that was not known on it.
    Remembered until an obligation changes; three queries at most.
    """
    tests = remembered(lambda: _tests(treaty), "tested", treaty.pk)
    known = [each for each in tests if each.last <= known_by]
    return Past(tuple(_as_known_then(each, tests) for each in known), _spread(tests, known_by))


def _as_known_then(test: _Test, tests: list[_Test]) -> Tested:
    level = test.by_spread[SPREADS.index(_spread(tests, test.first))]
    return Tested(test.first, test.last, level, test.came)


def _spread(tests: list[_Test], day: date) -> float:
    return spread_of([(each.by_spread, each.came) for each in tests if each.last <= day])


def _tests(treaty: Treaty) -> list[_Test]:
    """Forecast from the end of each year, so many at most, as far as the record reaches."""
    rows, reviewed = _rows(treaty), _reviewed(treaty)
    last = max((each.closed_on.year for each in rows if each.closed_on), default=0) - TESTED_YEARS
    first = max(treaty.in_force_on.year + TESTED_YEARS, last - MOST_TESTS + 1)
    return [_test(rows, reviewed, year) for year in range(first, last + 1)]


def _test(rows: list[_Row], reviewed: list[tuple[int, date]], year: int) -> _Test:
    first, last = date(year, 12, 31), date(year + TESTED_YEARS, 12, 31)
    question = replace(_question(rows, first, _pace(reviewed, first)), years=TESTED_YEARS)
    levels = remembered_as_asked(lambda: by_spread(question), SPREADS, question)
    return _Test(first, last, levels, _came(rows, first, last))


def _foretell(rows: list[_Row], as_at: date, question: Question) -> Foretold:
    arisen = [each for each in rows if each.arises_on <= as_at]
    still_open = _still_open(arisen, as_at)
    came = {each.submission: each.received for each in arisen if not each.is_open(as_at)}
    return Foretold(
        as_at=as_at,
        question=question,
        forecast=remembered_as_asked(lambda: forecast(question), question),
        without_date=sum(due is None for due in still_open.values()),
        undated=sum(received is None for number, received in came.items() if number),
    )


def _question(rows: list[_Row], as_at: date, pace: Pace) -> Question:
    rows = [each for each in rows if each.arises_on <= as_at]
    waiting, still_open = _waiting(rows, as_at), _still_open(rows, as_at)
    return Question(
        spells=tuple(_spells(rows, still_open, as_at)),
        awaited=tuple(
            Awaited(iso3, _years(due, as_at))
            for iso3, due in sorted(still_open.items())
            if due is not None and iso3 not in waiting
        ),
        waiting=tuple(waiting),
        reviews=pace.reviews,
        sessions_a_year=pace.sessions_a_year,
    )


def _came(rows: list[_Row], after: date, until: date) -> int:
    """Return how many reports came after one day and by another."""
    return len(
        {
            each.submission
            for each in rows
            if each.closed_as == Closure.MET and each.closed_on and after < each.closed_on <= until
        }
    )


def _rows(treaty: Treaty) -> list[_Row]:
    found = Obligation.objects.filter(state_party__treaty=treaty, kind=Kind.REPORT)
    rows = found.order_by("state_party", "first_report", "pk")
    columns = (
        "state_party__state__iso3",
        "due_by",
        "arises_on",
        "closed_on",
        "closed_as",
        "submission",
        "received_on",
        "considered_on",
    )
    return [_Row._make(each) for each in rows.values_list(*columns)]


def _waiting(rows: list[_Row], as_at: date) -> list[str]:
    """Return the States whose reports wait, in order of receipt; a document once."""
    found = {
        each.submission: (each.closed_on or as_at, each.iso3)
        for each in rows
        if each.closed_as == Closure.MET
        and each.submission
        and not each.is_open(as_at)
        and not (each.considered_on and each.considered_on <= as_at)
    }
    return [iso3 for _day, iso3 in sorted(found.values())]


def _still_open(rows: list[_Row], as_at: date) -> dict[str, date | None]:
    """Return by State the earliest date of an open report; ``None`` where none has a date."""
    found: dict[str, date | None] = {}
    for each in rows:
        if each.is_open(as_at):
            known = found.get(each.iso3)
            found[each.iso3] = min(filter(None, (known, each.due_by)), default=None)
    return found


def _spells(rows: list[_Row], still_open: dict[str, date | None], as_at: date) -> Iterator[Spell]:
    """Go through what was outstanding: each report that came once, by its earliest part."""
    ended: dict[tuple[str, str], tuple[date, date, bool]] = {}
    for each in rows:
        if each.is_open(as_at) or each.due_by is None or each.closed_as in _REPLACED:
            continue
        came, day = each.closed_as == Closure.MET, each.closed_on or as_at
        key = (each.iso3, str(each.submission or day))
        due, *_rest = ended.get(key, (each.due_by,))
        ended[key] = (min(due, each.due_by), day, came)
    found = [(iso3, *ended[iso3, document]) for iso3, document in sorted(ended)]
    found += [
        (iso3, due, as_at, False) for iso3, due in sorted(still_open.items()) if due and due < as_at
    ]
    begins = _before(as_at, YEARS_LOOKED_AT)
    for iso3, due, day, came in found:
        if day > begins:
            yield Spell(iso3, _years(due, day), came, start=max(0.0, _years(due, begins)))


def _years(due: date, day: date) -> float:
    return (day - due).days / _DAYS_OF_A_YEAR


def _before(day: date, years: int) -> date:
    return day - relativedelta(years=years) if day.year > years else date.min
