"""What is on record as at a day, as plain values: submissions, reviews and decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from reporting.models import Treaty
from reporting.models.fact import Fact
from reporting.models.names import searchable
from reporting.queries.lines import AT_ONCE, as_text

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
    """Go through the facts that counted by that day, by State: the values of the columns, in lists.

    The first ``dates`` columns are partial dates; each is its ISO text, and ``None`` where it is not
    on record. What happened after the day is ``None`` too; only a due date can lie ahead. A returned
    report counts as not filed.
    """
    counted: QuerySet[Any] = QuerySet(model).filter(
        state_party__treaty=treaty, counts_from__lte=as_at
    )
    found = _of_states(counted, narrowed)
    chosen: list[Any] = [*map(as_text, columns[:dates]), *columns[dates:]]
    order = ("state_party__state__name", "first_report", "last_report", "pk")
    day = as_at.isoformat()
    happened = [place for place, name in enumerate(columns[:dates]) if name != _LIES_AHEAD]
    for values in found.order_by(*order).values_list(*chosen).iterator(chunk_size=AT_ONCE):
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
