"""The pictures of the overview: each as one sentence, as rows of a table, and as data for a script."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reporting.models import State
from reporting.models.dates import long_date, short_month
from reporting.models.names import name_of_state
from reporting.models.status import BACKLOG_APART, BAND_LABELS, STATUS_LABELS
from reporting.queries.overview import DueInQuarter, Overview, Waiting
from reporting.queries.world import small_states
from reporting.rules.status import Status

NOTHING_OPEN = "nothing open"
# In the order of urgency; the last has nothing open.
STANDINGS: tuple[Status | None, ...] = (
    Status.OVERDUE,
    Status.DUE_SOON,
    Status.UPCOMING,
    Status.AWAITING_CONSIDERATION,
    Status.UNCONFIRMED,
    Status.NO_DATE,
    None,
)
Rows = list[list[str | int]]


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows; ``rows`` are those of its table, a label and one number a column.

    The first ``drawn`` columns of numbers are drawn. ``total`` is empty where adding up says nothing,
    ``ticks`` where the labels of the rows are short enough for an axis.
    """

    name: str
    title: str
    sentence: str
    note: str
    head: str
    columns: list[str]
    rows: Rows
    drawn: int
    total: list[int]
    ticks: list[str] = field(default_factory=list)

    @property
    def numbers(self) -> dict[str, Any]:
        """What the script draws."""
        return {
            "sentence": self.sentence,
            "note": self.note,
            "columns": self.columns,
            "rows": self.rows,
            "drawn": self.drawn,
            "total": self.total,
            "labels": self.ticks or [label for label, *_numbers in self.rows],
        }


@dataclass(frozen=True, slots=True)
class StateOnMap:
    """A State party on the map; ``at`` is where its dot stands, if it is too small to be seen."""

    name: str
    url: str
    m49: str
    at: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Group:
    """The States parties of one status; ``status`` is none where they owe nothing."""

    status: Status | None
    name: str
    label: str
    codes: list[str]
    states: list[StateOnMap]


@dataclass(frozen=True, slots=True)
class WorldMap:
    """The States parties by status, in the order of urgency."""

    sentence: str
    groups: list[Group]


def pictures(numbers: Overview) -> list[Picture]:
    """Return the four pictures that are columns of numbers."""
    return [_overdue(numbers), _due(numbers), _received(numbers), _waiting(numbers)]


def states_on_map(*, query: str, states: QuerySet[State] | None = None) -> dict[str, StateOnMap]:
    """Return the States, or those, by their ISO codes and in order of name, each with its address; one query."""
    small = small_states()
    found = State.objects.all() if states is None else states
    return {
        iso3: StateOnMap(
            name=name_of_state(iso3, name),
            url=f"/states/{iso3}/{query}",
            m49=m49,
            at=small.get(m49),
        )
        for iso3, name, m49 in found.values_list("iso3", "name", "m49")
    }


def world(numbers: Overview, known: Mapping[str, StateOnMap]) -> WorldMap:
    """Return the map of the day, its States by name."""
    found: dict[Status | None, list[str]] = defaultdict(list)
    for code in known:
        if code in numbers.standings:
            found[numbers.standings[code]].append(code)
    groups = [
        Group(
            status=status,
            name=status.value if status else NOTHING_OPEN,
            label=str(STATUS_LABELS[status] if status else _("Nothing open")),
            codes=found[status],
            states=[known[code] for code in found[status]],
        )
        for status in STANDINGS
    ]
    return WorldMap(_of_map(groups), groups)


def for_script(known: Mapping[str, StateOnMap], shown: list[Overview]) -> dict[str, Any]:
    """Return the States of those days as the script reads them, by their ISO codes."""
    return {
        code: {"name": known[code].name, "m49": known[code].m49, "at": known[code].at}
        for code in {code: None for numbers in shown for code in numbers.standings}
    }


def frame(
    numbers: Overview, shown: WorldMap, drawn: list[Picture], *, query: str
) -> dict[str, Any]:
    """Return all pictures of a day as the script reads them; ``query`` takes the day to a State."""
    return {
        "day": long_date(numbers.as_at),
        "query": query,
        "year": numbers.as_at.year,
        "pictures": {picture.name: picture.numbers for picture in drawn},
        "map": {
            "sentence": shown.sentence,
            "groups": {group.name: group.codes for group in shown.groups if group.codes},
        },
    }


def _of_map(groups: list[Group]) -> str:
    count = sum(len(group.codes) for group in groups)
    if not count:
        return _("No State was a party.")
    parts = [
        _("%(status)s: %(count)s") % {"status": group.label, "count": len(group.codes)}
        for group in groups
        if group.codes
    ]
    said = ngettext("%(count)s State party.", "%(count)s States parties.", count)
    between = pgettext("between parts of a sentence", "; ")
    return f"{said % {'count': count}} {between.join(parts)}."


def _overdue(numbers: Overview) -> Picture:
    rows: Rows = [
        [str(BAND_LABELS[each.band]), each.initial, each.periodic, each.states]
        for each in numbers.overdue
    ]
    return Picture(
        name="overdue",
        title=_("Overdue reports by how long"),
        sentence=_of_overdue(numbers),
        note=_(
            "The last column counts a State once, by its earliest overdue report, as published lists do. "
            "An initial report that never came, but is not due yet or has no firm date, is not overdue: "
            "the dashboard counts it among those never received."
        ),
        head=_("Overdue for"),
        columns=[_("Initial reports"), _("Periodic reports"), _("States")],
        rows=rows,
        drawn=2,
        total=_total(rows),
    )


def _of_overdue(numbers: Overview) -> str:
    initial = sum(each.initial for each in numbers.overdue)
    periodic = sum(each.periodic for each in numbers.overdue)
    if not initial + periodic:
        return _("No report was overdue.")
    longest = numbers.overdue[-1]
    return _(
        "%(reports)s of %(states)s overdue: %(initial)s initial and %(periodic)s periodic. "
        "Overdue for 10 years or more: %(longest)s."
    ) % {
        "reports": _reports(initial + periodic),
        "states": _states(sum(each.states for each in numbers.overdue)),
        "initial": initial,
        "periodic": periodic,
        "longest": longest.initial + longest.periodic,
    }


def _due(numbers: Overview) -> Picture:
    rows: Rows = [
        [_quarter(each), each.treaty, each.committee, each.estimate] for each in numbers.due
    ]
    return Picture(
        name="due",
        title=_("Due dates in the next five years"),
        sentence=_of_due(numbers),
        note=_due_note(numbers),
        head=_("Quarter"),
        columns=[_("By the treaty"), _("Set by the Committee"), _("Estimated")],
        rows=rows,
        drawn=3,
        total=_total(rows),
    )


def _quarter(each: DueInQuarter) -> str:
    return _("Q%(quarter)s %(year)s") % {"quarter": each.quarter, "year": each.year}


def _of_due(numbers: Overview) -> str:
    sums = [each.treaty + each.committee + each.estimate for each in numbers.due]
    span = {"first": _quarter(numbers.due[0]), "last": _quarter(numbers.due[-1])}
    if not sum(sums):
        return _("No due date falls between %(first)s and %(last)s.") % span
    fullest = max(range(len(sums)), key=sums.__getitem__)
    said = ngettext(
        "%(count)s due date falls between %(first)s and %(last)s: %(treaty)s by the treaty, "
        "%(committee)s set by the Committee, %(estimate)s estimated. Most fall in %(fullest)s (%(most)s).",
        "%(count)s due dates fall between %(first)s and %(last)s: %(treaty)s by the treaty, "
        "%(committee)s set by the Committee, %(estimate)s estimated. Most fall in %(fullest)s (%(most)s).",
        sum(sums),
    )
    return said % {
        **span,
        "count": sum(sums),
        "treaty": sum(each.treaty for each in numbers.due),
        "committee": sum(each.committee for each in numbers.due),
        "estimate": sum(each.estimate for each in numbers.due),
        "fullest": _quarter(numbers.due[fullest]),
        "most": max(sums),
    }


def _due_note(numbers: Overview) -> str:
    without = ngettext(
        "For %(count)s more no date is set.",
        "For %(count)s more no dates are set.",
        numbers.without_date,
    )
    counted = _(
        "What is open on the day counts: reports, follow-up and replies. A date known by its year or month "
        "only counts in the last quarter into which it can fall."
    )
    return (
        f"{counted} {without % {'count': numbers.without_date}}"
        if numbers.without_date
        else counted
    )


def _received(numbers: Overview) -> Picture:
    rows: Rows = [
        [str(each.year), each.on_time, each.late, each.unmeasured] for each in numbers.received
    ]
    return Picture(
        name="received",
        title=_("Reports received in each year"),
        sentence=_of_received(numbers),
        note=_(
            "A combined report counts once, and is late if one of its parts was. Received without a due date: "
            "none was set, or it was an estimate that the Committee had not confirmed."
        ),
        head=_("Year"),
        columns=[_("On time"), _("Late"), _("Without a due date")],
        rows=rows,
        drawn=3,
        total=_total(rows),
    )


def _of_received(numbers: Overview) -> str:
    on_time = sum(each.on_time for each in numbers.received)
    late = sum(each.late for each in numbers.received)
    unmeasured = sum(each.unmeasured for each in numbers.received)
    count = on_time + late + unmeasured
    said = _(
        "%(reports)s received on a day that is on record: %(on_time)s on time, %(late)s late, "
        "%(unmeasured)s without a due date."
    ) % {
        "reports": _reports(count),
        "on_time": on_time,
        "late": late,
        "unmeasured": unmeasured,
    }
    return f"{said if count else _('No report had been received.')} {_undated(numbers)}".strip()


def _undated(numbers: Overview) -> str:
    more = ngettext(
        "%(count)s more report came on a day that is not on record.",
        "%(count)s more reports came on days that are not on record.",
        numbers.received_undated,
    )
    return more % {"count": numbers.received_undated} if numbers.received_undated else ""


def _waiting(numbers: Overview) -> Picture:
    note = _("Reports received and not yet considered, at the end of each half-year.")
    if numbers.received_undated:
        missing = ngettext(
            "%(count)s report that came on a day that is not on record cannot be counted as waiting.",
            "%(count)s reports that came on days that are not on record cannot be counted as waiting.",
            numbers.received_undated,
        )
        note = f"{note} {missing % {'count': numbers.received_undated}}"
    note = f"{note} {BACKLOG_APART}"
    return Picture(
        name="waiting",
        title=_("Backlog: reports received and not yet considered"),
        sentence=_of_waiting(numbers.waiting),
        note=note,
        head=_("At the end of"),
        columns=[_("Reports waiting")],
        rows=[[long_date(each.day), each.reports] for each in numbers.waiting],
        drawn=1,
        total=[],
        ticks=[short_month(each.day) for each in numbers.waiting],
    )


def _of_waiting(waiting: tuple[Waiting, ...]) -> str:
    most = max(waiting, key=lambda each: each.reports)
    if not most.reports:
        return _("No report was waiting to be considered on any of these days.")
    return _(
        "%(reports)s waiting to be considered. The highest count: %(most)s, first on %(day)s."
    ) % {
        "reports": _reports(waiting[-1].reports),
        "most": most.reports,
        "day": long_date(most.day),
    }


def _total(rows: Rows) -> list[int]:
    columns = list(zip(*rows, strict=True))[1:]
    return [sum(int(number) for number in column) for column in columns]


def _reports(count: int) -> str:
    return ngettext("%(count)s report", "%(count)s reports", count) % {"count": count}


def _states(count: int) -> str:
    return ngettext("%(count)s State", "%(count)s States", count) % {"count": count}
