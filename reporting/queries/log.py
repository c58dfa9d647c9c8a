"""What was recorded, corrected and taken off record since a moment, and what became of obligations: in order."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice, takewhile
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value

from reporting.models import (
    CommitteeDecision,
    CoreDocument,
    Obligation,
    ObligationChange,
    Review,
    StateParty,
    Submission,
    SubmissionStatus,
    Treaty,
    UniversalReview,
    Webhook,
)
from reporting.models.obligation import is_confirmed
from reporting.models.webhook import event_of
from reporting.rules.partial_date import PartialDate

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
FACTS = tuple(_FACTS)
OBLIGATION = "obligation"
KINDS = (*FACTS, OBLIGATION)
# How many kinds a cursor had before what is of States beside their treaties was told, and before
# what becomes of obligations was.
_KINDS_BEFORE = (4, 6)
_OF_NO_TREATY = KINDS[4:6]
_DATES = ("due_on", "due_on_before")
# How precise a date is by the length of its text.
PRECISIONS = {10: "day", 7: "month", 4: "year"}
CHANGES = {"+": "recorded", "~": "corrected", "-": "taken off"}
_OWED = (
    "replaces",
    "kind",
    "first_report",
    "last_report",
    "due_on",
    "basis",
    "due_on_before",
    "basis_before",
    "closed_as",
    "also_under",
)


class Entry(NamedTuple):
    """A change of a fact; the State is none where the record of the State party is gone.

    What is of a State beside its treaties has no treaty. What became of an obligation says what is
    ``owed``, by the names of the columns: it can be gone, and be asked for no more.
    """

    kind: str
    number: int
    pk: int
    what: str
    at: datetime
    iso3: str | None
    treaty: str | None
    owed: dict[str, Any] | None = None

    @property
    def name(self) -> str:
        """What programs know it by: "review.recorded"."""
        return f"{event_of(self.kind)}.{event_of(self.what)}"

    @property
    def line(self) -> dict[str, Any]:
        """The change as programs are told of it."""
        line = {
            "fact": self.kind,
            "id": self.pk,
            "change": self.what,
            "at": self.at,
            "iso3": self.iso3,
            "treaty": self.treaty,
        }
        return line | ({"owed": self.owed} if self.owed else {})


@dataclass(frozen=True, slots=True)
class Position:
    """How far a reader has come in the history of each kind of fact; its text is a cursor."""

    numbers: tuple[int, ...] = (0,) * len(KINDS)

    def __str__(self) -> str:
        return ".".join(map(str, self.numbers))

    def moved_on(self, kinds: Collection[str], *, to: "Position") -> "Position":
        """Return the position of a reader who has come as far as the other one, of these kinds."""
        both = zip(KINDS, self.numbers, to.numbers, strict=True)
        return Position(tuple(other if kind in kinds else own for kind, own, other in both))

    @classmethod
    def parse(cls, text: str, *, since: datetime | None = None) -> "Position":
        """Read a cursor; raise ValueError for anything else.

        One from before some kinds were told begins with them at ``since``, else where it stands with
        the others.
        """
        parts = text.split(".")
        if len(parts) not in {*_KINDS_BEFORE, len(KINDS)} or not all(map(_is_number, parts)):
            raise ValueError(text)
        numbers = tuple(map(int, parts))
        missing = KINDS[len(numbers) :]
        if moment := missing and (since or _reached(numbers)):
            return cls((*numbers, *(_last_by(kind, moment) for kind in missing)))
        return cls((*numbers, *(0 for _kind in missing)))


EVENTS = {event_of(kind): kind for kind in KINDS}


def kinds_of(hook: Webhook) -> tuple[str, ...]:
    """Return the kinds of what a webhook is told."""
    return tuple(kind for kind in KINDS if kind in (hook.kinds or FACTS))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def position_at(moment: datetime) -> Position:
    """Return the position of a reader who knows what was written by that moment.

    Hosts whose clocks differ write moments that go back: what is told twice then does no harm, and
    nothing is left out.
    """
    return Position(tuple(_last_by(kind, moment) for kind in KINDS))


class _Columns(NamedTuple):
    """The columns of the number, of what changed, of what happened to it and of when."""

    number: str
    pk: str
    what: str
    at: str


_OF_FACTS = _Columns("history_id", "id", "history_type", "history_date")
_OF_OBLIGATIONS = _Columns("id", "obligation", "what", "at")


def _columns(kind: str) -> _Columns:
    return _OF_OBLIGATIONS if kind == OBLIGATION else _OF_FACTS


def _rows(kind: str) -> Any:
    return ObligationChange.objects.all() if kind == OBLIGATION else _FACTS[kind].history.all()


def _last_by(kind: str, moment: datetime) -> int:
    number, at = _columns(kind).number, _columns(kind).at
    numbers = _rows(kind).order_by(number).values_list(number, flat=True)
    later = numbers.filter(**{f"{at}__gt": moment}).first()
    return later - 1 if later is not None else (numbers.last() or 0)


def _reached(numbers: tuple[int, ...]) -> datetime | None:
    """Return the moment of the latest change that a position of the first kinds has passed."""
    moments = []
    for kind, number in zip(KINDS, numbers, strict=False):
        names = _columns(kind)
        rows = _rows(kind).filter(**{f"{names.number}__lte": number}).order_by(f"-{names.number}")
        moments += rows.values_list(names.at, flat=True)[:1]
    return max(moments, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes are asked for, and by whom: what was filed is for those who act for the State party.

    ``kinds`` are the facts alone where nobody asks for more. Of a protocol, what becomes of reports of
    the Convention that are the reports under it too.
    """

    kinds: Collection[str] = FACTS
    treaty: Treaty | None = None
    iso3: str = ""
    acting_for: Collection[StateParty] | QuerySet[StateParty] = ()

    def holds(self, kind: str, number: int) -> bool:
        """Whether the entry of that number in the history of a kind is among what may be seen."""
        return bool(self.among(kind).filter(**{_columns(kind).number: number}).exists())

    def among(self, kind: str) -> Any:
        """Return the history of a kind of fact, as far as it is asked for and may be seen."""
        party = _of_party(kind)
        rows = _rows(kind)
        if self.treaty and kind in _OF_NO_TREATY:
            return rows.none()
        if self.treaty:
            own = Q(**{f"{party}treaty": self.treaty})
            if kind == OBLIGATION and self.treaty.folded_into:
                own |= Q(also_under__contains=f" {self.treaty.code} ")
            rows = rows.filter(own)
        if self.iso3:
            rows = rows.filter(**{f"{party}state__iso3": self.iso3})
        if kind == "submission":
            acted_for = Q(state_party__in=self.acting_for)
            rows = rows.filter(acted_for | Q(status=SubmissionStatus.RECEIVED))
        return rows


def changes_after(
    position: Position, *, now: datetime, most: int, wanted: Wanted
) -> tuple[list[Entry], Position]:
    """Return at most so many changes after the position, in their order, and the position after them."""
    start = dict(zip(KINDS, position.numbers, strict=True))
    asked = (kind for kind in KINDS if kind in wanted.kinds)
    rows = (_entries(kind, start[kind], now - SETTLED, most, wanted) for kind in asked)
    found = list(islice(merge(*rows, key=attrgetter("at")), most))
    last = start | {each.kind: each.number for each in found}
    return found, Position(tuple(last.values()))


def _entries(kind: str, after: int, until: datetime, most: int, wanted: Wanted) -> Iterator[Entry]:
    names = _columns(kind)
    rows = wanted.among(kind).filter(**{f"{names.number}__gt": after})
    code = (
        Value(None, TextField()) if kind in _OF_NO_TREATY else F(f"{_of_party(kind)}treaty__code")
    )
    owed: tuple[Any, ...] = (*_OWED, _RECEIPT) if kind == OBLIGATION else ()
    values = rows.order_by(names.number).values_list(
        *names, f"{_of_party(kind)}state__iso3", code, *owed
    )[:most]
    read = (
        Entry(kind, number, pk, CHANGES.get(what, what), at, state, code, _owed(rest))
        for number, pk, what, at, state, code, *rest in values
    )
    return takewhile(lambda each: each.at <= until, read)


# How the report stands that has met an obligation, if one has.
_RECEIPT = Subquery(
    Obligation.objects.filter(pk=OuterRef("obligation")).values("submission__status")[:1]
)


def _owed(values: list[Any]) -> dict[str, Any] | None:
    """Return what an obligation is by its columns, dates as text; nothing for a fact.

    ``confirmed`` says of what was met whether the secretariat has confirmed by now that it came.
    """
    if not values:
        return None
    *values, receipt = values
    texts = (each.isoformat() if isinstance(each, PartialDate) else each for each in values)
    owed: dict[str, Any] = {}
    for name, text in zip(_OWED, texts, strict=True):
        owed[name] = text or None
        if name in _DATES:
            owed[f"{name}_precision"] = PRECISIONS.get(len(text or ""))
    owed["also_under"] = (owed["also_under"] or "").split()
    owed["confirmed"] = is_confirmed(owed["closed_as"], receipt)
    return owed


def _of_party(kind: str) -> str:
    return "" if kind in {"state party", *_OF_NO_TREATY} else "state_party__"
