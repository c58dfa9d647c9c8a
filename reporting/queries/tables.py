"""The rows of the published tables: each a fixed number of queries for any number of States."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db.models import F, Q

from reporting.models import Closure, Kind, Obligation, StateParty, Treaty
from reporting.models.obligation import ObligationQuerySet
from reporting.queries.lines import Line, Lines, as_text, lines, parsed
from reporting.queries.state import compliance
from reporting.rules.entry_into_force import entry_into_force
from reporting.rules.partial_date import PartialDate
from reporting.rules.regimes import Regime
from reporting.rules.status import Band

_REPORTS = (Kind.REPORT, Kind.ADDITIONAL_REPORT)
_REPLACED = (Closure.SUPERSEDED, Closure.WITHDRAWN, Closure.LAPSED)
_STATE, _NAME = "state_party__state", "state_party__state__name"


def _of(treaty: Treaty) -> ObligationQuerySet:
    return Obligation.objects.filter(state_party__treaty=treaty)


def submission_of_reports(*, as_at: date, treaty: Treaty) -> Lines:
    """Return every report that had been asked for by the day, by State and number.

    Due dates that were replaced, and duties that fell away, are left out.
    """
    fell_away = Q(closed_as__in=_REPLACED, closed_on__lte=as_at)
    found = _of(treaty).arisen(as_at=as_at).filter(kind__in=_REPORTS).exclude(fell_away)
    return Lines(found.order_by(_STATE, "first_report", "kind", "pk"), as_at)


class Late(NamedTuple):
    """A State with overdue reports, by the earliest of them."""

    earliest: Line
    band: Band
    overdue: int

    @property
    def iso3(self) -> str:
        """The State."""
        return self.earliest.row.iso3


def late_and_non_reporting(*, as_at: date, treaty: Treaty) -> list[Late]:
    """Return the States with an overdue report, the longest overdue first.

    A State counts once, by its earliest outstanding report.
    """
    overdue = _of(treaty).overdue(as_at=as_at).filter(kind=Kind.REPORT)
    found = lines(overdue.order_by(_STATE, "state_party", "first_report", "pk"), as_at=as_at)
    rows = [_late(list(each)) for _iso3, each in groupby(found, key=attrgetter("iso3"))]
    bands = {band: place for place, band in enumerate(reversed(Band))}
    return sorted(rows, key=lambda row: bands[row.band])


def _late(overdue: list[Line]) -> Late:
    earliest = overdue[0]
    assert earliest.standing.band  # noqa: S101 - what is overdue has one; for the types
    return Late(earliest, earliest.standing.band, len(overdue))


class Waiting(NamedTuple):
    """A report that waits to be considered."""

    iso3: str
    state: str
    region: str
    first: int
    last: int
    received_on: str | None
    since: date
    symbol: str
    session: int | None
    source: str
    as_at: date

    @property
    def days(self) -> int | None:
        """For how many days it has waited for certain; ``None`` where no receipt is on record."""
        received = parsed(self.received_on)
        return max(0, (self.as_at - received.last_day).days) if received else None


def backlog(*, as_at: date, treaty: Treaty) -> list[Waiting]:
    """Return the reports received and not yet considered, in order of receipt; a document once."""
    columns = (
        "submission",
        "state_party__state__iso3",
        _NAME,
        "state_party__state__regional_group",
        "first_report",
        "last_report",
        as_text("received_on"),
        "closed_on",
        "submission__symbol",
        "submission__session",
        "submission__source",
    )
    found = _of(treaty).backlog(as_at=as_at).order_by("closed_on", "submission", "first_report")
    rows = found.values_list(*columns).iterator()
    waiting = []
    for _submission, group in groupby(rows, key=lambda values: values[0]):
        parts = list(group)
        first, last = parts[0], parts[-1]
        waiting.append(Waiting._make((*first[1:5], last[5], *first[6:], as_at)))
    return waiting


def replies_and_follow_up(*, as_at: date, treaty: Treaty) -> Lines:
    """Return the replies and the follow-up that had been asked for and had not come, by date."""
    found = _of(treaty).open(as_at=as_at).filter(kind__in=(Kind.REPLIES, Kind.FOLLOW_UP))
    return Lines(found.order_by(F("due_by").asc(nulls_last=True), _STATE, "pk"), as_at)


class Compliance(NamedTuple):
    """The indicator of a State, of a regional group or of all: one column tells which."""

    level: str
    region: str
    iso3: str
    state: str
    instruments: int
    overdue: int
    overdue_reports: int

    @property
    def per_cent(self) -> int:
        """(1 - overdue reports / reporting instruments in force) x 100; each State counts once."""
        return compliance(overdue=self.overdue, instruments=self.instruments)


def compliance_indicator(*, as_at: date, treaty: Treaty) -> list[Compliance]:
    """Return the States parties by regional group, after each group its sum; the sum of all last."""
    overdue = _of(treaty).overdue(as_at=as_at).filter(kind=Kind.REPORT)
    counts: dict[str, int] = {}
    for iso3 in overdue.values_list("state_party__state__iso3", flat=True).order_by().iterator():
        counts[iso3] = counts.get(iso3, 0) + 1
    parties = StateParty.objects.filter(treaty=treaty).parties(as_at=as_at)
    ordered = parties.order_by("state__regional_group", "state")
    states = [
        Compliance("state", region, iso3, name, 1, min(1, counts.get(iso3, 0)), counts.get(iso3, 0))
        for region, iso3, name in ordered.values_list(
            "state__regional_group", "state__iso3", "state__name"
        )
    ]
    rows: list[Compliance] = []
    for region, group in groupby(states, key=attrgetter("region")):
        members = list(group)
        rows += [*members, _sum("region", region, members)]
    return [*rows, _sum("all", "", states)] if states else []


def _sum(level: str, region: str, states: Iterable[Compliance]) -> Compliance:
    states = list(states)
    return Compliance(
        level=level,
        region=region,
        iso3="",
        state="",
        instruments=len(states),
        overdue=sum(each.overdue for each in states),
        overdue_reports=sum(each.overdue_reports for each in states),
    )


class NeverReviewed(NamedTuple):
    """A State party that the Committee has not considered yet, and its earliest report.

    Dates are ISO text.
    """

    iso3: str
    state: str
    region: str
    deposited_on: str
    in_force_on: str
    report: Line | None
    source: str


def never_reviewed(*, as_at: date, treaty: Treaty) -> list[NeverReviewed]:
    """Return the States parties of which no report, and no absence of one, had been considered."""
    absence = Q(closed_as=Closure.CONSIDERED_IN_ABSENCE, closed_on__lte=as_at)
    considered = _of(treaty).filter(Q(considered_on__lte=as_at) | absence)
    parties = (
        StateParty.objects.filter(treaty=treaty)
        .parties(as_at=as_at)
        .exclude(pk__in=considered.values("state_party"))
    )
    initial = _of(treaty).arisen(as_at=as_at).filter(kind=Kind.REPORT, state_party__in=parties)
    replaced = Q(closed_as__in=_REPLACED, closed_on__lte=as_at)
    reports: dict[str, Line] = {}
    for line in lines(initial.exclude(replaced).order_by("first_report", "pk"), as_at=as_at):
        reports.setdefault(line.iso3, line)
    columns = ("state__iso3", "state__name", "state__regional_group", "source")
    dates = (as_text("deposited_on"), as_text("entry_into_force_override"))
    regime = treaty.regime()
    return [
        NeverReviewed(
            iso3=iso3,
            state=name,
            region=region,
            deposited_on=deposited_on,
            in_force_on=overridden or _in_force_on(regime, deposited_on),
            report=reports.get(iso3),
            source=source,
        )
        for iso3, name, region, source, deposited_on, overridden in parties.order_by(
            "state"
        ).values_list(*columns, *dates)
    ]


@lru_cache(maxsize=1024)
def _in_force_on(regime: Regime, deposited_on: str) -> str:
    """Return when the treaty binds a State by its rule; dates are ISO text."""
    day = entry_into_force(
        regime.entry_into_force,
        deposited_on=PartialDate.parse(deposited_on),
        treaty_in_force_on=regime.in_force_on,
    )
    return day.isoformat()
