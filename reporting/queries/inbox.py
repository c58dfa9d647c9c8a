"""What waits for the secretariat, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from reporting.models import (
    Basis,
    CommitteeDecision,
    Kind,
    Obligation,
    Review,
    Session,
    Submission,
    SubmissionKind,
    SubmissionStatus,
    Treaty,
)
from reporting.queries.memory import remembered
from reporting.queries.session import HangingItem, sessions
from reporting.rules.preparation import too_late_to_translate
from reporting.rules.status import Standing, Status


@dataclass(frozen=True, slots=True)
class DateToConfirm:
    """A report of the cycle whose date is an estimate or has yet to be set.

    ``review`` is the one after which it is due: in its concluding observations the date should
    stand. ``decision`` is the one that left the date open.
    """

    obligation: Obligation
    standing: Standing
    review: Review | None = None
    decision: CommitteeDecision | None = None

    @property
    def symbol(self) -> str:
        """The document in which the date should stand; empty where its symbol is not on record."""
        document = self.review or self.decision
        return document.symbol if document else ""


@dataclass(frozen=True, slots=True)
class Awaited:
    """Replies to a list of issues that have not come."""

    obligation: Obligation
    standing: Standing


@dataclass(frozen=True, slots=True)
class LateForSession:
    """A report that came too late before its session to be sure of its translation."""

    submission: Submission
    session: Session
    days_before: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits for the secretariat on a day."""

    filed: list[Submission]
    to_confirm: list[DateToConfirm]
    replies: list[Awaited]
    late: list[LateForSession]
    flagged: list[HangingItem]

    @property
    def count(self) -> int:
        """How many things can be done: replies that are not yet due are not among them."""
        overdue = sum(each.standing.status is Status.OVERDUE for each in self.replies)
        return len(self.filed) + len(self.to_confirm) + overdue + len(self.late) + len(self.flagged)


def inbox(*, treaty: Treaty, as_at: date) -> Inbox:
    """Return what waits on that day."""
    summaries = sessions(treaty=treaty)
    return Inbox(
        filed=_filed(treaty),
        to_confirm=to_confirm(as_at=as_at, treaty=treaty),
        replies=_replies(treaty, as_at),
        late=_late(treaty, [summary.session for summary in summaries], as_at),
        flagged=[item for summary in summaries for item in summary.flagged],
    )


def inbox_count(*, treaty: str, as_at: date) -> int:
    """Return how many things wait, remembered until a fact or a session changes."""

    def compute() -> int:
        found = Treaty.objects.filter(code=treaty).first()
        return inbox(treaty=found, as_at=as_at).count if found else 0

    return remembered(compute, "inbox", treaty, as_at)


def has_dates_to_confirm(*, as_at: date) -> bool:
    """Whether a date of any report is an estimate, or yet to be set, on that day."""
    return _unsure(as_at).exists()


def _unsure(as_at: date) -> QuerySet[Obligation]:
    return Obligation.objects.open(as_at=as_at).filter(
        basis__in=(Basis.ESTIMATE, Basis.NONE), kind=Kind.REPORT
    )


def _filed(treaty: Treaty) -> list[Submission]:
    filed = Submission.objects.filter(status=SubmissionStatus.FILED, state_party__treaty=treaty)
    return list(
        filed.select_related("state_party__state", "filed_by").order_by("sent_on", "filed_at", "pk")
    )


def to_confirm(*, as_at: date, treaty: Treaty | None = None) -> list[DateToConfirm]:
    """Return the earliest report of each State party that has no firm date; estimates come first.

    Of one treaty, or of all.
    """
    rows = _unsure(as_at)
    return _with_documents(rows.filter(state_party__treaty=treaty) if treaty else rows, as_at)


def date_to_confirm(*, iso3: str, as_at: date, treaty: Treaty) -> DateToConfirm | None:
    """Return the earliest report of the State that has no firm date; nothing where all have one."""
    rows = _unsure(as_at).filter(state_party__treaty=treaty, state_party__state__iso3=iso3)
    return next(iter(_with_documents(rows, as_at)), None)


def _with_documents(rows: QuerySet[Obligation], as_at: date) -> list[DateToConfirm]:
    earliest: dict[int, Obligation] = {}
    related = rows.select_related("state_party__state", "state_party__treaty")
    for row in related.order_by("first_report", "pk"):
        earliest.setdefault(row.state_party_id, row)
    ordered = sorted(earliest.values(), key=_by_due)
    reviews = Review.objects.in_bulk(_origins(ordered, Review))
    decisions = CommitteeDecision.objects.select_related("review").in_bulk(
        _origins(ordered, CommitteeDecision)
    )
    found = []
    for row in ordered:
        kind, number = row.origin or ("", 0)
        decision = decisions.get(number) if kind == _name(CommitteeDecision) else None
        review = reviews.get(number) if kind == _name(Review) else None
        review = decision.review if decision else review
        found.append(DateToConfirm(row, row.standing(as_at=as_at), review, decision))
    return found


def _name(model: type[Review | CommitteeDecision]) -> str:
    return model._meta.model_name or ""  # noqa: SLF001 - Django's documented name


def _origins(rows: Iterable[Obligation], model: type[Review | CommitteeDecision]) -> list[int]:
    """Return the numbers of the facts of that kind on which the dates rest."""
    origins = (row.origin for row in rows)
    return [origin[1] for origin in origins if origin and origin[0] == _name(model)]


def _by_due(row: Obligation) -> tuple[date, str]:
    return row.due_by or date.max, row.state_party.state.name


def _replies(treaty: Treaty, as_at: date) -> list[Awaited]:
    """Return the lists of issues without replies: the longest overdue first, undated ones last."""
    rows = Obligation.objects.open(as_at=as_at).filter(
        state_party__treaty=treaty, kind=Kind.REPLIES
    )
    ordered = rows.select_related("state_party__state").order_by(
        F("due_by").asc(nulls_last=True), "state_party__state__name", "pk"
    )
    return [Awaited(row, row.standing(as_at=as_at)) for row in ordered]


def _late(treaty: Treaty, sessions: Iterable[Session], as_at: date) -> list[LateForSession]:
    """Return the reports that came less than ten weeks before a session that is still ahead."""
    ahead = {
        each.number: each
        for each in sessions
        if each.status == Session.Status.PLANNED and each.ends_on >= as_at
    }
    scheduled = Submission.objects.exclude(status=SubmissionStatus.RETURNED).filter(
        state_party__treaty=treaty, kind=SubmissionKind.REPORT, session__in=ahead
    )
    late = []
    for report in scheduled.select_related("state_party__state"):
        received, session = report.counts_as_received_on, ahead[report.session or 0]
        if received and too_late_to_translate(received, starts_on=session.starts_on):
            days = (session.starts_on - received.last_day).days
            late.append(LateForSession(report, session, days))
    return sorted(late, key=lambda each: each.days_before)
