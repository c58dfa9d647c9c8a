"""What was recorded of what happened: reports that came, reviews, dates set, requests, withdrawals."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, NamedTuple, overload

from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, TruncMinute

from reporting.models import (
    CommitteeDecision,
    DecisionKind,
    Review,
    State,
    Submission,
    SubmissionStatus,
    Treaty,
)
from reporting.queries.facts import certain_by
from reporting.queries.memory import remembered
from reporting.rules.partial_date import PartialDate

ON_A_PAGE = 50
FactRow = Submission | Review | CommitteeDecision


class Happening(StrEnum):
    """What happened."""

    RECEIVED = "received"
    REVIEWED = "reviewed"
    DATE_SET = "date-set"
    REQUESTED = "requested"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened on a day, as far as that is on record.

    It was put on record for everybody at ``published``, and last corrected at ``updated``.
    """

    what: Happening
    row: FactRow
    happened_on: PartialDate | None
    published: datetime
    updated: datetime


class _Source(NamedTuple):
    """Where changes of one sort are: the facts, the field with the day, what makes them public."""

    model: type[FactRow]
    day: str
    public: Q


_SET = Q(kind=DecisionKind.NEXT_REPORT_DUE)
_SOURCES = {
    Happening.RECEIVED: _Source(Submission, "received_on", Q(status=SubmissionStatus.RECEIVED)),
    Happening.REVIEWED: _Source(Review, "dialogue_to", Q()),
    Happening.DATE_SET: _Source(CommitteeDecision, "decided_on", _SET),
    Happening.REQUESTED: _Source(CommitteeDecision, "decided_on", ~_SET),
    Happening.WITHDRAWN: _Source(CommitteeDecision, "withdrawn_on", Q(withdrawn_on__isnull=False)),
}


def pages_of_changes(
    *, treaty: Treaty, as_at: date, state: State | None = None
) -> "Paginator[Any]":
    """Return in pages what had happened by that day, what was recorded last first.

    What was recorded within one minute, as by a load of files, stands in the order in which it
    happened. In a fixed number of queries.
    """
    return _Changes(_order(treaty, as_at, state), ON_A_PAGE)


class _Order(NamedTuple):
    """Which changes there are, in their order; an array is remembered and recalled as one piece."""

    sorts: bytes
    numbers: "array[int]"


class _InOrder(Sequence[tuple[Happening, int]]):
    """The sort and the number of each change; a page costs what it shows."""

    def __init__(self, order: _Order) -> None:
        self._order = order

    def __len__(self) -> int:
        return len(self._order.sorts)

    @overload
    def __getitem__(self, place: int) -> tuple[Happening, int]: ...
    @overload
    def __getitem__(self, place: slice) -> list[tuple[Happening, int]]: ...
    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, int):
            return _SORTS[self._order.sorts[place]], self._order.numbers[place]
        sorts, numbers = self._order.sorts[place], self._order.numbers[place]
        return list(zip(map(_SORTS.__getitem__, sorts), numbers, strict=True))


def _order(treaty: Treaty, as_at: date, state: State | None) -> _InOrder:
    def find() -> _Order:
        first, *others = (_named(what, treaty, as_at, state) for what in Happening)
        rows = first.union(*others, all=True).order_by("-recorded", "-happened", "what", "-pk")
        found = [(_PLACES[what], pk) for what, pk, _recorded, _happened in rows]
        return _Order(bytes(what for what, _pk in found), array("q", (pk for _what, pk in found)))

    written, _moment = latest_change()
    return _InOrder(remembered(find, "changes", treaty.pk, as_at, state and state.pk, written))


_SORTS = tuple(Happening)
_PLACES = {what.value: place for place, what in enumerate(_SORTS)}


class _Changes(Paginator[Any]):
    """Pages whose rows are read when one is asked for."""

    def page(self, number: Any) -> "Page[Change]":
        """Return a page with its rows read."""
        found: Page[Any] = super().page(number)
        found.object_list = _read(list(found.object_list))
        return found


def latest_change() -> tuple[list[int], datetime | None]:
    """Return what is another value whenever the changes are, and the moment of the last."""
    numbers: list[int] = []
    moments: list[datetime] = []
    for model in (Submission, Review, CommitteeDecision):
        rows = model.history.order_by("-history_id").values_list("history_id", "history_date")
        for number, moment in rows[:1]:
            numbers.append(number)
            moments.append(moment)
    return numbers, max(moments, default=None)


def _named(what: Happening, treaty: Treaty, as_at: date, state: State | None) -> Any:
    source = _SOURCES[what]
    rows: Any = source.model._default_manager.filter(source.public, state_party__treaty=treaty)  # noqa: SLF001 - Django's documented name
    rows = rows.filter(_by(source.day, as_at))
    if state:
        rows = rows.filter(state_party__state=state)
    history: Any = source.model.history
    latest = history.filter(id=OuterRef("pk")).order_by("-history_id").values("history_date")
    found = rows.order_by().annotate(
        what=Value(what.value, output_field=CharField()),
        recorded=TruncMinute(Subquery(latest[:1]), tzinfo=UTC),
        happened=Coalesce(F(source.day), Value(""), output_field=CharField()),
    )
    return found.values_list("what", "pk", "recorded", "happened")


def _by(name: str, as_at: date) -> Q:
    """Keep what certainly happened by that day; what has no day, from the day on which it was recorded."""
    return certain_by(name, as_at=as_at) | Q(**{f"{name}__isnull": True}, recorded_on__lte=as_at)


def _read(wanted: list[tuple[Happening, int]]) -> list[Change]:
    """Return the changes with their facts, in the same order; without those that are gone since."""
    read = {what: _reader(what, {pk for each, pk in wanted if each is what}) for what in Happening}
    return [each for what, pk in wanted if (each := read[what](pk))]


def _reader(what: Happening, pks: set[int]) -> Callable[[int], Change | None]:
    source = _SOURCES[what]
    rows = source.model._default_manager.select_related("state_party__state").in_bulk(pks)  # noqa: SLF001 - Django's documented name
    history: Any = source.model.history
    of_fact = history.filter(id__in=pks).order_by().values_list("id")
    moments = of_fact.annotate(
        first=Min("history_date", filter=source.public), last=Max("history_date")
    )
    known = {pk: (first or last, last) for pk, first, last in moments}

    def change(pk: int) -> Change | None:
        if not (row := rows.get(pk)):
            return None
        recorded = datetime.combine(row.recorded_on, time(), UTC)
        return Change(what, row, getattr(row, source.day), *known.get(pk, (recorded, recorded)))

    return change
