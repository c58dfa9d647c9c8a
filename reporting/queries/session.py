"""What hangs on the sessions of the Committee, and what has to be looked at again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from django.db.models import OuterRef, QuerySet, Subquery

from reporting.models import (
    CommitteeDecision,
    Review,
    Session,
    Submission,
    SubmissionStatus,
    Treaty,
)

Hanging = Review | Submission | CommitteeDecision


class Flag(StrEnum):
    """Why something that hangs on a session has to be looked at again."""

    CANCELLED = "cancelled"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class HangingItem:
    """A dialogue, a scheduled report or a reply date that hangs on a session by its number."""

    row: Hanging
    session: Session
    flag: Flag | None = None


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A session with what hangs on it."""

    session: Session
    items: list[HangingItem] = field(default_factory=list)

    @property
    def flagged(self) -> list[HangingItem]:
        """What has to be looked at again."""
        return [item for item in self.items if item.flag]


def sessions(*, treaty: Treaty) -> list[SessionSummary]:
    """Return the sessions on record, the latest first, in five queries for any number of them."""
    found = list(Session.objects.filter(treaty=treaty).order_by("-number"))
    moved = _moved_at(found)
    items = _items({session.number: session for session in found}, treaty, moved)
    return [SessionSummary(session, items[session.number]) for session in found]


def session_summary(session: Session) -> SessionSummary:
    """Return one session with what hangs on it."""
    moved = _moved_at([session])
    return SessionSummary(
        session, _items({session.number: session}, session.treaty, moved)[session.number]
    )


def _items(
    sessions: dict[int, Session], treaty: Treaty, moved: dict[int, datetime]
) -> dict[int, list[HangingItem]]:
    items: dict[int, list[HangingItem]] = defaultdict(list)
    for row in _hanging(list(sessions), treaty):
        session = sessions[row.session or 0]
        touched = cast("Any", row).touched_at
        items[session.number].append(HangingItem(row, session, _flag(session, touched, moved)))
    return items


def _flag(session: Session, touched: datetime | None, moved: dict[int, datetime]) -> Flag | None:
    """Flag what hangs on a cancelled session, and what nobody has saved since it was moved."""
    if session.status == Session.Status.CANCELLED:
        return Flag.CANCELLED
    moved_at = moved.get(session.pk)
    if (
        moved_at
        and session.status == Session.Status.PLANNED
        and (touched is None or touched < moved_at)
    ):
        return Flag.MOVED
    return None


def _hanging(numbers: list[int], treaty: Treaty) -> Iterable[Hanging]:
    submissions = Submission.objects.exclude(status=SubmissionStatus.RETURNED)
    decisions = CommitteeDecision.objects.filter(withdrawn_on__isnull=True)
    querysets: tuple[QuerySet[Any], ...] = (Review.objects.all(), submissions, decisions)
    for rows in querysets:
        found = rows.filter(state_party__treaty=treaty, session__in=numbers)
        history = rows.model.history.filter(id=OuterRef("pk")).order_by("-history_id")
        touched = found.annotate(touched_at=Subquery(history.values("history_date")[:1]))
        yield from touched.select_related("state_party__state").order_by(
            "state_party__state__name", "pk"
        )


def _moved_at(sessions: Iterable[Session]) -> dict[int, datetime]:
    """Return when the days of each session were last changed, of those where they ever were."""
    history: Any = Session.history
    rows = history.filter(id__in=[each.pk for each in sessions]).order_by("history_id")
    days: dict[int, tuple[object, object]] = {}
    moved: dict[int, datetime] = {}
    for row in rows:
        now = row.starts_on, row.ends_on
        if days.setdefault(row.id, now) != now:
            moved[row.id] = row.history_date
        days[row.id] = now
    return moved
