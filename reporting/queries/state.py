"""What the pages of the States parties show of a day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import overload

from django.db.models import QuerySet

from reporting.models import (
    CommitteeDecision,
    Kind,
    Obligation,
    Review,
    StateParty,
    Submission,
    Treaty,
)
from reporting.models.names import searchable
from reporting.queries.facts import facts_of, with_facts
from reporting.queries.folding import Folding, folding_under, owed_under
from reporting.queries.owed import due_order
from reporting.queries.session import HangingItem, flagged_of
from reporting.rules.hindsight import known_by, projected_until
from reporting.rules.placing import place
from reporting.rules.status import Standing, Status
from reporting.rules.timetable import timetable

FactRow = Submission | Review | CommitteeDecision


@dataclass(frozen=True, slots=True)
class StateSummary:
    """A State party with its earliest outstanding report, by which published lists count it.

    Under a protocol it can be one of the Convention, that is also the report under the protocol;
    ``also_under`` are the protocols of which it is one. ``overdue_reports`` counts these too.
    """

    party: StateParty
    earliest: Obligation | None
    standing: Standing | None
    overdue_reports: int
    also_under: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact that had happened by the day, and the day from which the engine counts it."""

    row: FactRow
    counts_from: date


@dataclass(frozen=True, slots=True)
class StatePage:
    """Everything on record about one State party on a day, and what it owes.

    ``elsewhere`` are open reports under the Convention that are also those under this protocol,
    ``past_elsewhere`` those that have ended, and ``folding`` tells which reports are also those under
    a protocol.
    """

    party: StateParty
    is_party: bool
    facts: list[FactLine]
    past: list[Obligation] = field(default_factory=list)
    open: list[Obligation] = field(default_factory=list)
    projected: list[Obligation] = field(default_factory=list)
    overdue_reports: int = 0
    flagged: list[HangingItem] = field(default_factory=list)
    elsewhere: Sequence[Obligation] = ()
    past_elsewhere: Sequence[Obligation] = ()
    folding: Folding = field(default_factory=Folding)

    @property
    def compliance(self) -> int:
        """Per cent: (1 - overdue reports / reporting instruments in force) x 100.

        The published lists count a State once under a treaty, however many reports it owes.
        """
        return compliance(overdue=min(1, self.overdue_reports), instruments=1)


@lru_cache(maxsize=1024)
def compliance(*, overdue: int, instruments: int) -> int:
    """Return the compliance indicator of a State in whole per cent."""
    return round((1 - Fraction(overdue, instruments)) * 100)


class StatesParties(Sequence[StateSummary]):
    """The States parties of a day by name: counted in one query, and a part read in three."""

    def __init__(self, found: QuerySet[StateParty], *, as_at: date, treaty: Treaty) -> None:
        """Read nothing yet."""
        self._found, self._as_at, self._treaty = found, as_at, treaty

    @cached_property
    def _count(self) -> int:
        return self._found.count()

    def __len__(self) -> int:
        """Count them."""
        return self._count

    @overload
    def __getitem__(self, place: int) -> StateSummary: ...
    @overload
    def __getitem__(self, place: slice) -> list[StateSummary]: ...
    def __getitem__(self, place: int | slice) -> StateSummary | list[StateSummary]:
        """Return one, or those of a slice."""
        if isinstance(place, int):
            return self[place : place + 1][0]
        parties = self._found.select_related("state").order_by("state", "pk")[place]
        of_these = {party.state_id: party for party in parties}
        reports: dict[int, list[Obligation]] = defaultdict(list)
        for obligation in self._reports(list(of_these)):
            reports[obligation.state_party.state_id].append(obligation)
        folds = folding_under(self._treaty, as_at=self._as_at, states=of_these)
        for party in of_these.values():
            party.treaty = self._treaty  # one, whose rules are read once
        return [_summary(party, reports[pk], folds, self._as_at) for pk, party in of_these.items()]

    def _reports(self, states: list[int]) -> list[Obligation]:
        """Return the open reports under the treaty, its own first, then those of the Convention."""
        treaty, open_now = self._treaty, Obligation.objects.open(as_at=self._as_at)
        owed = open_now.filter(owed_under(treaty, as_at=self._as_at), kind=Kind.REPORT)
        found = owed.filter(state_party__state__in=states).order_by("first_report", "pk")
        rows = list(found.select_related("state_party__state", "state_party__treaty"))
        return sorted(rows, key=lambda row: row.state_party.treaty_id != treaty.pk)

    def __iter__(self) -> Iterator[StateSummary]:
        """Go through all."""
        return iter(self[:])


def states_parties(*, as_at: date, treaty: Treaty, region: str = "", q: str = "") -> StatesParties:
    """Return the States parties of that day, of a region or with a name where that is asked for."""
    parties = StateParty.objects.filter(treaty=treaty).parties(as_at=as_at)
    if region:
        parties = parties.filter(state__regional_group=region)
    if q:
        parties = parties.filter(state__search_text__contains=searchable(q))
    return StatesParties(parties, as_at=as_at, treaty=treaty)


def _summary(
    party: StateParty, reports: list[Obligation], folds: Folding, as_at: date
) -> StateSummary:
    earliest = reports[0] if reports else None
    return StateSummary(
        party=party,
        earliest=earliest,
        standing=earliest.standing(as_at=as_at) if earliest else None,
        overdue_reports=overdue_reports(reports, as_at=as_at),
        also_under=folds.also_under(earliest) if earliest else (),
    )


def overdue_reports(obligations: Iterable[Obligation], *, as_at: date) -> int:
    """Count the reports of the cycle that are overdue on that day."""
    return sum(
        obligation.kind == Kind.REPORT and obligation.standing(as_at=as_at).status is Status.OVERDUE
        for obligation in obligations
    )


def state_page(*, iso3: str, treaty: Treaty, as_at: date) -> StatePage:
    """Return what was on record about the State on that day.

    Raise StateParty.DoesNotExist where it is no party on record. Before its deposit the page is empty.
    """
    party = with_facts(StateParty.objects.filter(treaty=treaty)).get(state__iso3=iso3)
    if party.party_since > as_at:
        return StatePage(party=party, is_party=False, facts=[])
    arisen = party.obligations.arisen(as_at=as_at).select_related("submission")
    rows = list(arisen.order_by("arises_on", "pk"))
    open_rows = [row for row in rows if row.as_value().is_open(as_at=as_at)]
    return StatePage(
        party=party,
        is_party=True,
        facts=facts_by(party, as_at=as_at),
        past=[row for row in rows if row not in open_rows],
        open=sorted(open_rows, key=due_order),
        projected=projected(party, as_at=as_at),
        overdue_reports=overdue_reports(open_rows, as_at=as_at),
        flagged=flagged_of(party=party, as_at=as_at),
    )


def facts_by(party: StateParty, *, as_at: date) -> list[FactLine]:
    """Return the facts that counted by that day, in the order in which they counted."""
    recorded: list[FactRow] = [*party.submissions.all(), *party.reviews.all()]
    recorded += party.decisions.all()
    rows = {row.ref: row for row in recorded}
    placed, _errors = place(facts_of(party))
    return [
        FactLine(row=rows[item.fact.ref], counts_from=item.day)
        for item in placed
        if item.day <= as_at and item.fact.ref in rows
    ]


def projected(party: StateParty, *, as_at: date) -> list[Obligation]:
    """Return what would follow within ten years of that day if nothing else happened."""
    until = projected_until(as_at)
    known = known_by(facts_of(party), as_at=as_at)
    derived = timetable(party.treaty.regime(), known, as_at=until)
    return [
        Obligation(state_party=party, key=value.key, **Obligation.columns(value))
        for value in derived
        if value.arises_on > as_at and value.due and value.due.first_day <= until
    ]
