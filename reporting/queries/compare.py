"""What happened between two days: what came, fell due, was set or moved, and was reviewed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from reporting.models import (
    Basis,
    Closure,
    CommitteeDecision,
    Kind,
    Obligation,
    Review,
    StateParty,
    Submission,
    SubmissionStatus,
    Treaty,
)
from reporting.queries.facts import facts_of, with_facts
from reporting.rules.partial_date import PartialDate
from reporting.rules.placing import place
from reporting.rules.status import Standing

FactRow = Submission | Review | CommitteeDecision
# How a date can end before it has come, so that nothing fell due on it.
_ENDED_BEFORE = (
    Closure.SUPERSEDED,
    Closure.WITHDRAWN,
    Closure.LAPSED,
    Closure.CONSIDERED_IN_ABSENCE,
)


class What(StrEnum):
    """What happened."""

    RECEIVED = "received"
    FELL_DUE = "fell-due"
    DECIDED = "decided"
    REVIEWED = "reviewed"


class Event(NamedTuple):
    """Something that happened: a fact, or a report (``duty``) that fell due.

    ``day`` is the day from which it counts, ``known`` the day on record; ``before`` is the due date
    that a decision replaced.
    """

    what: What
    party: StateParty
    day: date
    known: PartialDate | None
    fact: FactRow | None = None
    duty: Obligation | None = None
    standing: Standing | None = None
    before: PartialDate | None = None
    is_withdrawal: bool = False

    @property
    def iso3(self) -> str:
        """The State."""
        return self.party.state.iso3


class Counts(NamedTuple):
    """How many things of each sort happened to a State, or to all."""

    party: StateParty | None
    received: int
    fell_due: int
    decided: int
    reviewed: int

    @property
    def iso3(self) -> str:
        """The State; empty for all of them."""
        return self.party.state.iso3 if self.party else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What happened after the first day, up to the last; by State and day."""

    first: date
    last: date
    events: list[Event]

    @property
    def by_state(self) -> list[Counts]:
        """The counts of each State to which something happened."""
        groups: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            groups[event.iso3].append(event)
        return [_counts(group[0].party, group) for group in groups.values()]

    @property
    def total(self) -> Counts:
        """The counts of all States together."""
        return _counts(None, self.events)


def compared(*, first: date, last: date, treaty: Treaty) -> Comparison:
    """Return what happened after the first day and by the last, in six queries.

    A fact counts on the day from which the State's page counts it. What fell due are firm dates of
    reports that nothing had replaced when they came; an estimate never falls due.
    """
    parties = {party.pk: party for party in with_facts(StateParty.objects.filter(treaty=treaty))}
    replaced = _replaced(first, last, treaty)
    events = [*_fell_due(first, last, treaty, parties)]
    for party in parties.values():
        found = _facts(party, replaced.get(party.pk, []))
        events += [event for event in found if first < event.day <= last]
    events.sort(key=lambda each: (each.party.state.name, each.day, each.what))
    return Comparison(first, last, events)


def _counts(party: StateParty | None, events: list[Event]) -> Counts:
    kinds = [event.what for event in events]
    return Counts(party, *(kinds.count(what) for what in What))


def _fell_due(
    first: date, last: date, treaty: Treaty, parties: dict[int, StateParty]
) -> Iterator[Event]:
    rows = Obligation.objects.filter(
        state_party__treaty=treaty, kind=Kind.REPORT, due_by__gt=first, due_by__lte=last
    ).exclude(basis=Basis.ESTIMATE)
    for row in rows.order_by("pk"):
        due_by = row.due_by
        if due_by is None or row.arises_on > due_by:
            continue
        if row.closed_on and row.closed_on <= due_by and row.closed_as in _ENDED_BEFORE:
            continue
        standing = row.standing(as_at=last)
        yield Event(
            What.FELL_DUE, parties[row.state_party_id], due_by, row.due, duty=row, standing=standing
        )


def _replaced(first: date, last: date, treaty: Treaty) -> dict[int, list[Obligation]]:
    """Return the due dates of reports that ended in that time because others took their place."""
    found: dict[int, list[Obligation]] = defaultdict(list)
    rows = Obligation.objects.filter(
        state_party__treaty=treaty,
        kind=Kind.REPORT,
        closed_as=Closure.SUPERSEDED,
        closed_on__gt=first,
        closed_on__lte=last,
    )
    for row in rows.order_by("first_report", "pk"):
        found[row.state_party_id].append(row)
    return found


def _facts(party: StateParty, replaced: list[Obligation]) -> Iterator[Event]:
    recorded: list[FactRow] = [
        *(row for row in party.submissions.all() if row.status == SubmissionStatus.RECEIVED),
        *party.reviews.all(),
        *party.decisions.all(),
    ]
    rows = {row.ref: row for row in recorded}
    placed, _errors = place(facts_of(party))
    for item in placed:
        row = rows.get(item.fact.ref)
        if row is None:
            continue
        if isinstance(row, CommitteeDecision):
            before = _before(row, item.day, replaced)
            yield Event(What.DECIDED, party, item.day, row.decided_on, fact=row, before=before)
            gone: PartialDate | None = row.withdrawn_on
            if gone:
                yield Event(What.DECIDED, party, gone.last_day, gone, fact=row, is_withdrawal=True)
        else:
            what = What.REVIEWED if isinstance(row, Review) else What.RECEIVED
            known = row.as_fact().happened_on
            yield Event(what, party, item.day, known, fact=row)


def _before(row: CommitteeDecision, day: date, replaced: list[Obligation]) -> PartialDate | None:
    """Return the due date that the decision replaced, of the first report that it is about."""
    for each in replaced:
        about = row.first_report is None or (
            (each.first_report or 0) <= (row.last_report or row.first_report)
            and row.first_report <= (each.last_report or 0)
        )
        if row.due_on and each.closed_on == day and about and each.due != row.due_on:
            return each.due
    return None
