"""What a forecast starts from, and how it did in the past: only what had happened by the day counts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, cast

from dateutil.relativedelta import relativedelta

from reporting.models import Closure, Kind, Obligation, Review, Treaty
from reporting.queries.memory import remembered
from reporting.rules.forecast import Awaited, Forecast, Level, Question, Spell, forecast
from reporting.rules.partial_date import PartialDate

_DAYS_OF_A_YEAR = 365.25
# The sessions before the day from which the usual number of reviews is taken.
SESSIONS_LOOKED_AT = 10
# Practice changes: no chance is taken from what lies further back.
YEARS_LOOKED_AT = 10
# Over how many years the drift is taken, from how many futures, and how far it may go.
DRIFT_YEARS, DRIFT_RUNS, MOST_DRIFT = 5, 100, 2.0
# The tests against the past: at the end of which years, and over how many.
TESTED_FROM, TESTED_YEARS = (2015, 2020), 5
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
    """How many reports were foretold to come in a time, and how many came."""

    first: date
    last: date
    foretold: Level
    came: int

    @property
    def holds(self) -> bool:
        """Whether what came lies where eight in ten futures lay."""
        return self.foretold.low <= self.came <= self.foretold.high


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
    rows = Review.objects.filter(state_party__treaty=treaty, session__isnull=False)
    sessions: dict[int, list[date]] = defaultdict(list)
    columns = ("session", "dialogue_from", "dialogue_to", "adopted_on")
    for values in rows.values_list(*columns):
        number, *days = cast("tuple[int, *tuple[PartialDate | None, ...]]", values)
        known = [each.last_day for each in days if each]
        if known and min(known) <= as_at:
            sessions[number].append(min(known))
    latest = sorted(sessions)[-SESSIONS_LOOKED_AT:]
    if not latest:
        return Pace(1, 2, 0, 0)
    counted = sum(len(sessions[number]) for number in latest)
    years = {day.year for number in latest for day in sessions[number]}
    span = max(years) - min(years) + 1
    reviews = max(1, round(counted / len(latest)))
    return Pace(reviews, min(4, max(1, round(len(latest) / span))), counted, len(latest))


def foretell(*, treaty: Treaty, as_at: date, reviews: int, sessions_a_year: int) -> Foretold:
    """Return the forecast of a day, remembered until an obligation changes; two queries at most."""

    def compute() -> Foretold:
        return _foretell(treaty, as_at, reviews, sessions_a_year)

    return remembered(compute, "forecast", treaty.pk, as_at, reviews, sessions_a_year)


def looked_back(*, treaty: Treaty) -> list[Tested]:
    """Return what would have been foretold at the end of some years for five more, and what came."""
    return remembered(lambda: [_tested(treaty, year) for year in TESTED_FROM], "tested", treaty.pk)


def _tested(treaty: Treaty, year: int) -> Tested:
    first, last = date(year, 12, 31), date(year + TESTED_YEARS, 12, 31)
    pace = usual_pace(treaty=treaty, as_at=first)
    rows = _rows(treaty, first)
    question = replace(
        _drifting(rows, first, pace.reviews, pace.sessions_a_year), years=TESTED_YEARS
    )
    foretold = forecast(question).arrivals[-1]
    return Tested(first, last, foretold, _came(_rows(treaty, last), first, last))


def _foretell(treaty: Treaty, as_at: date, reviews: int, sessions_a_year: int) -> Foretold:
    rows = _rows(treaty, as_at)
    question = _drifting(rows, as_at, reviews, sessions_a_year)
    still_open = _still_open(rows, as_at)
    came = {each.submission: each.received for each in rows if not each.is_open(as_at)}
    return Foretold(
        as_at=as_at,
        question=question,
        forecast=forecast(question),
        without_date=sum(due is None for due in still_open.values()),
        undated=sum(received is None for number, received in came.items() if number),
    )


def _drifting(rows: list[_Row], as_at: date, reviews: int, sessions_a_year: int) -> Question:
    asked = _question(rows, as_at, reviews, sessions_a_year)
    return replace(asked, drift=_drift(rows, as_at, reviews, sessions_a_year))


def _question(rows: list[_Row], as_at: date, reviews: int, sessions_a_year: int) -> Question:
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
        reviews=reviews,
        sessions_a_year=sessions_a_year,
    )


def _drift(rows: list[_Row], as_at: date, reviews: int, sessions_a_year: int) -> float:
    """Return how many times as many reports came in the last years as were foretold before them."""
    before = _before(as_at, DRIFT_YEARS)
    question = replace(_question(rows, before, reviews, sessions_a_year), years=DRIFT_YEARS)
    if not question.spells:
        return 1.0
    foretold = forecast(question, runs=DRIFT_RUNS).arrivals[-1].middle
    drift = _came(rows, before, as_at) / max(1, foretold)
    return min(MOST_DRIFT, max(1 / MOST_DRIFT, drift))


def _came(rows: list[_Row], after: date, until: date) -> int:
    """Return how many reports came after one day and by another."""
    return len(
        {
            each.submission
            for each in rows
            if each.closed_as == Closure.MET and each.closed_on and after < each.closed_on <= until
        }
    )


def _rows(treaty: Treaty, as_at: date) -> list[_Row]:
    found = Obligation.objects.filter(state_party__treaty=treaty, kind=Kind.REPORT)
    rows = found.arisen(as_at=as_at).order_by("state_party", "first_report", "pk")
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
