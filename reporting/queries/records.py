"""What is on record as at a day, as plain values: submissions, reviews and decisions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from reporting.models import SubmissionStatus, Treaty
from reporting.models.fact import Fact
from reporting.models.names import searchable
from reporting.queries.lines import AT_ONCE, as_text
from reporting.queries.numbers import Part, rows_of

_LIES_AHEAD = "due_on"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which States the records are about; empty means all of them."""

    region: str = ""
    q: str = ""
    state: str = ""


def records(
    model: type[Fact], *columns: str, as_at: date, treaty: Treaty, narrowed: Narrowed, dates: int
) -> Iterator[list[Any]]:
    """Return the facts that counted by that day, by State: the values of the columns, in lists.

    The first ``dates`` columns are partial dates; each is its ISO text, and ``None`` where it is not
    on record. What happened after the day is ``None`` too; only a due date can lie ahead. A returned
    report counts as not filed.
    """
    found = counted(model, as_at=as_at, treaty=treaty, narrowed=narrowed)
    order = ("state_party__state", "first_report", "last_report", "pk")
    chosen = _chosen(columns, dates)
    rows = found.order_by(*order).values_list(*chosen).iterator(chunk_size=AT_ONCE)
    return _happened(rows, columns[:dates], as_at)


def counted(
    model: type[Fact], *, as_at: date, treaty: Treaty | None, narrowed: Narrowed
) -> "QuerySet[Any]":
    """Return the facts of the kind that counted by that day; without a treaty, under all of them."""
    found: QuerySet[Any] = QuerySet(model).filter(counts_from__lte=as_at)
    if treaty:
        found = found.filter(state_party__treaty=treaty)
    return _of_states(found, narrowed)


def numbered_records(
    found: "QuerySet[Any]", *columns: str, as_at: date, dates: int, part: Part
) -> list[list[Any]]:
    """Return a part of the facts, as ``records`` does, in the order of their numbers."""
    rows = rows_of(part, found, *_chosen(columns, dates))
    return list(_happened(rows, columns[:dates], as_at))


def filed_on(status: str, sent_on: date | None) -> str | None:
    """Return the day of sending, of what waits to be confirmed."""
    return sent_on.isoformat() if sent_on and status == SubmissionStatus.FILED else None


def public_note(note: str, filed_at: object) -> str:
    """Keep to the secretariat what a ministry wrote to it."""
    return "" if filed_at else note


def _chosen(columns: tuple[str, ...], dates: int) -> list[Any]:
    return [*map(as_text, columns[:dates]), *columns[dates:]]


def _happened(rows: Iterable[Any], dates: tuple[str, ...], as_at: date) -> Iterator[list[Any]]:
    """Go through the rows as lists, without the dates of what happened after the day."""
    day = as_at.isoformat()
    happened = [place for place, name in enumerate(dates) if name != _LIES_AHEAD]
    for values in rows:
        row = list(values)
        for which in happened:
            if row[which] and row[which] > day:
                row[which] = None
        yield row


def _of_states(found: "QuerySet[Any]", narrowed: Narrowed) -> "QuerySet[Any]":
    if narrowed.region:
        found = found.filter(state_party__state__regional_group=narrowed.region)
    if narrowed.state:
        found = found.filter(state_party__state__iso3=narrowed.state)
    if narrowed.q:
        names = Q(state_party__state__search_text__contains=searchable(narrowed.q))
        found = found.filter(names | Q(symbol__icontains=narrowed.q))
    return found
