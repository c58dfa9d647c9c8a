"""All treaties that bind a State on a day: what it owes under each, and what falls due together."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from reporting.models import Kind, Obligation, State, StateParty, Treaty
from reporting.queries.compliance import number_unconfirmed
from reporting.queries.folding import Folding, folding, initial_reports
from reporting.queries.state import compliance
from reporting.queries.state_fact import Cycle, UniversalStep, cycles
from reporting.rules.clashes import clashes
from reporting.rules.partial_date import PartialDate
from reporting.rules.status import Standing, Status
from reporting.rules.universal_review import Step

_REPORTS = (Kind.REPORT, Kind.ADDITIONAL_REPORT)
# What has a day in the calendar of a ministry.
Dated = Obligation | UniversalStep


@dataclass(frozen=True, slots=True)
class UnderTreaty:
    """What a State owes under one treaty: its earliest outstanding report, and how many are overdue.

    ``folded_into`` is the treaty in whose reports its own are, ``reported_in`` those that are open.
    """

    party: StateParty
    is_in_force: bool
    earliest: Obligation | None
    standing: Standing | None
    overdue_reports: int
    folded_into: str = ""
    reported_in: list[Obligation] = field(default_factory=list)

    @property
    def next_due(self) -> PartialDate | None:
        """The date of its earliest report: of its own, else of one that is also that under it."""
        first = self.earliest or next(iter(self.reported_in), None)
        return first.due if first else None


@dataclass(frozen=True, slots=True)
class Due:
    """What has a day ahead, which reports within six months of it, and which protocols it is on."""

    what: Dated
    together_with: list[Dated] = field(default_factory=list)
    also_on: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AllTreaties:
    """One State under all its treaties on a day, and in the Universal Periodic Review.

    ``unconfirmed`` counts the reports that were filed and count as received, though nobody has
    confirmed that yet. Treaties that the State has ``left`` and under which it owes a report from
    before stand apart, and count in nothing.
    """

    state: State
    treaties: list[UnderTreaty]
    ahead: list[Due]
    cycles: list[Cycle] = field(default_factory=list)
    folding: Folding = field(default_factory=Folding)
    unconfirmed: int = 0
    left: list[UnderTreaty] = field(default_factory=list)

    def reported_in(self, treaty: Treaty) -> list[Obligation]:
        """Return the open reports under another treaty that are also those under this one."""
        return [
            row for each in self.treaties if each.party.treaty == treaty for row in each.reported_in
        ]

    @property
    def instruments(self) -> int:
        """How many reporting treaties are in force for the State."""
        return sum(each.is_in_force for each in self.treaties)

    @property
    def overdue(self) -> int:
        """Under how many treaties a report is overdue: the published lists count once a treaty."""
        return sum(bool(each.overdue_reports) for each in self.treaties)

    @property
    def universal_reports(self) -> list[Due]:
        """The national reports for the Universal Periodic Review that lie ahead."""
        steps = [each for each in self.ahead if isinstance(each.what, UniversalStep)]
        return [each for each in steps if _is_report(each.what)]

    @property
    def compliance(self) -> int | None:
        """Per cent: (1 - overdue reports / reporting instruments in force) x 100."""
        if not self.instruments:
            return None
        return compliance(overdue=self.overdue, instruments=self.instruments)

    @property
    def data_as_at(self) -> date | None:
        """The oldest day for which the list of a treaty's States parties is true, if there is one.

        Of the treaties under which what the State has sent is not on record.
        """
        unknown = [each.party for each in self.treaties if not each.party.reports_on_record]
        days = [party.treaty.data_as_at for party in unknown]
        return min((day for day in days if day), default=None)


def several_treaties() -> bool:
    """Whether States parties to more than one treaty are on record."""
    return StateParty.objects.order_by().values("treaty").distinct()[:2].count() > 1


def treaties_with_parties() -> list[Treaty]:
    """Return the treaties to which a State on record is a party, the usual one first."""
    bound = StateParty.objects.filter(treaty=OuterRef("pk"))
    return list(Treaty.objects.filter(Exists(bound)).order_by("pk"))


def treaties_of(*, iso3: str, as_at: date) -> list[Treaty]:
    """Return the treaties that bind the State on that day, the usual one first."""
    parties = StateParty.objects.parties(as_at=as_at).filter(state__iso3=iso3)
    return [party.treaty for party in parties.select_related("treaty").order_by("treaty")]


def all_treaties(*, as_at: date, states: QuerySet[State]) -> list[AllTreaties]:
    """Return these States under all their treaties by name; in three queries."""
    deposited = StateParty.objects.filter(party_since__lte=as_at)
    bound = deposited.select_related("state", "treaty")
    counted = bound.annotate(filed=number_unconfirmed(as_at=as_at))
    parties: Any = counted.filter(state__in=states).order_by("state", "treaty")
    rows = Obligation.objects.open(as_at=as_at) | initial_reports(as_at=as_at)
    owed: dict[int, list[Obligation]] = defaultdict(list)
    for row in rows.filter(state_party__state__in=states).order_by("first_report", "pk"):
        owed[row.state_party_id].append(row)
    of_state: dict[State, list[StateParty]] = defaultdict(list)
    left: dict[State, list[UnderTreaty]] = defaultdict(list)
    filed: Counter[State] = Counter()
    for party in parties:
        for row in owed[party.pk]:
            row.state_party = party
        if party.has_left(as_at=as_at):
            left[party.state] += _still_owed(party, owed[party.pk], as_at)
            continue
        of_state[party.state].append(party)
        filed[party.state] += party.filed
    universal = cycles(as_at=as_at, states=states)
    return [
        replace(
            _of(found, owed, universal.get(state.pk, []), as_at),
            unconfirmed=filed[state],
            left=left[state],
        )
        for state, found in of_state.items()
    ]


def _still_owed(party: StateParty, rows: list[Obligation], as_at: date) -> Iterator[UnderTreaty]:
    """Yield what is owed under a treaty that the State has left, if a report is."""
    still_open = [row for row in rows if row.is_open(as_at=as_at)]
    found = _under(party, still_open, defaultdict(list), as_at)
    if found.earliest:
        yield found


def _of(
    parties: list[StateParty],
    owed: dict[int, list[Obligation]],
    universal: list[Cycle],
    as_at: date,
) -> AllTreaties:
    every = [row for party in parties for row in owed[party.pk]]
    folds = folding(every, as_at=as_at)
    rows = [row for row in every if row.is_open(as_at=as_at)]
    also: dict[str, list[Obligation]] = defaultdict(list)
    for row in rows:
        for code in folds.also_under(row):
            also[code].append(row)
    treaties = [
        _under(party, [row for row in rows if row.state_party == party], also, as_at)
        for party in parties
    ]
    steps = [step for cycle in universal for step in cycle.steps.values()]
    ahead = _ahead([*rows, *steps], folds, as_at)
    return AllTreaties(parties[0].state, treaties, ahead, universal, folds)


def _under(
    party: StateParty, rows: list[Obligation], also: dict[str, list[Obligation]], as_at: date
) -> UnderTreaty:
    reports = [row for row in rows if row.kind == Kind.REPORT]
    earliest = reports[0] if reports else None
    return UnderTreaty(
        party=party,
        is_in_force=party.entry_into_force.last_day <= as_at,
        earliest=earliest,
        standing=earliest.standing(as_at=as_at) if earliest else None,
        overdue_reports=sum(row.standing(as_at=as_at).status is Status.OVERDUE for row in reports),
        folded_into=party.treaty.folded_into if party.folds(as_at=as_at) else "",
        reported_in=also[party.treaty.code],
    )


def _ahead(rows: list[Dated], folds: Folding, as_at: date) -> list[Due]:
    """Return what lies ahead from that day on, in order of the first days that it can be."""
    dated = [(row.due_on, row) for row in rows if row.due_on and row.due_on.last_day >= as_at]
    dated.sort(key=lambda each: _first_day(*each))
    reports = [(day, row) for day, row in dated if _is_report(row)]
    close = clashes([day for day, _row in reports])
    together = {
        row: [reports[place][1] for place in places]
        for (_day, row), places in zip(reports, close, strict=True)
    }
    return [Due(row, together.get(row, []), _also_on(row, folds)) for _day, row in dated]


def _also_on(row: Dated, folds: Folding) -> list[str]:
    return folds.also_under(row) if isinstance(row, Obligation) else []


def _first_day(day: PartialDate, row: Dated) -> date:
    return row.first_day if isinstance(row, UniversalStep) else day.first_day


def _is_report(row: Dated) -> bool:
    """Whether somebody has to write a report by that day."""
    return row.step is Step.REPORT if isinstance(row, UniversalStep) else row.kind in _REPORTS
