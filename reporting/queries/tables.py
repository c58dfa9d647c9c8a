"""The rows of the published tables: each a fixed number of queries for any number of States."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from itertools import count, groupby
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from django.db.models import Expression, F, Q, QuerySet

from reporting.models import Closure, Kind, Obligation, StateParty, Treaty
from reporting.models.obligation import ObligationQuerySet
from reporting.queries.compliance import unconfirmed_reports
from reporting.queries.kept import Kept, KeptLines, Order
from reporting.queries.lines import Line, as_text, lines, lines_of, parsed
from reporting.queries.state import compliance
from reporting.rules.entry_into_force import entry_into_force
from reporting.rules.partial_date import PartialDate
from reporting.rules.regimes import Regime
from reporting.rules.status import Band, Standing, band, status

_REPORTS = (Kind.REPORT, Kind.ADDITIONAL_REPORT)
_REPLACED = (Closure.SUPERSEDED, Closure.WITHDRAWN, Closure.LAPSED)
_STATE, _NAME = "state_party__state", "state_party__state__name"


def _of(treaty: Treaty) -> ObligationQuerySet:
    return Obligation.objects.filter(state_party__treaty=treaty)


class SubmissionOfReports(KeptLines):
    """Every report that had been asked for by the day, by State and number.

    Due dates that were replaced, and duties that fell away, are left out.
    """

    KINDS = _REPORTS

    @property
    def found(self) -> ObligationQuerySet:
        """The obligations in their order."""
        fell_away = Q(closed_as__in=_REPLACED, closed_on__lte=self.as_at)
        asked = _of(self.treaty).arisen(as_at=self.as_at).filter(kind__in=_REPORTS)
        return asked.exclude(fell_away).order_by(_STATE, "first_report", "kind", "pk")


class Late(NamedTuple):
    """A State with overdue reports, by the earliest of them."""

    earliest: Line
    band: Band
    overdue: int

    @property
    def iso3(self) -> str:
        """The State."""
        return self.earliest.row.iso3


class LateAndNonReporting(Kept[Late]):
    """The States with an overdue report, the longest overdue first.

    A State counts once, by its earliest outstanding report.
    """

    def __iter__(self) -> Iterator[Late]:
        """Go through the States."""
        found = lines(self._overdue, as_at=self.as_at)
        groups = [list(each) for _iso3, each in groupby(found, key=attrgetter("iso3"))]
        rows = (_late(each[0], len(each)) for each in groups)
        return iter(sorted(filter(None, rows), key=lambda row: _LONGEST_FIRST[row.band]))

    @property
    def _overdue(self) -> ObligationQuerySet:
        overdue = _of(self.treaty).overdue(as_at=self.as_at).filter(kind=Kind.REPORT)
        return overdue.order_by(_STATE, "state_party", "first_report", "pk")

    def _find(self) -> Order:
        rows: Any = self._overdue.values_list("state_party", "pk", "due_by").iterator()
        groups = (list(each) for _party, each in groupby(rows, key=itemgetter(0)))
        late = [
            (_LONGEST_FIRST[band(due_by=each[0][2], as_at=self.as_at)], each[0][1], len(each))
            for each in groups
        ]
        late.sort(key=itemgetter(0))
        return Order(
            numbers=array("q", (pk for _band, pk, _overdue in late)),
            entries=len(late),
            states=len(late),
            beside=array("q", (overdue for _band, _pk, overdue in late)),
        )

    def _read(self, order: Order) -> list[Late]:
        known = lines_of(order.numbers, as_at=self.as_at)
        pairs = zip(order.numbers, order.beside, strict=True)
        rows = (_late(known[pk], overdue) for pk, overdue in pairs if pk in known)
        return [*filter(None, rows)]


_LONGEST_FIRST = {each: place for place, each in enumerate(reversed(Band))}


def _late(earliest: Line, overdue: int) -> Late | None:
    found = earliest.standing.band
    return Late(earliest, found, overdue) if found else None


class RepliesAndFollowUp(KeptLines):
    """The replies and the follow-up that had been asked for and had not come, by date."""

    KINDS = (Kind.REPLIES, Kind.FOLLOW_UP)

    @property
    def found(self) -> ObligationQuerySet:
        """The obligations in their order."""
        asked = _of(self.treaty).open(as_at=self.as_at)
        awaited = asked.filter(kind__in=(Kind.REPLIES, Kind.FOLLOW_UP))
        return awaited.order_by(F("due_by").asc(nulls_last=True), _STATE, "pk")


class Compliance(NamedTuple):
    """The indicator of a State, of a regional group or of all: one column tells which.

    ``unconfirmed`` counts the reports that count as received before that is confirmed.
    """

    level: str
    region: str
    iso3: str
    state: str
    instruments: int
    overdue: int
    overdue_reports: int
    unconfirmed: int = 0

    @property
    def per_cent(self) -> int:
        """(1 - overdue reports / reporting instruments in force) x 100; each State counts once."""
        return compliance(overdue=self.overdue, instruments=self.instruments)


class ComplianceIndicator(Kept[Compliance]):
    """The States parties by regional group, after each group its sum; the sum of all last."""

    def __iter__(self) -> Iterator[Compliance]:
        """Go through States and sums."""
        counts, filed = self._overdue_reports(), self._unconfirmed()
        columns = ("pk", *_NAMES)
        states = (
            _of_state(names, counts[pk], filed[pk])
            for pk, *names in self._parties.values_list(*columns)
        )
        return iter(_with_sums(states))

    @property
    def _parties(self) -> "QuerySet[StateParty]":
        parties = StateParty.objects.filter(treaty=self.treaty).parties(as_at=self.as_at)
        return parties.order_by("state__regional_group", "state")

    def _overdue_reports(self) -> Counter[int]:
        overdue = _of(self.treaty).overdue(as_at=self.as_at).filter(kind=Kind.REPORT)
        return Counter(overdue.order_by().values_list("state_party", flat=True).iterator())

    def _unconfirmed(self) -> Counter[int]:
        return unconfirmed_reports(as_at=self.as_at, treaty=self.treaty)

    def _find(self) -> Order:
        """Find the order; the sums, which have no words, have the numbers below zero."""
        counts, filed = self._overdue_reports(), self._unconfirmed()
        pairs = list(self._parties.values_list("pk", "state__regional_group"))
        parties = iter([pk for pk, _region in pairs])
        rows = _with_sums(
            _of_state((region, "", ""), counts[pk], filed[pk]) for pk, region in pairs
        )
        sums = tuple(row for row in rows if row.level != _OF_ONE)
        places = count(-1, -1)
        return Order(
            numbers=array("q", (next(parties if row.level == _OF_ONE else places) for row in rows)),
            entries=len(pairs),
            states=len(pairs),
            beside=array("q", (row.overdue_reports for row in rows)),
            sums=sums,
            filed=array("q", (row.unconfirmed for row in rows)),
        )

    def _read(self, order: Order) -> list[Compliance]:
        rows = StateParty.objects.filter(pk__in=order.numbers).order_by()
        known = {pk: names for pk, *names in rows.values_list("pk", *_NAMES)}
        found = zip(order.numbers, order.beside, order.filed, strict=True)
        return [
            order.sums[-pk - 1] if pk < 0 else _of_state(known[pk], overdue, filed)
            for pk, overdue, filed in found
            if pk < 0 or pk in known
        ]


_OF_ONE = "state"
_NAMES = ("state__regional_group", "state__iso3", "state__name")


def _of_state(names: Iterable[str], overdue_reports: int, unconfirmed: int) -> Compliance:
    region, iso3, name = names
    overdue = min(1, overdue_reports)
    return Compliance(_OF_ONE, region, iso3, name, 1, overdue, overdue_reports, unconfirmed)


def _with_sums(states: Iterable[Compliance]) -> list[Compliance]:
    states, rows = list(states), []
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
        unconfirmed=sum(each.unconfirmed for each in states),
    )


class NeverReviewed(NamedTuple):
    """A State party that the Committee has not considered yet, and how its earliest report stands.

    Dates are ISO text; ``standing`` is ``None`` where no report had been asked for.
    """

    iso3: str
    state: str
    region: str
    deposited_on: str
    in_force_on: str
    due_on: str | None
    received_on: str | None
    standing: Standing | None
    source: str


class StatesNeverReviewed(Kept[NeverReviewed]):
    """The States parties of which no report, and no absence of one, had been considered."""

    def __iter__(self) -> Iterator[NeverReviewed]:
        """Go through the States."""
        reports: dict[int, _Report] = {}
        columns = ("state_party", *_OF_REPORTS)
        for party, *values in self._reports.values_list(*columns).iterator():
            reports.setdefault(party, _Report._make(values))
        for pk, *values in self._parties.order_by("state").values_list("pk", *_OF_PARTIES):
            yield self._row(values, reports.get(pk, _NO_REPORT))

    @property
    def _parties(self) -> "QuerySet[StateParty]":
        absence = Q(closed_as=Closure.CONSIDERED_IN_ABSENCE, closed_on__lte=self.as_at)
        considered = _of(self.treaty).filter(Q(considered_on__lte=self.as_at) | absence)
        parties = StateParty.objects.filter(treaty=self.treaty).parties(as_at=self.as_at)
        return parties.exclude(pk__in=considered.values("state_party"))

    @property
    def _reports(self) -> ObligationQuerySet:
        arisen = _of(self.treaty).arisen(as_at=self.as_at)
        replaced = Q(closed_as__in=_REPLACED, closed_on__lte=self.as_at)
        reports = arisen.filter(kind=Kind.REPORT, state_party__in=self._parties)
        return reports.exclude(replaced).order_by("first_report", "pk")

    def _find(self) -> Order:
        reports: dict[int, int] = {}
        for party, pk in self._reports.values_list("state_party", "pk").iterator():
            reports.setdefault(party, pk)
        parties = array("q", self._parties.order_by("state").values_list("pk", flat=True))
        return Order(
            numbers=parties,
            entries=len(parties),
            states=len(parties),
            beside=array("q", (reports.get(pk, _NONE) for pk in parties)),
        )

    def _read(self, order: Order) -> list[NeverReviewed]:
        owed = Obligation.objects.filter(pk__in=order.beside).order_by()
        reports = {
            party: _Report._make(values)
            for party, *values in owed.values_list("state_party", *_OF_REPORTS)
        }
        parties = StateParty.objects.filter(pk__in=order.numbers).order_by()
        known = {pk: values for pk, *values in parties.values_list("pk", *_OF_PARTIES)}
        return [
            self._row(known[pk], reports.get(pk, _NO_REPORT)) for pk in order.numbers if pk in known
        ]

    @cached_property
    def _regime(self) -> Regime:
        return self.treaty.regime()

    def _row(self, values: Iterable[Any], report: "_Report") -> NeverReviewed:
        iso3, name, region, source, deposited_on, overridden = values
        came = report.closed_on is not None and report.closed_on <= self.as_at
        return NeverReviewed(
            iso3=iso3,
            state=name,
            region=region,
            deposited_on=deposited_on,
            in_force_on=overridden or _in_force_on(self._regime, deposited_on),
            due_on=report.due_on,
            received_on=report.received_on if came else None,
            standing=status(report, as_at=self.as_at) if report.basis else None,
            source=source,
        )


class _Report(NamedTuple):
    """What says how a report stands; without a basis there is none."""

    due_on: str | None
    basis: str
    closed_on: date | None
    closed_as: str
    received_on: str | None
    awaiting_since: date | None

    @property
    def due(self) -> PartialDate | None:
        return parsed(self.due_on)

    @property
    def received(self) -> PartialDate | None:
        return parsed(self.received_on)


_NO_REPORT = _Report(None, "", None, "", None, None)
_OF_REPORTS: tuple[str | Expression, ...] = (
    as_text("due_on"),
    "basis",
    "closed_on",
    "closed_as",
    as_text("received_on"),
    "awaiting_since",
)


_NONE = 0  # the number of no row
_OF_PARTIES: tuple[str | Expression, ...] = (
    "state__iso3",
    "state__name",
    "state__regional_group",
    "source",
    as_text("deposited_on"),
    as_text("entry_into_force_override"),
)


@lru_cache(maxsize=1024)
def _in_force_on(regime: Regime, deposited_on: str) -> str:
    """Return when the treaty binds a State by its rule; dates are ISO text."""
    day = entry_into_force(
        regime.entry_into_force,
        deposited_on=PartialDate.parse(deposited_on),
        treaty_in_force_on=regime.in_force_on,
    )
    return day.isoformat()
