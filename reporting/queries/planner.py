"""The plan of the sessions: what waits for one, and what is meant for which."""

from array import array
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta
from django.db.models import F, Q
from django.utils.translation import gettext

from reporting.models import Assignment, Closure, Kind, Obligation, Session, StateParty, Treaty
from reporting.models.obligation import ObligationQuerySet
from reporting.models.order import place_field
from reporting.models.submission import Submission
from reporting.queries.numbers import KeptList
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
    reports: "Reports"
    absences: "Absences"


class _Known(NamedTuple):
    """What is said of a day under a treaty: the sessions ahead by their numbers, and what is assigned."""

    treaty: Treaty
    as_at: date
    ahead: dict[int, Session]
    assigned: list[Assignment]


def planner(*, treaty: Treaty, as_at: date, years: int) -> Planner:
    """Return the plan of a day in four queries; ``years`` is for how long a State must be overdue.

    A State that is planned for a session is among them however long it is overdue. The lists are read
    when a part of them is asked for.
    """
    sessions = list(
        Session.objects.filter(treaty=treaty)
        .exclude(status=Session.Status.CANCELLED)
        .order_by("starts_on", "number")
    )
    ahead = {each.number: each for each in sessions if is_ahead(each, as_at=as_at)}
    known = _Known(treaty, as_at, ahead, _assigned(treaty))
    reports, absences = _planned(known)
    left = _left(known.assigned, {each.ref for each in [*reports, *absences]}, as_at)
    sittings = [
        Sitting(
            session,
            [each for each in [*reports, *absences] if each.session == session],
            [each for each in left if each.assignment.session_id == session.pk],
        )
        for session in sessions
    ]
    shown = [each for each in sittings if each.session.number in ahead or each.left]
    limit = as_at - relativedelta(years=years)
    for_sessions = {each.party.pk for each in absences if each.session}
    return Planner(shown, Reports(known), Absences(known, limit, for_sessions))


def _planned(known: _Known) -> tuple[list[Item], list[Item]]:
    """Return what waits and is assigned to a session, or recorded as for one that is ahead."""
    submissions = {each.submission_id for each in known.assigned if each.submission_id}
    named = Q(submission__in=submissions) | Q(submission__session__in=known.ahead)
    parties = {each.state_party_id for each in known.assigned if each.submission_id is None}
    return _reports(known, named), _overdue(known, Q(state_party__in=parties))


class Reports(KeptList[Item]):
    """The reports that wait, in order of receipt."""

    def __init__(self, known: _Known) -> None:
        """Read nothing yet."""
        self._known = known
        super().__init__(known.treaty.pk, known.as_at)

    def _find(self) -> "array[int]":
        rows = _backlog(self._known).values_list("submission", flat=True)
        return array("q", dict.fromkeys(filter(None, rows)))

    def _read(self, numbers: "array[int]") -> list[Item]:
        return _reports(self._known, Q(submission__in=numbers))


class Absences(KeptList[Item]):
    """The States with an overdue report, each by its earliest, the longest overdue first.

    Those of them that were overdue by the limit, or are planned.
    """

    def __init__(self, known: _Known, limit: date, planned: set[int]) -> None:
        """Read nothing yet."""
        self._known = known
        plan = limit, sorted(planned)
        super().__init__(known.treaty.pk, known.as_at, *plan)
        self._limit, self._planned = limit, planned

    def _find(self) -> "array[int]":
        order = F("first_report").asc(), "pk"
        name = f"state_party__state__{place_field()}", "state_party__state__name"
        rows = _late(self._known).order_by(*order).values_list("state_party_id", "due_by", *name)
        found: dict[int, tuple[Any, ...]] = {}
        for party, *since in rows:
            found.setdefault(party, (since[0] or self._known.as_at, *since[1:]))
        shown = [
            party
            for party, since in found.items()
            if since[0] <= self._limit or party in self._planned
        ]
        return array("q", sorted(shown, key=found.__getitem__))

    def _read(self, numbers: "array[int]") -> list[Item]:
        return _overdue(self._known, Q(state_party__in=numbers))


def is_ahead(session: Session, *, as_at: date) -> bool:
    """Whether something can still be planned for the session on that day."""
    return session.status == Session.Status.PLANNED and session.ends_on >= as_at


def _assigned(treaty: Treaty) -> list[Assignment]:
    found = Assignment.objects.filter(state_party__treaty=treaty)
    return list(found.select_related("session", "state_party__state", "submission").order_by("pk"))


def _backlog(known: _Known) -> ObligationQuerySet:
    backlog = Obligation.objects.filter(state_party__treaty=known.treaty)
    return backlog.backlog(as_at=known.as_at).order_by("closed_on", "submission", "first_report")


def _reports(known: _Known, which: Q) -> list[Item]:
    plans = {each.submission_id: each for each in known.assigned if each.submission_id}
    rows = _backlog(known).filter(which).select_related("state_party__state", "submission")
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
                since=row.closed_on or known.as_at,
                as_at=known.as_at,
                submission=row.submission,
                assignment=plan,
                session=known.ahead.get(plan.session.number if plan else number or 0),
            )
        )
    return found


def _late(known: _Known) -> ObligationQuerySet:
    owed = Obligation.objects.filter(state_party__treaty=known.treaty, kind=Kind.REPORT)
    return owed.overdue(as_at=known.as_at)


def _overdue(known: _Known, which: Q) -> list[Item]:
    """Return the States with an overdue report, each by its earliest, the longest overdue first."""
    plans: dict[int, Assignment] = {}
    for each in known.assigned:
        if each.submission_id is None:
            planned = plans.get(each.state_party_id)
            if planned is None or not is_ahead(planned.session, as_at=known.as_at):
                plans[each.state_party_id] = each
    rows = _late(known).filter(which).select_related("state_party__state")
    found: dict[int, Item] = {}
    for row in rows.order_by("first_report", "pk"):
        plan = plans.get(row.state_party_id)
        item = Item(
            party=row.state_party,
            first=row.first_report or 1,
            last=row.last_report or 1,
            since=row.due_by or known.as_at,
            as_at=known.as_at,
            assignment=plan,
            session=known.ahead.get(plan.session.number) if plan else None,
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
