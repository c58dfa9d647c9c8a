"""What waits for the secretariat, in a fixed number of queries."""

from array import array
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, OuterRef, QuerySet, Subquery

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
from reporting.queries.numbers import KeptList
from reporting.queries.session import HangingItem, sessions
from reporting.rules.preparation import too_late_to_translate
from reporting.rules.status import Standing


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
    replies: "Replies"
    late: list[LateForSession]
    flagged: list[HangingItem]

    @property
    def count(self) -> int:
        """How many things can be done: replies that are not yet due are not among them."""
        lists = (self.filed, self.to_confirm, self.late, self.flagged)
        return sum(map(len, lists)) + self.replies.overdue


_WHOSE = ("state_party__state", "state_party__treaty")
_BY_DATE = (F("due_by").asc(nulls_last=True), "state_party__state", "pk")


def inbox(*, treaties: Collection[Treaty], as_at: date) -> Inbox:
    """Return what waits on that day under these treaties."""
    summaries = sessions(treaties=treaties)
    return Inbox(
        filed=_filed(treaties),
        to_confirm=to_confirm(as_at=as_at, treaties=treaties),
        replies=Replies(as_at=as_at, treaties=treaties),
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


class DatesToConfirm(KeptList[DateToConfirm]):
    """The earliest report of each State party that has no firm date; estimates come first."""

    def __init__(self, *, as_at: date, treaties: Collection[Treaty] | None) -> None:
        """Choose among the reports that have no firm date on that day, of these treaties or of all."""
        self._as_at, self._rows = as_at, _unsure(as_at)
        if treaties is not None:
            self._rows = self._rows.filter(state_party__treaty__in=treaties)
        super().__init__(as_at, treaties and sorted(each.pk for each in treaties))

    def _find(self) -> "array[int]":
        return array("q", _earliest(self._rows).values_list("pk", flat=True))

    def _read(self, numbers: "array[int]") -> list[DateToConfirm]:
        return _with_documents(_in_order(numbers), self._as_at)


def _earliest(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    of_the_same = rows.filter(state_party=OuterRef("state_party"))
    earliest = of_the_same.order_by("first_report", "pk").values("pk")[:1]
    return rows.filter(pk=Subquery(earliest)).order_by(*_BY_DATE)


def _in_order(numbers: "array[int]") -> list[Obligation]:
    known = Obligation.objects.select_related(*_WHOSE).in_bulk(numbers)
    return [known[pk] for pk in numbers if pk in known]


def to_confirm(*, as_at: date, treaties: Collection[Treaty] | None = None) -> DatesToConfirm:
    """Return the reports without a firm date, of these treaties or of all."""
    return DatesToConfirm(as_at=as_at, treaties=treaties)


def date_to_confirm(*, iso3: str, as_at: date, treaty: Treaty) -> DateToConfirm | None:
    """Return the earliest report of the State that has no firm date; nothing where all have one."""
    rows = _unsure(as_at).filter(state_party__treaty=treaty, state_party__state__iso3=iso3)
    found = _earliest(rows).select_related(*_WHOSE)[:1]
    return next(iter(_with_documents(list(found), as_at)), None)


def _with_documents(rows: list[Obligation], as_at: date) -> list[DateToConfirm]:
    """Return the dates with the documents that their obligations name as what they rest on."""
    origins = [row.origin or ("", 0) for row in rows]
    review_name, decision_name = _name(Review), _name(CommitteeDecision)
    reviews = Review.objects.in_bulk([pk for kind, pk in origins if kind == review_name])
    decisions = CommitteeDecision.objects.select_related("review").in_bulk(
        [pk for kind, pk in origins if kind == decision_name]
    )
    found = []
    for row, (kind, pk) in zip(rows, origins, strict=True):
        decision = decisions.get(pk) if kind == decision_name else None
        review = reviews.get(pk) if kind == review_name else None
        review = decision.review if decision else review
        found.append(DateToConfirm(row, row.standing(as_at=as_at), review, decision))
    return found


def _name(model: type[Review | CommitteeDecision]) -> str:
    return model._meta.model_name or ""  # noqa: SLF001 - Django's documented name


class Replies(KeptList[Awaited]):
    """The lists of issues without replies: the longest overdue first, undated ones last."""

    def __init__(self, *, as_at: date, treaties: Collection[Treaty]) -> None:
        """Choose among what is owed on that day under these treaties."""
        self._as_at = as_at
        asked = Obligation.objects.open(as_at=as_at).filter(kind=Kind.REPLIES)
        self._rows = asked.filter(state_party__treaty__in=treaties)
        super().__init__(as_at, sorted(each.pk for each in treaties))

    @cached_property
    def overdue(self) -> int:
        """How many of them are overdue."""
        late = self._rows.overdue(as_at=self._as_at)
        return remembered(late.count, "overdue replies", *self._question)

    def _find(self) -> "array[int]":
        return array("q", self._rows.order_by(*_BY_DATE).values_list("pk", flat=True))

    def _read(self, numbers: "array[int]") -> list[Awaited]:
        rows = _in_order(numbers)
        return [Awaited(row, row.standing(as_at=self._as_at)) for row in rows]


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
