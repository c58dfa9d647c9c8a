"""The plan of the sessions: what waits for one, and what is meant for which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext

from reporting.models import Assignment, Closure, Kind, Obligation, Session, StateParty, Treaty
from reporting.models.submission import Submission
from reporting.rules.partial_date import PartialDate
from reporting.rules.preparation import too_late_to_translate
from reporting.rules.wording import report_name


class Outcome(StrEnum):
    """Why something that was planned waits no longer."""

    CONSIDERED = "considered"
    CAME = "came"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Item:
    """A report that waits, or a State whose report does not come, and where it is planned.

    ``since`` is the day of receipt, or the day after which its earliest report is overdue.
    """

    party: StateParty
    first: int
    last: int
    since: date
    as_at: date
    submission: Submission | None = None
    assignment: Assignment | None = None
    session: Session | None = None

    @property
    def ref(self) -> str:
        """Its name in a form."""
        return f"report-{self.submission.pk}" if self.submission else f"absence-{self.party.pk}"

    @property
    def report(self) -> str:
        """Which report it is, in words."""
        return report_name(self.first, self.last, translate=gettext)

    @property
    def received(self) -> PartialDate | None:
        """The day of receipt, with its precision."""
        return self.submission.counts_as_received_on if self.submission else None

    @property
    def is_late(self) -> bool:
        """Whether it came so late before its session that it may not be translated in time."""
        return bool(self.submission) and self._is_late(self.received)

    @property
    def would_be_late(self) -> bool:
        """Whether a report that came now, instead of a review without one, would be that late."""
        return not self.submission and self._is_late(PartialDate.of(self.as_at))

    def _is_late(self, received: PartialDate | None) -> bool:
        session = self.session
        return bool(
            session and received and too_late_to_translate(received, starts_on=session.starts_on)
        )

    @property
    def recorded(self) -> int | None:
        """The session that the record of the report names, where that is another one."""
        named = self.submission.session if self.submission else None
        return None if self.session and self.session.number == named else named

    @property
    def was_for(self) -> Session | None:
        """The session for which it was planned, and at which it cannot be considered any more."""
        planned = self.assignment.session if self.assignment else None
        return None if planned == self.session else planned


@dataclass(frozen=True, slots=True)
class Left:
    """An assignment that waits for nothing any more, and why."""

    assignment: Assignment
    outcome: Outcome
    came_on: date | None = None

    @property
    def is_late(self) -> bool:
        """Whether the report came instead, too late to be sure of its translation for the session."""
        starts_on = self.assignment.session.starts_on
        return self.came_on is not None and too_late_to_translate(
            PartialDate.of(self.came_on), starts_on=starts_on
        )


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session with what is planned for it, and what was and waits no longer."""

    session: Session
    items: list[Item]
    left: list[Left]

    @property
    def over(self) -> int:
        """How many more are planned than it has room for, where that is decided."""
        capacity = self.session.capacity
        done = sum(each.outcome is Outcome.CONSIDERED for each in self.left)
        return max(0, len(self.items) + done - capacity) if capacity else 0


@dataclass(frozen=True, slots=True)
class Planner:
    """The sessions ahead, the reports in order of receipt, the States by how long they are overdue."""

    sittings: list[Sitting]
    reports: list[Item]
    absences: list[Item]


def planner(*, treaty: Treaty, as_at: date, years: int) -> Planner:
    """Return the plan of a day in four queries; ``years`` is for how long a State must be overdue.

    A State that is planned for a session is among them however long it is overdue.
    """
    sessions = list(
        Session.objects.filter(treaty=treaty)
        .exclude(status=Session.Status.CANCELLED)
        .order_by("starts_on", "number")
    )
    ahead = {each.number: each for each in sessions if is_ahead(each, as_at=as_at)}
    assigned = _assigned(treaty)
    reports = _reports(treaty, as_at, ahead, assigned)
    overdue = _overdue(treaty, as_at, ahead, assigned)
    limit = as_at - relativedelta(years=years)
    absences = [each for each in overdue if each.session or each.since <= limit]
    left = _left(assigned, {each.ref for each in [*reports, *overdue]}, as_at)
    sittings = [
        Sitting(
            session,
            [each for each in [*reports, *absences] if each.session == session],
            [each for each in left if each.assignment.session_id == session.pk],
        )
        for session in sessions
    ]
    shown = [each for each in sittings if each.session.number in ahead or each.left]
    return Planner(shown, reports, absences)


def is_ahead(session: Session, *, as_at: date) -> bool:
    """Whether something can still be planned for the session on that day."""
    return session.status == Session.Status.PLANNED and session.ends_on >= as_at


def _assigned(treaty: Treaty) -> list[Assignment]:
    found = Assignment.objects.filter(state_party__treaty=treaty)
    return list(found.select_related("session", "state_party__state", "submission").order_by("pk"))


def _reports(
    treaty: Treaty, as_at: date, ahead: dict[int, Session], assigned: Iterable[Assignment]
) -> list[Item]:
    plans = {each.submission_id: each for each in assigned if each.submission_id}
    backlog = Obligation.objects.filter(state_party__treaty=treaty).backlog(as_at=as_at)
    rows = backlog.select_related("state_party__state", "submission").order_by(
        "closed_on", "submission", "first_report"
    )
    found = []
    for _submission, group in groupby(rows, key=lambda row: row.submission_id):
        parts = list(group)
        row, plan = parts[0], plans.get(parts[0].submission_id or 0)
        number = row.submission.session if row.submission else None
        found.append(
            Item(
                party=row.state_party,
                first=row.first_report or 1,
                last=parts[-1].last_report or 1,
                since=row.closed_on or as_at,
                as_at=as_at,
                submission=row.submission,
                assignment=plan,
                session=ahead.get(plan.session.number if plan else number or 0),
            )
        )
    return found


def _overdue(
    treaty: Treaty, as_at: date, ahead: dict[int, Session], assigned: Iterable[Assignment]
) -> list[Item]:
    """Return the States with an overdue report, each by its earliest, the longest overdue first."""
    plans: dict[int, Assignment] = {}
    for each in assigned:
        if each.submission_id is None:
            known = plans.get(each.state_party_id)
            if known is None or not is_ahead(known.session, as_at=as_at):
                plans[each.state_party_id] = each
    overdue = Obligation.objects.filter(state_party__treaty=treaty).overdue(as_at=as_at)
    rows = overdue.filter(kind=Kind.REPORT).select_related("state_party__state")
    found: dict[int, Item] = {}
    for row in rows.order_by("first_report", "pk"):
        plan = plans.get(row.state_party_id)
        item = Item(
            party=row.state_party,
            first=row.first_report or 1,
            last=row.last_report or 1,
            since=row.due_by or as_at,
            as_at=as_at,
            assignment=plan,
            session=ahead.get(plan.session.number) if plan else None,
        )
        found.setdefault(row.state_party_id, item)
    return sorted(found.values(), key=lambda item: (item.since, item.party.state.place))


class _Closed(NamedTuple):
    """A report of the cycle that was closed by the day."""

    party: int
    submission: int | None
    considered_on: date | None
    closed_as: str
    closed_on: date


def _left(assigned: list[Assignment], waiting: set[str], as_at: date) -> list[Left]:
    gone = [
        each
        for each in assigned
        if Item(each.state_party, 1, 1, as_at, as_at, each.submission).ref not in waiting
    ]
    if not gone:
        return []
    parties = [each.state_party_id for each in gone]
    closed = Obligation.objects.filter(
        state_party__in=parties, kind=Kind.REPORT, closed_on__lte=as_at
    )
    columns = ("state_party", "submission", "considered_on", "closed_as", "closed_on")
    rows = [_Closed._make(each) for each in closed.order_by("pk").values_list(*columns)]
    return [_left_of(each, rows, as_at) for each in gone]


def _left_of(plan: Assignment, rows: list[_Closed], as_at: date) -> Left:
    mine = [each for each in rows if each.party == plan.state_party_id]
    if plan.submission_id:
        considered = [
            each.considered_on <= as_at
            for each in mine
            if each.submission == plan.submission_id and each.considered_on
        ]
        return Left(plan, Outcome.CONSIDERED if any(considered) else Outcome.GONE)
    if any(
        each.closed_as == Closure.CONSIDERED_IN_ABSENCE and each.closed_on >= plan.session.starts_on
        for each in mine
    ):
        return Left(plan, Outcome.CONSIDERED)
    came = [each.closed_on for each in mine if each.closed_as == Closure.MET]
    return Left(plan, Outcome.CAME, max(came)) if came else Left(plan, Outcome.GONE)
