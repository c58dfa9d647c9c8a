"""What the pictures of the overview show: one pass over narrow rows, for one day or for many."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from reporting.models import Basis, Closure, Kind, StateParty, Treaty
from reporting.models.obligation import Obligation
from reporting.queries.memory import remembered
from reporting.rules.partial_date import PartialDate
from reporting.rules.status import Band, Standing, Status, days_late, status

YEARS_AHEAD = 5
QUARTERS = YEARS_AHEAD * 4 + 1  # the one that runs, and five years after it
_MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class OverdueInBand:
    """Overdue reports of one band; ``states`` counts a State once, by its earliest overdue report."""

    band: Band
    initial: int = 0
    periodic: int = 0
    states: int = 0


@dataclass(frozen=True, slots=True)
class DueInQuarter:
    """How many due dates fall into a quarter, by what they rest on."""

    year: int
    quarter: int
    treaty: int = 0
    committee: int = 0
    estimate: int = 0


@dataclass(frozen=True, slots=True)
class ReceivedInYear:
    """Reports received in a year; ``unmeasured`` had no due date, or an unconfirmed estimate only."""

    year: int
    on_time: int = 0
    late: int = 0
    unmeasured: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many reports had been received and were not yet considered on a day."""

    day: date
    reports: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The numbers behind the pictures of a day.

    ``standings`` has the status of every State party by its ISO code: overdue where any report is, as
    the dashboard counts; else that of the earliest outstanding report, as the States' list shows it;
    ``None`` where nothing is open.
    """

    as_at: date
    overdue: tuple[OverdueInBand, ...]
    due: tuple[DueInQuarter, ...]
    without_date: int
    received: tuple[ReceivedInYear, ...]
    received_undated: int
    waiting: tuple[Waiting, ...]
    standings: dict[str, Status | None]


class _Row(NamedTuple):
    """An obligation, with what ``rules.status`` asks of one."""

    party: int
    kind: str
    first: int | None
    due: PartialDate | None
    basis: str
    arises_on: date
    closed_on: date | None
    closed_as: str
    submission: int | None
    received: PartialDate | None
    considered_on: date | None
    awaiting_since: date | None

    def is_open(self, day: date) -> bool:
        return self.arises_on <= day and not (self.closed_on and self.closed_on <= day)


class _Party(NamedTuple):
    pk: int
    iso3: str
    since: date
    until: date | None


class _Report(NamedTuple):
    """A report that came: when it counts as received, and when the last part of it was considered."""

    came_on: date
    considered_on: date
    received: PartialDate | None
    late: bool
    measured: bool


def overview(*, as_at: date, treaty: Treaty) -> Overview:
    """Return the numbers of a day, in two queries and from what had happened by then."""
    return overviews(days=(as_at,), treaty=treaty)[0]


def overviews(*, days: Sequence[date], treaty: Treaty) -> list[Overview]:
    """Return the numbers of several days, in two queries for any number of them."""
    return remembered(lambda: _overviews(sorted(days), treaty), "overview", tuple(days), treaty.pk)


def year_ends(*, treaty: Treaty, until: date) -> tuple[date, ...]:
    """Return the last day of each year since the treaty came into force, and ``until`` itself."""
    ends = (date(year, 12, 31) for year in range(treaty.in_force_on.year, until.year))
    return (*ends, until)


def _overviews(days: list[date], treaty: Treaty) -> list[Overview]:
    rows, parties = _rows(days, treaty), _parties(days[-1], treaty)
    reports = _reports(rows)
    return [_overview(day, treaty, rows, parties, reports) for day in days]


def _rows(days: list[date], treaty: Treaty) -> list[_Row]:
    """Fetch what was open on one of the days or between them, and every report that had come."""
    came = Q(kind=Kind.REPORT, closed_as=Closure.MET, submission__isnull=False)
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gt=days[0])
    found = Obligation.objects.arisen(as_at=days[-1]).filter(
        came | still_open, state_party__treaty=treaty
    )
    columns = found.order_by("first_report", "pk").values_list(
        "state_party",
        "kind",
        "first_report",
        "due_on",
        "basis",
        "arises_on",
        "closed_on",
        "closed_as",
        "submission",
        "received_on",
        "considered_on",
        "awaiting_since",
    )
    return [_Row._make(each) for each in columns]


def _parties(last: date, treaty: Treaty) -> list[_Party]:
    found = StateParty.objects.filter(treaty=treaty, party_since__lte=last)
    columns = ("pk", "state__iso3", "party_since", "denunciation_effective_on")
    return [_Party(*each) for each in found.order_by("state").values_list(*columns)]


def _overview(
    day: date, treaty: Treaty, rows: list[_Row], parties: list[_Party], reports: list[_Report]
) -> Overview:
    still_open = [(row, status(row, as_at=day)) for row in rows if row.is_open(day)]
    cycle = [(row, standing) for row, standing in still_open if row.kind == Kind.REPORT]
    came = [report for report in reports if report.came_on <= day]
    return Overview(
        as_at=day,
        overdue=_overdue(cycle),
        due=_due((row for row, _standing in still_open), day),
        without_date=sum(row.due is None for row, _standing in still_open),
        received=_received(came, day, treaty),
        received_undated=sum(report.received is None for report in came),
        waiting=_waiting(came, day, treaty),
        standings=_standings(cycle, parties, day),
    )


def _overdue(cycle: list[tuple[_Row, Standing]]) -> tuple[OverdueInBand, ...]:
    initial: Counter[Band] = Counter()
    periodic: Counter[Band] = Counter()
    by_state: dict[int, Band] = {}
    for row, standing in cycle:  # the earliest report of a State comes first
        if standing.band is not None:
            (initial if row.first == 1 else periodic)[standing.band] += 1
            by_state.setdefault(row.party, standing.band)
    states = Counter(by_state.values())
    return tuple(OverdueInBand(band, initial[band], periodic[band], states[band]) for band in Band)


def _due(still_open: Iterable[_Row], day: date) -> tuple[DueInQuarter, ...]:
    """Count by the last day that each date can be, as lateness does."""
    found: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    for row in still_open:
        if row.due is not None and row.due.last_day >= day:
            found[row.basis][_quarter(row.due.last_day)] += 1
    return tuple(
        DueInQuarter(
            *quarter,
            treaty=found[Basis.TREATY][quarter],
            committee=found[Basis.COMMITTEE][quarter],
            estimate=found[Basis.ESTIMATE][quarter],
        )
        for quarter in _quarters_from(day)
    )


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // _MONTHS_OF_A_QUARTER + 1


def _quarters_from(day: date) -> Iterator[tuple[int, int]]:
    year, quarter = _quarter(day)
    for number in range(quarter - 1, quarter - 1 + QUARTERS):
        yield year + number // 4, number % 4 + 1


def _reports(rows: list[_Row]) -> list[_Report]:
    """Put together what each report discharged; one document can meet several obligations."""
    met: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        if row.closed_as == Closure.MET and row.kind == Kind.REPORT and row.submission:
            met[row.submission].append(row)
    return [_report(discharged) for discharged in met.values()]


def _report(met: list[_Row]) -> _Report:
    received = met[0].received
    firm = [row.due for row in met if row.due and row.basis != Basis.ESTIMATE]
    return _Report(
        came_on=min(row.closed_on or date.max for row in met),
        considered_on=max(row.considered_on or date.max for row in met),
        received=received,
        late=received is not None
        and any(days_late(due=due, received=received) > 0 for due in firm),
        measured=bool(firm),
    )


def _received(came: list[_Report], day: date, treaty: Treaty) -> tuple[ReceivedInYear, ...]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for report in came:
        if report.received:
            how = "on_time" if report.measured else "unmeasured"
            found[report.received.first_day.year]["late" if report.late else how] += 1
    first = min([treaty.in_force_on.year, *found])
    return tuple(ReceivedInYear(year, **found[year]) for year in range(first, day.year + 1))


def _waiting(came: list[_Report], day: date, treaty: Treaty) -> tuple[Waiting, ...]:
    """Count at the end of each half-year, and on the day itself."""
    change: Counter[date] = Counter()
    for report in came:
        if report.considered_on > report.came_on:
            change[report.came_on] += 1
            change[report.considered_on] -= 1
    found, reports, changes = [], 0, sorted(change.items(), reverse=True)
    for end in _half_years(treaty.in_force_on, day):
        while changes and changes[-1][0] <= end:
            reports += changes.pop()[1]
        found.append(Waiting(end, reports))
    return tuple(found)


def _half_years(first: date, last: date) -> Iterator[date]:
    for year in range(first.year, last.year + 1):
        for end in (date(year, 6, 30), date(year, 12, 31)):
            if first <= end < last:
                yield end
    yield last


def _standings(
    cycle: list[tuple[_Row, Standing]], parties: list[_Party], day: date
) -> dict[str, Status | None]:
    found: dict[int, Status] = {}
    for row, standing in cycle:  # the earliest report of a State comes first
        if standing.status is Status.OVERDUE:
            found[row.party] = Status.OVERDUE
        found.setdefault(row.party, standing.status)
    return {
        party.iso3: found.get(party.pk)
        for party in parties
        if party.since <= day and not (party.until and party.until <= day)
    }
