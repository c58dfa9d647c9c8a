"""Which facts were recorded, corrected and taken off record since a moment: the histories, in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice, takewhile
from operator import attrgetter
from typing import Any, NamedTuple

from reporting.models import CommitteeDecision, Review, StateParty, Submission, Treaty

# Who writes has committed by then; what was written later is told the next time.
SETTLED = timedelta(seconds=10)
_FACTS: dict[str, Any] = {
    "state party": StateParty,
    "submission": Submission,
    "review": Review,
    "decision": CommitteeDecision,
}
KINDS = tuple(_FACTS)
CHANGES = {"+": "recorded", "~": "corrected", "-": "taken off"}


class Entry(NamedTuple):
    """A change of a fact; the State is none where the record of the State party is gone."""

    kind: str
    number: int
    pk: int
    what: str
    at: datetime
    iso3: str | None
    treaty: str | None


@dataclass(frozen=True, slots=True)
class Position:
    """How far a reader has come in the history of each kind of fact; its text is a cursor."""

    numbers: tuple[int, ...] = (0,) * len(KINDS)

    def __str__(self) -> str:
        return ".".join(map(str, self.numbers))

    @classmethod
    def parse(cls, text: str) -> "Position":
        """Read a cursor; raise ValueError for anything else."""
        parts = text.split(".")
        if len(parts) != len(KINDS) or not all(_is_number(part) for part in parts):
            raise ValueError(text)
        return cls(tuple(map(int, parts)))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def position_at(moment: datetime) -> Position:
    """Return the position of a reader who knows what was written by that moment."""
    return Position(tuple(_last_by(model, moment) for model in _FACTS.values()))


def _last_by(model: Any, moment: datetime) -> int:
    rows = model.history.filter(history_date__lte=moment).order_by("-history_id")
    return rows.values_list("history_id", flat=True).first() or 0


def changes_after(
    position: Position,
    *,
    now: datetime,
    most: int,
    treaty: Treaty | None = None,
    iso3: str = "",
) -> tuple[list[Entry], Position]:
    """Return at most so many changes after the position, in their order, and the position after them."""
    start = zip(KINDS, position.numbers, strict=True)
    rows = (_entries(kind, after, now - SETTLED, most, treaty, iso3) for kind, after in start)
    found = list(islice(merge(*rows, key=attrgetter("at")), most))
    last = dict(zip(KINDS, position.numbers, strict=True)) | {
        each.kind: each.number for each in found
    }
    return found, Position(tuple(last.values()))


def _entries(  # noqa: PLR0913, PLR0917 - the parts of one question
    kind: str, after: int, until: datetime, most: int, treaty: Treaty | None, iso3: str
) -> Iterator[Entry]:
    party = "" if kind == "state party" else "state_party__"
    rows = _FACTS[kind].history.filter(history_id__gt=after)
    if treaty:
        rows = rows.filter(**{f"{party}treaty": treaty})
    if iso3:
        rows = rows.filter(**{f"{party}state__iso3": iso3})
    names = (f"{party}state__iso3", f"{party}treaty__code")
    values = rows.order_by("history_id").values_list(
        "history_id", "id", "history_type", "history_date", *names
    )[:most]
    read = (
        Entry(kind, number, pk, CHANGES[sign], at, state, code)
        for number, pk, sign, at, state, code in values
    )
    return takewhile(lambda each: each.at <= until, read)
