"""Obligations as plain values, one after the other: what tables and files of any length are made of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Expression, ExpressionWrapper, F, TextField

from reporting.models.obligation import Obligation, ObligationQuerySet, is_confirmed
from reporting.queries.numbers import Part, rows_of
from reporting.rules.partial_date import PartialDate
from reporting.rules.status import Standing, status

# So many rows are in memory at a time: more are hardly quicker.
AT_ONCE = 500
# So many are read as one list where somebody wants to know first how many they are.
_FEW = 2000


class Row(NamedTuple):
    """The columns of an obligation, of its State and of what met it; partial dates as ISO text."""

    iso3: str
    state: str
    region: str
    kind: str
    first: int | None
    last: int | None
    due_on: str | None
    due_from: date | None
    due_by: date | None
    basis: str
    source: str
    reason: str
    places: str
    arises_on: date
    closed_on: date | None
    closed_as: str
    closed_by: str
    received_on: str | None
    considered_on: date | None
    awaiting_since: date | None
    symbol: str | None
    recorded: str | None
    receipt: str | None
    treaty: str

    @property
    def due(self) -> PartialDate | None:
        """The due date, by the name that the rules have for it."""
        return parsed(self.due_on)

    @property
    def received(self) -> PartialDate | None:
        """The day of receipt, by the name that the rules have for it."""
        return parsed(self.received_on)


class Line(NamedTuple):
    """An obligation as it stands on a day; what ended it is ``None`` where that came later.

    ``also_under`` are the protocols under which it is the report too, where that was asked for.
    """

    row: Row
    as_at: date
    standing: Standing
    ended: Row | None
    also_under: Sequence[str] = ()

    @property
    def confirmed(self) -> bool | None:
        """Whether the receipt of what had met it is confirmed by now; ``None`` where nothing had."""
        return is_confirmed(self.ended.closed_as, self.ended.receipt) if self.ended else None

    @property
    def iso3(self) -> str:
        """The State that owes it."""
        return self.row.iso3


def as_text(path: str) -> Expression:
    """Return the column as its text, which is quicker than a value where the text is wanted."""
    return ExpressionWrapper(F(path), output_field=TextField())


COLUMNS: tuple[str | Expression, ...] = (
    "state_party__state__iso3",
    "state_party__state__name",
    "state_party__state__regional_group",
    "kind",
    "first_report",
    "last_report",
    as_text("due_on"),
    "due_from",
    "due_by",
    "basis",
    "source",
    "reason",
    as_text("places"),
    "arises_on",
    "closed_on",
    "closed_as",
    "closed_by",
    as_text("received_on"),
    "considered_on",
    "awaiting_since",
    "submission__symbol",
    "submission__source",
    "submission__status",
    "state_party__treaty__code",
)


@lru_cache(maxsize=8192)
def parsed(text: str | None) -> PartialDate | None:
    """Return the date that a column holds."""
    return PartialDate.parse(text) if text else None


def lines(found: ObligationQuerySet, *, as_at: date) -> Iterator[Line]:
    """Go through the obligations in their order, in one query, holding a few of them at a time."""
    rows: Any = found.values_list(*COLUMNS).iterator(chunk_size=AT_ONCE)
    for values in rows:
        yield _line(values, as_at)


def lines_of(numbers: Sequence[int], *, as_at: date) -> dict[int, Line]:
    """Return the obligations with these numbers, in one query; those that are gone are not there."""
    found: Any = Obligation.objects.filter(pk__in=numbers).order_by()
    return {pk: _line(values, as_at) for pk, *values in found.values_list("pk", *COLUMNS)}


def _line(values: Iterable[Any], as_at: date) -> Line:
    row = Row._make(values)
    ended = row if row.closed_on and row.closed_on <= as_at else None
    return Line(row, as_at, status(row, as_at=as_at), ended)


class Numbered(NamedTuple):
    """An obligation as it stands on a day, with its number and the day of its treaty's data."""

    pk: int
    data_as_at: date | None
    line: Line


def numbered_lines(found: ObligationQuerySet, *, as_at: date, part: Part) -> list[Numbered]:
    """Return a part of the obligations, in the order of their numbers."""
    numbers = ("pk", "state_party__treaty__data_as_at")
    numbered = []
    for pk, data_as_at, *values in rows_of(part, found, *numbers, *COLUMNS):
        numbered.append(Numbered(pk, data_as_at, _line(values, as_at)))
    return numbered


@dataclass(frozen=True, slots=True)
class Lines:
    """Obligations as they stand on a day, read when they are gone through or a part is taken."""

    found: ObligationQuerySet
    as_at: date

    def __iter__(self) -> Iterator[Line]:
        """Go through all of them."""
        return lines(self.found, as_at=self.as_at)

    def __getitem__(self, part: slice) -> list[Line]:
        """Return a part of them."""
        return list(lines(self.found[part], as_at=self.as_at))

    def __len__(self) -> int:
        """Count them."""
        return self.counts[0]

    def if_short(self) -> "Lines | list[Line]":
        """Return a list of them where they are few, read by one query; else themselves."""
        first = self[:_FEW]
        return first if len(first) < _FEW else self

    @property
    def counts(self) -> tuple[int, int]:
        """How many there are, and of how many States, in one query."""
        counted = self.found.order_by().aggregate(
            lines=Count("pk"), states=Count("state_party", distinct=True)
        )
        return counted["lines"], counted["states"]
