"""What a State party owes on a day, as a ministry can answer it: reports by ordinal, and requests."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from reporting.models import CommitteeDecision, DecisionKind, Kind, Obligation, StateParty
from reporting.rules.facts import SubmissionKind
from reporting.rules.wording import ANSWER_A_PRIOR_LIST

# A report answers a list of issues prior to reporting; it is not answered beside the report.
ANSWERED_BY = {
    DecisionKind.ADDITIONAL_REPORT: SubmissionKind.ADDITIONAL_REPORT,
    DecisionKind.FOLLOW_UP: SubmissionKind.FOLLOW_UP,
    DecisionKind.LIST_OF_ISSUES: SubmissionKind.REPLIES,
}
_DECISION = re.compile(r"/committeedecision-(\d+)(?:/|$)")


@dataclass(frozen=True, slots=True)
class Request:
    """A request of the Committee that is open, and what became due by it."""

    decision: CommitteeDecision
    obligation: Obligation

    @property
    def answered_by(self) -> SubmissionKind | None:
        """What answers it by itself; nothing does where the report is the answer."""
        return ANSWERED_BY.get(DecisionKind(self.decision.kind))


@dataclass(frozen=True, slots=True)
class Owed:
    """What is open on a day: each report by its ordinal, in order, and each request."""

    reports: dict[int, Obligation] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

    @property
    def answerable(self) -> list[Request]:
        """The requests that something else than a report answers."""
        return [request for request in self.requests if request.answered_by]

    @property
    def prior_list(self) -> Request | None:
        """The list of issues prior to reporting that waits for the report, if there is one."""
        return next((each for each in self.requests if each.answered_by is None), None)


def owed(*, party: StateParty, as_at: date) -> Owed:
    """Return what the State party owes on that day, in two queries."""
    rows = list(party.obligations.open(as_at=as_at).order_by("arises_on", "pk"))
    for row in rows:
        row.state_party = party  # with the State that was fetched along
    reports = {
        ordinal: row
        for row in rows
        if row.kind == Kind.REPORT and row.first_report and row.last_report
        for ordinal in range(row.first_report, row.last_report + 1)
    }
    asked = {row: _decision(row) for row in rows if row.kind != Kind.REPORT}
    decisions = party.decisions.in_bulk([pk for pk in asked.values() if pk])
    asked_for = sorted(asked.items(), key=lambda each: due_order(each[0]))
    requests = [Request(decisions[pk], row) for row, pk in asked_for if pk in decisions]
    return Owed(dict(sorted(reports.items())), requests)


def due_order(row: Obligation) -> tuple[date, date, int]:
    """Return by what obligations are put in order of their dates; those without one come last."""
    return row.due_by or date.max, row.arises_on, row.pk


def prior_lists(*, parties: Iterable[int], as_at: date) -> dict[int, Obligation]:
    """Return the list of issues prior to reporting that waits for a report, by State party."""
    rows = Obligation.objects.open(as_at=as_at).filter(
        state_party__in=parties, reason__in=ANSWER_A_PRIOR_LIST
    )
    return {row.state_party_id: row for row in rows.order_by("-arises_on", "-pk")}


def _decision(row: Obligation) -> int | None:
    """Return the decision from which a request came; the engine names it in the key."""
    found = _DECISION.search(row.key)
    return int(found[1]) if found else None
