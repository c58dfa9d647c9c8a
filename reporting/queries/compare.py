"""What happened between two days: what came, fell due, was set or moved, and was reviewed."""

from array import array
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Expression,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Length
from django.db.models.lookups import Exact

from reporting.models import (
    Basis,
    Closure,
    CommitteeDecision,
    Kind,
    Obligation,
    Review,
    Submission,
    SubmissionStatus,
    Treaty,
)
from reporting.models.order import place_field
from reporting.queries.facts import certain_by
from reporting.queries.lines import AT_ONCE, as_text
from reporting.queries.memory import remembered
from reporting.rules.partial_date import PartialDate

# How a date can end before it has come, so that nothing fell due on it.
_ENDED_BEFORE = (
    Closure.SUPERSEDED,
    Closure.WITHDRAWN,
    Closure.LAPSED,
    Closure.CONSIDERED_IN_ABSENCE,
)
_TEXT = TextField()
_NOTHING = Value("", output_field=_TEXT)
_NO, _YES = (Value(value=value, output_field=BooleanField()) for value in (False, True))
_YEAR, _MONTH = len("YYYY"), len("YYYY-MM")


class What(StrEnum):
    """What happened."""

    RECEIVED = "received"
    FELL_DUE = "fell-due"
    DECIDED = "decided"
    REVIEWED = "reviewed"


class Event(NamedTuple):
    """Something that happened: a fact, or a report that fell due; dates are ISO text, empty for none.

    ``counted`` is the day from which it counts, ``known`` the day on record; ``before`` is the due date
    that a decision replaced, ``status`` how what fell due stands on the last day. ``kind`` is that of
    what was sent, decided or owed.
    """

    place: int
    state: str
    counted: str
    what: str
    pk: int
    iso3: str
    kind: str
    in_absence: bool
    is_withdrawal: bool
    first: int | None
    last: int | None
    known: str
    before: str
    due: str
    status: str
    symbol: str
    source: str

    @property
    def day(self) -> date:
        """The day from which it counts."""
        if self.is_withdrawal:
            return PartialDate.parse(self.known).last_day
        return date.fromisoformat(self.counted)


class Counts(NamedTuple):
    """How many things of each sort happened to a State, or to all: then both names are empty."""

    iso3: str
    state: str
    received: int
    fell_due: int
    decided: int
    reviewed: int


@dataclass(frozen=True)
class Comparison:
    """What happened after the first day, up to the last; asked of the database when it is wanted."""

    first: date
    last: date
    treaty: Treaty

    def __iter__(self) -> Iterator[Event]:
        """Go through the events by State and day, in one query, holding a few of them at a time."""
        return map(Event._make, self._in_order(Event._fields).iterator(chunk_size=AT_ONCE))

    def __getitem__(self, part: slice) -> list[Event]:
        """Return a part of them, without those that are gone since; one query for each sort."""
        chosen = list(zip(self._order.sorts[part], self._order.numbers[part], strict=True))
        known: dict[tuple[int, int], Event] = {}
        for place, (what, rows) in enumerate(self._sources):
            of_it = rows.filter(pk__in=[pk for each, pk in chosen if each == place])
            events = map(Event._make, _named(what, of_it, Event._fields))
            known |= {(place, event.pk): event for event in events}
        return [known[each] for each in chosen if each in known]

    def __len__(self) -> int:
        """Count them."""
        return len(self._order.numbers)

    @property
    def total(self) -> Counts:
        """The counts of all States together."""
        found = Counter[str]()
        for place, (what, _rows) in enumerate(self._sources):
            found[what] += self._order.sorts.count(place)
        return _counts("", "", found)

    @cached_property
    def _order(self) -> "_Order":
        """The order of the events, which goes by the names of States in the reader's language."""
        days = self.first, self.last, self.treaty.pk
        return remembered(self._find, "comparison", *days, place_field())

    def _find(self) -> "_Order":
        """Find in it, of each event, of which source it is and its number."""
        found = [
            (_PLACES[what] + is_withdrawal, pk)
            for _place, _state, _day, what, pk, is_withdrawal in self._in_order(_BY)
        ]
        return _Order(bytes(each for each, _pk in found), array("q", (pk for _each, pk in found)))

    def by_state(self, iso3: Collection[str] | None = None) -> list[Counts]:
        """Return the counts of each State to which something happened, or of those named, by name."""
        found: dict[tuple[int, str, str], Counter[str]] = {}
        for what, rows in self._sources:
            of = rows if iso3 is None else rows.filter(state_party__state__iso3__in=iso3)
            named = of.order_by().values_list(
                *(f"state_party__state__{field}" for field in (place_field(), "name", "iso3"))
            )
            for *state, count in named.annotate(Count("pk")):
                found.setdefault(tuple(state), Counter())[what] += count
        return [_counts(key[2], key[1], found[key]) for key in sorted(found)]

    @property
    def _sources(self) -> list[tuple[What, "QuerySet[Any]"]]:
        counted = Q(counts_from__gt=self.first, counts_from__lte=self.last)
        of = Q(state_party__treaty=self.treaty)
        received = Submission.objects.filter(of, counted, status=SubmissionStatus.RECEIVED)
        decided = CommitteeDecision.objects.filter(of)
        return [
            (What.RECEIVED, _facts(received, kind=F("kind"), known=as_text("received_on"))),
            (What.REVIEWED, _reviews(Review.objects.filter(of, counted))),
            (What.DECIDED, _decisions(decided.filter(counted))),
            (What.DECIDED, _withdrawals(decided, first=self.first, last=self.last)),
            (What.FELL_DUE, _fell_due(self.first, self.last, self.treaty)),
        ]

    def _in_order(self, fields: tuple[str, ...]) -> "QuerySet[Any]":
        first, *others = (_named(what, rows, fields) for what, rows in self._sources)
        both: QuerySet[Any] = first.union(*others, all=True)
        return both.order_by(*(f"event_{name}" for name in _BY))


class _Order(NamedTuple):
    """The events by their source and number; an array is remembered and recalled as one piece."""

    sorts: bytes
    numbers: "array[int]"


_BY = ("place", "state", "counted", "what", "pk", "is_withdrawal")
# The places of the sources; that of the withdrawals comes after that of the decisions.
_PLACES = {
    What.RECEIVED.value: 0,
    What.REVIEWED.value: 1,
    What.DECIDED.value: 2,
    What.FELL_DUE.value: 4,
}


def compared(*, first: date, last: date, treaty: Treaty) -> Comparison:
    """Return what happened after the first day and by the last.

    A fact counts on the day from which the State's page counts it. What fell due are firm dates of
    reports that nothing had replaced when they came; an estimate never falls due.
    """
    return Comparison(first, last, treaty)


def _counts(iso3: str, state: str, found: "Counter[str]") -> Counts:
    return Counts(iso3, state, *(found[what] for what in What))


def _named(what: What, rows: "QuerySet[Any]", fields: tuple[str, ...]) -> Any:
    """Return these fields of the events that the rows are."""
    shared: dict[str, Any] = {
        "event_place": F(f"state_party__state__{place_field()}"),
        "event_state": F("state_party__state__name"),
        "event_what": Value(what.value, output_field=_TEXT),
        "event_pk": F("pk"),
        "event_iso3": F("state_party__state__iso3"),
        "event_first": F("first_report"),
        "event_last": F("last_report"),
        "event_source": F("source"),
    }
    named = rows.order_by().annotate(**shared)
    return named.values_list(*(f"event_{name}" for name in fields))


def _facts(rows: "QuerySet[Any]", **columns: Any) -> "QuerySet[Any]":
    """Add what tells one sort of event from another; what is not given is empty."""
    given: dict[str, Any] = {
        "counted": Cast("counts_from", _TEXT),
        "kind": _NOTHING,
        "in_absence": _NO,
        "is_withdrawal": _NO,
        "before": _NOTHING,
        "due": _NOTHING,
        "status": _NOTHING,
        "symbol": F("symbol"),
        **columns,
    }
    given["known"] = Coalesce(given["known"], _NOTHING)
    found: QuerySet[Any] = rows.annotate(**{f"event_{name}": each for name, each in given.items()})
    return found


def _reviews(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    known = Coalesce(*map(as_text, ("adopted_on", "dialogue_to", "dialogue_from")))
    return _facts(rows, in_absence=F("in_absence"), known=known)


def _decisions(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    due = Coalesce(as_text("due_on"), _NOTHING)
    return _facts(rows, kind=F("kind"), known=as_text("decided_on"), due=due, before=_before())


def _withdrawals(rows: "QuerySet[Any]", *, first: date, last: date) -> "QuerySet[Any]":
    """Keep the decisions that were certainly withdrawn between the days."""
    between = certain_by("withdrawn_on", as_at=last) & ~certain_by("withdrawn_on", as_at=first)
    return _facts(
        rows.filter(between, counts_from__isnull=False),
        kind=F("kind"),
        counted=_last_day("withdrawn_on"),
        is_withdrawal=_YES,
        known=as_text("withdrawn_on"),
        due=Coalesce(as_text("due_on"), _NOTHING),
    )


def _last_day(name: str) -> Expression:
    """Return a text that stands where the last day stands that the partial date can be."""
    text = as_text(name)
    year = When(Exact(Length(text), _YEAR), then=Concat(text, Value("-12-31")))
    month = When(Exact(Length(text), _MONTH), then=Concat(text, Value("-31")))
    return Case(year, month, default=text, output_field=_TEXT)


def _before() -> Expression:
    """Return the due date that a decision replaced, of the first report that it is about."""
    replaced = Obligation.objects.filter(
        ~Q(due_on=OuterRef("due_on")),
        state_party=OuterRef("state_party"),
        kind=Kind.REPORT,
        closed_as=Closure.SUPERSEDED,
        closed_on=OuterRef("counts_from"),
        first_report__lte=Coalesce(OuterRef("last_report"), F("first_report")),
        last_report__gte=Coalesce(OuterRef("first_report"), F("last_report")),
    )
    earliest = replaced.order_by("first_report", "pk").values("due_on")[:1]
    return Coalesce(Subquery(earliest), _NOTHING, output_field=_TEXT)


def _fell_due(first: date, last: date, treaty: Treaty) -> "QuerySet[Any]":
    ended = Q(closed_on__lte=F("due_by"), closed_as__in=_ENDED_BEFORE)
    rows = Obligation.objects.filter(
        state_party__treaty=treaty,
        kind=Kind.REPORT,
        due_by__gt=first,
        due_by__lte=last,
        arises_on__lte=F("due_by"),
    )
    due = as_text("due_on")
    return _facts(
        rows.exclude(basis=Basis.ESTIMATE).exclude(ended).with_status(as_at=last),
        kind=F("kind"),
        counted=Cast("due_by", _TEXT),
        known=due,
        due=due,
        status=F("status_as_at"),
        symbol=_NOTHING,
    )
