"""What is on record about States beside their treaties as at a day, as plain values."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from reporting.models import CoreDocument, StateFact, UniversalReview
from reporting.models.names import searchable
from reporting.queries.facts import certain_by
from reporting.queries.lines import AT_ONCE, as_text
from reporting.queries.records import Narrowed
from reporting.rules.partial_date import PartialDate
from reporting.rules.universal_review import known_on

DATES: dict[type[StateFact], tuple[str, ...]] = {
    CoreDocument: ("dated_on",),
    UniversalReview: tuple(UniversalReview.DAYS.values()),
}


def state_records(
    model: type[StateFact], *columns: str, as_at: date, narrowed: Narrowed
) -> Iterator[list[Any]]:
    """Return the facts of which that day knew, by State: the values of the columns, in lists.

    The dates come first, as ISO text; ``None`` where that day knew none.
    """
    rows = _known(model, as_at, narrowed).values_list(*_chosen(model, columns))
    return _as_known(model, rows.iterator(chunk_size=AT_ONCE), as_at)


def numbered_state_records(
    model: type[StateFact], *columns: str, as_at: date, narrowed: Narrowed, after: int, most: int
) -> list[list[Any]]:
    """Return at most so many of them, those with the lowest numbers after that one."""
    found = _known(model, as_at, narrowed).filter(pk__gt=after).order_by("pk")
    return list(_as_known(model, found.values_list(*_chosen(model, columns))[:most], as_at))


def _known(model: type[StateFact], as_at: date, narrowed: Narrowed) -> "QuerySet[Any]":
    known = Q(recorded_on__lte=as_at)
    for name in DATES[model]:
        known |= certain_by(name, as_at=as_at)
    found: QuerySet[Any] = QuerySet(model).filter(known)
    if narrowed.region:
        found = found.filter(state__regional_group=narrowed.region)
    if narrowed.state:
        found = found.filter(state__iso3=narrowed.state)
    if narrowed.q:
        names = Q(state__search_text__contains=searchable(narrowed.q))
        if model is CoreDocument:
            names |= Q(symbol__icontains=narrowed.q)
        found = found.filter(names)
    return found


def _chosen(model: type[StateFact], columns: tuple[str, ...]) -> list[Any]:
    dates = len(DATES[model])
    return [*map(as_text, columns[:dates]), *columns[dates:], "recorded_on"]


def _as_known(model: type[StateFact], rows: Iterable[Any], as_at: date) -> Iterator[list[Any]]:
    """Go through the rows as lists, without the dates of which the day did not know."""
    for *row, recorded_on in rows:
        for place, text in enumerate(row[: len(DATES[model])]):
            day = text and PartialDate.parse(text)
            if day and not known_on(day, recorded_on=recorded_on, as_at=as_at):
                row[place] = None
        yield row
