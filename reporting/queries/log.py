"""Which facts were recorded, corrected and taken off record since a moment: the histories, in order."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice, takewhile
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, TextField, Value

from reporting.models import (
    CommitteeDecision,
    CoreDocument,
    Review,
    StateParty,
    Submission,
    SubmissionStatus,
    Treaty,
    UniversalReview,
)

# Who writes has committed by then; what was written later is told the next time.
SETTLED = timedelta(seconds=10)
_FACTS: dict[str, Any] = {
    "state party": StateParty,
    "submission": Submission,
    "review": Review,
    "decision": CommitteeDecision,
    "core document": CoreDocument,
    "universal review": UniversalReview,
}
KINDS = tuple(_FACTS)
# How many kinds a cursor had before what is of States beside their treaties was told.
_KINDS_BEFORE = 4
_OF_NO_TREATY = KINDS[_KINDS_BEFORE:]
CHANGES = {"+": "recorded", "~": "corrected", "-": "taken off"}


class Entry(NamedTuple):
    """A change of a fact; the State is none where the record of the State party is gone.

    What is of a State beside its treaties has no treaty.
    """

    kind: str
    number: int
    pk: int
    what: str
    at: datetime
    iso3: str | None
    treaty: str | None

    @property
    def line(self) -> dict[str, Any]:
        """The change as programs are told of it."""
        return {
            "fact": self.kind,
            "id": self.pk,
            "change": self.what,
            "at": self.at,
            "iso3": self.iso3,
            "treaty": self.treaty,
        }


@dataclass(frozen=True, slots=True)
class Position:
    """How far a reader has come in the history of each kind of fact; its text is a cursor."""

    numbers: tuple[int, ...] = (0,) * len(KINDS)

    def __str__(self) -> str:
        return ".".join(map(str, self.numbers))

    @classmethod
    def parse(cls, text: str) -> "Position":
        """Read a cursor, one with fewer kinds too; raise ValueError for anything else."""
        parts = text.split(".")
        if len(parts) == _KINDS_BEFORE:
            parts += ["0"] * len(_OF_NO_TREATY)
        if len(parts) != len(KINDS) or not all(_is_number(part) for part in parts):
            raise ValueError(text)
        return cls(tuple(map(int, parts)))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def position_at(moment: datetime) -> Position:
    """Return the position of a reader who knows what was written by that moment.

    Hosts whose clocks differ write moments that go back: what is told twice then does no harm, and
    nothing is left out.
    """
    return Position(tuple(_last_by(model, moment) for model in _FACTS.values()))


def _last_by(model: Any, moment: datetime) -> int:
    numbers = model.history.order_by("history_id").values_list("history_id", flat=True)
    later = numbers.filter(history_date__gt=moment).first()
    return later - 1 if later is not None else (numbers.last() or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes are asked for, and by whom: what was filed is for those who act for the State party."""

    treaty: Treaty | None = None
    iso3: str = ""
    acting_for: Collection[StateParty] | QuerySet[StateParty] = ()

    def among(self, kind: str) -> Any:
        """Return the history of a kind of fact, as far as it is asked for and may be seen."""
        party = _of_party(kind)
        rows = _FACTS[kind].history.all()
        if self.treaty and kind in _OF_NO_TREATY:
            return rows.none()
        if self.treaty:
            rows = rows.filter(**{f"{party}treaty": self.treaty})
        if self.iso3:
            rows = rows.filter(**{f"{party}state__iso3": self.iso3})
        if kind == "submission":
            own = Q(state_party__in=self.acting_for)
            rows = rows.filter(own | Q(status=SubmissionStatus.RECEIVED))
        return rows


def changes_after(
    position: Position, *, now: datetime, most: int, wanted: Wanted
) -> tuple[list[Entry], Position]:
    """Return at most so many changes after the position, in their order, and the position after them."""
    start = zip(KINDS, position.numbers, strict=True)
    rows = (_entries(kind, after, now - SETTLED, most, wanted) for kind, after in start)
    found = list(islice(merge(*rows, key=attrgetter("at")), most))
    last = dict(zip(KINDS, position.numbers, strict=True)) | {
        each.kind: each.number for each in found
    }
    return found, Position(tuple(last.values()))


def _entries(kind: str, after: int, until: datetime, most: int, wanted: Wanted) -> Iterator[Entry]:
    rows = wanted.among(kind).filter(history_id__gt=after)
    code = (
        Value(None, TextField()) if kind in _OF_NO_TREATY else F(f"{_of_party(kind)}treaty__code")
    )
    values = rows.order_by("history_id").values_list(
        *("history_id", "id", "history_type", "history_date"), f"{_of_party(kind)}state__iso3", code
    )[:most]
    read = (
        Entry(kind, number, pk, CHANGES[sign], at, state, code)
        for number, pk, sign, at, state, code in values
    )
    return takewhile(lambda each: each.at <= until, read)


def _of_party(kind: str) -> str:
    return "" if kind in {"state party", *_OF_NO_TREATY} else "state_party__"
