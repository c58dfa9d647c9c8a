"""What waits for the secretariat, in a fixed number of queries."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.functional import cached_property

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
    to_confirm: "DatesToConfirm"
    replies: list[Awaited]
    late: list[LateForSession]
    flagged: list[HangingItem]

    @property
    def count(self) -> int:
        """How many things can be done: replies that are not yet due are not among them."""
        overdue = sum(each.standing.status is Status.OVERDUE for each in self.replies)
        return len(self.filed) + len(self.to_confirm) + overdue + len(self.late) + len(self.flagged)


def inbox(*, treaties: Collection[Treaty], as_at: date) -> Inbox:
    """Return what waits on that day under these treaties."""
    summaries = sessions(treaties=treaties)
    return Inbox(
        filed=_filed(treaties),
        to_confirm=to_confirm(as_at=as_at, treaties=treaties),
        replies=_replies(treaties, as_at),
        late=_late([summary.session for summary in summaries], as_at),
        flagged=[item for summary in summaries for item in summary.flagged],
    )


def inbox_count(*, as_at: date, treaties: Collection[int] = ()) -> int:
    """Return how many things wait, remembered until a fact or a session changes.

    Under the treaties of these numbers; without any, under all.
    """

    def compute() -> int:
        rows = Treaty.objects.filter(pk__in=treaties) if treaties else Treaty.objects.all()
        return inbox(treaties=list(rows), as_at=as_at).count

    return remembered(compute, "inbox", sorted(treaties), as_at)


def treaties_with_dates_to_confirm(*, as_at: date) -> set[int]:
    """Return the numbers of the treaties under which a date is an estimate, or yet to be set."""
    return set(_unsure(as_at).order_by().values_list("state_party__treaty", flat=True).distinct())


def _unsure(as_at: date) -> QuerySet[Obligation]:
    return Obligation.objects.open(as_at=as_at).filter(
        basis__in=(Basis.ESTIMATE, Basis.NONE), kind=Kind.REPORT
    )


def _filed(treaties: Collection[Treaty]) -> list[Submission]:
    filed = Submission.objects.filter(
        status=SubmissionStatus.FILED, state_party__treaty__in=treaties
    )
    related = filed.select_related("state_party__state", "state_party__treaty", "filed_by")
    return list(related.order_by("sent_on", "filed_at", "pk"))


class DatesToConfirm(Sequence[DateToConfirm]):
    """The earliest report of each State party that has no firm date; estimates come first.

    It is counted in one query, and a part of it fetched in three, whatever there is before and after.
    """

    def __init__(self, rows: QuerySet[Obligation], *, as_at: date) -> None:
        """Choose among those rows, which have no firm date on that day."""
        self._as_at = as_at
        of_the_same = rows.filter(state_party=OuterRef("state_party"))
        earliest = of_the_same.order_by("first_report", "pk").values("pk")[:1]
        self._rows = (
            rows.filter(pk=Subquery(earliest))
            .select_related("state_party__state", "state_party__treaty")
            .order_by(F("due_by").asc(nulls_last=True), "state_party__state", "pk")
        )

    @cached_property
    def _count(self) -> int:
        return self._rows.count()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> DateToConfirm: ...
    @overload
    def __getitem__(self, place: slice) -> list[DateToConfirm]: ...
    def __getitem__(self, place: int | slice) -> DateToConfirm | list[DateToConfirm]:
        """Return one, or those of a slice."""
        if isinstance(place, slice):
            return _with_documents(self._rows[place], self._as_at)
        return self[place : place + 1][0]

    def __iter__(self) -> Iterator[DateToConfirm]:
        """Yield all."""
        yield from self[:]


def to_confirm(*, as_at: date, treaties: Collection[Treaty] | None = None) -> DatesToConfirm:
    """Return the reports without a firm date, of these treaties or of all."""
    rows = _unsure(as_at)
    if treaties is not None:
        rows = rows.filter(state_party__treaty__in=treaties)
    return DatesToConfirm(rows, as_at=as_at)


def date_to_confirm(*, iso3: str, as_at: date, treaty: Treaty) -> DateToConfirm | None:
    """Return the earliest report of the State that has no firm date; nothing where all have one."""
    rows = _unsure(as_at).filter(state_party__treaty=treaty, state_party__state__iso3=iso3)
    return next(iter(DatesToConfirm(rows, as_at=as_at)), None)


def _with_documents(rows: QuerySet[Obligation], as_at: date) -> list[DateToConfirm]:
    reviews = _of_parties(Review.objects.all(), rows)
    decisions = _of_parties(CommitteeDecision.objects.select_related("review"), rows)
    found = []
    for row in rows:
        kind, number = row.origin or ("", 0)
        decision = decisions.get(number) if kind == _name(CommitteeDecision) else None
        review = reviews.get(number) if kind == _name(Review) else None
        review = decision.review if decision else review
        found.append(DateToConfirm(row, row.standing(as_at=as_at), review, decision))
    return found


def _name(model: type[Review | CommitteeDecision]) -> str:
    return model._meta.model_name or ""  # noqa: SLF001 - Django's documented name


def _of_parties(facts: QuerySet[Any], rows: QuerySet[Obligation]) -> dict[int, Any]:
    """Return the facts of the State parties that owe those rows by their numbers, in one query."""
    return {fact.pk: fact for fact in facts.filter(state_party__in=rows.values("state_party"))}


def _replies(treaties: Collection[Treaty], as_at: date) -> list[Awaited]:
    """Return the lists of issues without replies: the longest overdue first, undated ones last."""
    rows = Obligation.objects.open(as_at=as_at).filter(
        state_party__treaty__in=treaties, kind=Kind.REPLIES
    )
    ordered = rows.select_related("state_party__state", "state_party__treaty").order_by(
        F("due_by").asc(nulls_last=True), "state_party__state", "pk"
    )
    return [Awaited(row, row.standing(as_at=as_at)) for row in ordered]


def _late(sessions: Iterable[Session], as_at: date) -> list[LateForSession]:
    """Return the reports that came less than ten weeks before a session that is still ahead."""
    ahead = {
        (each.treaty_id, each.number): each
        for each in sessions
        if each.status == Session.Status.PLANNED and each.ends_on >= as_at
    }
    scheduled = Submission.objects.exclude(status=SubmissionStatus.RETURNED).filter(
        state_party__treaty__in={treaty for treaty, _number in ahead},
        kind=SubmissionKind.REPORT,
        session__in={number for _treaty, number in ahead},
    )
    late = []
    for report in scheduled.select_related("state_party__state", "state_party__treaty"):
        received = report.counts_as_received_on
        session = ahead.get((report.state_party.treaty_id, report.session or 0))
        if session and received and too_late_to_translate(received, starts_on=session.starts_on):
            days = (session.starts_on - received.last_day).days
            late.append(LateForSession(report, session, days))
    return sorted(late, key=lambda each: each.days_before)
