"""What the dashboard shows of a day: its cards and its list, in a fixed number of queries."""

from array import array
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.expressions import OrderBy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reporting.models import Kind, StateParty, Treaty
from reporting.models.names import searchable
from reporting.models.obligation import Obligation, ObligationQuerySet
from reporting.queries.folding import Folding, folding_under, owed_under
from reporting.queries.memory import remembered
from reporting.rules.status import Band, Status

PAGE_SIZE = 60
BACKLOG = "backlog"
KINDS = (
    (Kind.REPORT.value, _("report of the cycle")),
    ("initial report", _("initial report")),
    ("periodic report", _("periodic report")),
    (Kind.ADDITIONAL_REPORT.value, Kind.ADDITIONAL_REPORT.label),
    (Kind.FOLLOW_UP.value, Kind.FOLLOW_UP.label),
    (Kind.REPLIES.value, Kind.REPLIES.label),
)
_IS_REPORT = Q(kind=Kind.REPORT)
_IS_KIND = {
    Kind.REPORT.value: _IS_REPORT,
    "initial report": _IS_REPORT & Q(first_report=1),
    "periodic report": _IS_REPORT & Q(first_report__gt=1),
    **{kind.value: Q(kind=kind) for kind in (Kind.ADDITIONAL_REPORT, Kind.FOLLOW_UP, Kind.REPLIES)},
}
_BY_NUMBER = ("initial report", "periodic report")
_URGENCY = (
    Status.OVERDUE,
    Status.DUE_SOON,
    Status.AWAITING_CONSIDERATION,
    Status.UPCOMING,
    Status.UNCONFIRMED,
    Status.NO_DATE,
)
_DUE = F("due_by").asc(nulls_last=True)
_DUE_LAST_FIRST = F("due_by").desc(nulls_last=True)
_STATE = "state_party__state"
_RANK = Case(
    *(When(status_as_at=status.value, then=Value(rank)) for rank, status in enumerate(_URGENCY)),
    default=Value(len(_URGENCY)),
)
_ORDERS: dict[str, tuple[list[str | OrderBy], list[str | OrderBy]]] = {
    "urgency": ([_RANK.asc(), _DUE], [_RANK.desc(), _DUE_LAST_FIRST]),
    "late": ([_RANK.asc(), _DUE], [_RANK.desc(), _DUE_LAST_FIRST]),
    "state": ([_STATE], [f"-{_STATE}"]),
    "report": (
        [F("kind").asc(), F("first_report").asc()],
        [F("kind").desc(), F("first_report").desc()],
    ),
    "due": ([_DUE], [_DUE_LAST_FIRST]),
    "basis": ([F("basis").asc()], [F("basis").desc()]),
    "status": ([F("status_as_at").asc()], [F("status_as_at").desc()]),
}
SORTS = tuple(_ORDERS)


@dataclass(frozen=True, slots=True)
class Cards:
    """The counts of a day.

    ``unconfirmed`` counts what was filed and counts in them as received, though nobody has confirmed
    that yet. ``left_owing`` States are no parties any more, and count in the others by what they owe.
    """

    states_parties: int
    with_overdue_report: int
    overdue_reports: int
    initial_never_received: int
    initial_overdue: int
    backlog: int
    due_in_12_months: int
    dates_to_confirm: int
    unconfirmed: int = 0
    left_owing: int = 0


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrows the list to; empty means everything that is open.

    ``state`` is an ISO code. With ``closed``, and no status, what was closed by the day is kept too.
    """

    status: tuple[str, ...] = ()
    band: str = ""
    kind: str = ""
    region: str = ""
    q: str = ""
    state: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of obligations; ``count`` obligations of ``states`` States stand on all ``pages``.

    ``folded`` of them are owed under the Convention, and are reports under this protocol as well.
    """

    rows: list[Obligation]
    count: int
    folded: int
    states: int
    page: int
    pages: int
    sort: str
    folds: Folding


@dataclass(frozen=True, slots=True)
class _Found:
    """What a list holds, in its order; an array is remembered and recalled as one piece."""

    obligations: "array[int]"
    folded: int
    states: int


def cards(*, as_at: date, treaty: Treaty) -> Cards:
    """Count the States, and what stands in their way, on that day."""
    return remembered(lambda: _count(as_at, treaty), "cards with those that left", as_at, treaty.pk)


def _count(as_at: date, treaty: Treaty) -> Cards:
    open_now = _of(treaty, as_at).open(as_at=as_at).with_status(as_at=as_at)
    is_initial = _is_kind("initial report", treaty)
    overdue = _IS_REPORT & Q(status_as_at=Status.OVERDUE)
    counts = open_now.aggregate(
        with_overdue_report=_states(overdue),
        overdue_reports=Count("pk", filter=overdue),
        initial_never_received=_states(is_initial),
        initial_overdue=_states(is_initial & overdue),
        left_owing=_states(
            Q(state_party__treaty=treaty, state_party__denunciation_effective_on__lte=as_at)
        ),
        due_in_12_months=_states(Q(status_as_at=Status.DUE_SOON)),
        dates_to_confirm=Count(
            "pk", filter=_IS_REPORT & Q(status_as_at__in=[Status.UNCONFIRMED, Status.NO_DATE])
        ),
    )
    backlog = _of(treaty, as_at).backlog(as_at=as_at).values("submission").distinct()
    filed = _of(treaty, as_at).unconfirmed(as_at=as_at).values("submission").distinct()
    return Cards(
        states_parties=StateParty.objects.filter(treaty=treaty).parties(as_at=as_at).count(),
        backlog=backlog.count(),
        unconfirmed=filed.count(),
        **counts,
    )


def listing(
    *, as_at: date, treaty: Treaty, filters: Filters, sort: str = "urgency", page: int = 1
) -> Listing:
    """Return a page of what was open on that day, or in the backlog where that is asked for.

    A page beyond the last is the last one.
    """
    found = remembered(
        lambda: _find(as_at, treaty, filters, sort),
        "list with folded",
        as_at,
        treaty.pk,
        filters,
        sort,
        get_language(),
    )
    count = len(found.obligations)
    pages = max(1, ceil(count / PAGE_SIZE))
    page = min(max(1, page), pages)
    shown = found.obligations[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    with_party = Obligation.objects.select_related("state_party__state", "state_party__treaty")
    rows = with_party.in_bulk(shown)
    return Listing(
        rows=[rows[pk] for pk in shown if pk in rows],
        count=count,
        folded=found.folded,
        states=found.states,
        page=page,
        pages=pages,
        sort=sort,
        folds=folding_under(treaty, as_at=as_at),
    )


def _find(as_at: date, treaty: Treaty, filters: Filters, sort: str) -> _Found:
    found = listed(as_at=as_at, treaty=treaty, filters=filters, sort=sort)
    # Not by the name by which it is in order: that of a column which is read is taken for the column.
    rows = list(found.values_list("pk", f"{_STATE}_id", "state_party__treaty"))
    return _Found(
        obligations=array("q", (pk for pk, _state, _under in rows)),
        folded=sum(under != treaty.pk for _pk, _state, under in rows),
        states=len({state for _pk, state, _under in rows}),
    )


def listed(
    *, as_at: date, treaty: Treaty | None, filters: Filters, sort: str = "urgency"
) -> ObligationQuerySet:
    """Return all that a list holds, in its order, with ``status_as_at``; without a treaty, of all.

    Under a protocol also the Convention's reports that are those under it.
    """
    found = _of(treaty, as_at).with_status(as_at=as_at)
    if filters.kind:
        found = found.filter(_is_kind(filters.kind, treaty))
    return _ordered(_filtered(found, filters, as_at), sort)


def _of(treaty: Treaty | None, as_at: date) -> ObligationQuerySet:
    rows = Obligation.objects.all()
    return rows.filter(owed_under(treaty, as_at=as_at)) if treaty else rows


def _is_kind(kind: str, treaty: Treaty | None) -> Q:
    """Keep what is of that kind; an initial report of the Convention is none under a protocol."""
    if treaty is None or not treaty.folded_into or kind not in _BY_NUMBER:
        return _IS_KIND[kind]
    is_initial = _IS_KIND["initial report"] & Q(state_party__treaty=treaty)
    return is_initial if kind == "initial report" else _IS_REPORT & ~is_initial


def _states(condition: Q) -> Count:
    return Count(_STATE, filter=condition, distinct=True)


def _filtered(found: ObligationQuerySet, filters: Filters, as_at: date) -> ObligationQuerySet:
    if filters.closed and not filters.status:
        found = found.arisen(as_at=as_at)
    else:
        found = _with_status(found, filters.status, as_at)
    if filters.band:
        found = found.in_band(Band(filters.band), as_at=as_at)
    if filters.region:
        found = found.filter(state_party__state__regional_group=filters.region)
    if filters.state:
        found = found.filter(state_party__state__iso3=filters.state)
    if filters.q:
        names = Q(state_party__state__search_text__contains=searchable(filters.q))
        found = found.filter(names | Q(source__icontains=filters.q))
    return found


def _with_status(
    found: ObligationQuerySet, status: tuple[str, ...], as_at: date
) -> ObligationQuerySet:
    if status == (BACKLOG,):
        return found.backlog(as_at=as_at)
    still_open = found.open(as_at=as_at)
    if not status:
        return still_open
    chosen = still_open.filter(Q(status_as_at__in=status))
    return chosen | found.backlog(as_at=as_at) if BACKLOG in status else chosen


def _ordered(found: ObligationQuerySet, sort: str) -> ObligationQuerySet:
    forward, backward = _ORDERS[sort.removeprefix("-")]
    order = backward if sort.startswith("-") else forward
    return found.order_by(*order, _DUE, _STATE, "pk")
