"""What hangs on the sessions of the Committee, and what has to be looked at again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, cast

from django.db.models import OuterRef, QuerySet, Subquery

from reporting.models import (
    CommitteeDecision,
    Review,
    Session,
    StateParty,
    Submission,
    SubmissionStatus,
    Treaty,
)

Hanging = Review | Submission | CommitteeDecision
_DAYS_OF_A_REVIEW = ("dialogue_from", "dialogue_to", "adopted_on")


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


def sessions(*, treaties: Iterable[Treaty]) -> list[SessionSummary]:
    """Return the sessions on record, the latest first, in five queries for any number of them."""
    rows = Session.objects.filter(treaty__in=treaties).select_related("treaty")
    found = list(rows.order_by("treaty", "-number"))
    items = _items(found, _moved_at(found))
    return [SessionSummary(session, items[session.pk]) for session in found]


def session_summary(session: Session) -> SessionSummary:
    """Return one session with what hangs on it."""
    moved = _moved_at([session])
    return SessionSummary(session, _items([session], moved)[session.pk])


def flagged_of(*, party: StateParty, as_at: date) -> list[HangingItem]:
    """Return what of a State party hangs on a session that had been moved or cancelled by a day."""
    planned = Session.objects.filter(treaty=party.treaty_id).exclude(status=Session.Status.HELD)
    found = list(planned.order_by("number"))
    moved = _moved_at(found)
    cancelled = [each for each in found if each.status == Session.Status.CANCELLED]
    since = moved | _last_changed(cancelled, "status")
    doubtful = [
        each
        for each in found
        if (each in cancelled or each.pk in moved)
        and (each.pk not in since or since[each.pk].date() <= as_at)
    ]
    if not doubtful:
        return []
    items = _items(doubtful, moved, state_party=party)
    return [item for session in doubtful for item in items[session.pk] if item.flag]


def _items(
    sessions: Iterable[Session], moved: dict[int, datetime], **only: Any
) -> dict[int, list[HangingItem]]:
    """Return what hangs on each session, by its number in the database."""
    items: dict[int, list[HangingItem]] = defaultdict(list)
    numbered = {(each.treaty_id, each.number): each for each in sessions}
    for row in _hanging(numbered, only):
        # The same number can be another Committee's session, that is not among these.
        session = numbered.get((row.state_party.treaty_id, row.session or 0))
        if session:
            touched = cast("Any", row).touched_at
            items[session.pk].append(HangingItem(row, session, _flag(session, touched, moved)))
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


def _hanging(numbered: Iterable[tuple[int, int]], only: dict[str, Any]) -> Iterable[Hanging]:
    treaties, numbers = {pair[0] for pair in numbered}, {pair[1] for pair in numbered}
    submissions = Submission.objects.exclude(status=SubmissionStatus.RETURNED)
    decisions = CommitteeDecision.objects.filter(withdrawn_on__isnull=True)
    querysets: tuple[QuerySet[Any], ...] = (Review.objects.all(), submissions, decisions)
    for rows in querysets:
        found = rows.filter(state_party__treaty__in=treaties, session__in=numbers, **only)
        history = rows.model.history.filter(id=OuterRef("pk")).order_by("-history_id")
        touched = found.annotate(touched_at=Subquery(history.values("history_date")[:1]))
        yield from touched.select_related("state_party__state", "state_party__treaty").order_by(
            "state_party__state", "pk"
        )


def _moved_at(sessions: Iterable[Session]) -> dict[int, datetime]:
    """Return when the days of each session were last changed, of those where they ever were."""
    return _last_changed(sessions, "starts_on", "ends_on")


def _last_changed(sessions: Iterable[Session], *names: str) -> dict[int, datetime]:
    """Return when any of these fields of each session was last changed, where one ever was."""
    history: Any = Session.history
    rows = history.filter(id__in=[each.pk for each in sessions]).order_by("history_id")
    said: dict[int, list[object]] = {}
    changed: dict[int, datetime] = {}
    for row in rows:
        now = [getattr(row, name) for name in names]
        if said.setdefault(row.id, now) != now:
            changed[row.id] = row.history_date
        said[row.id] = now
    return changed


class DaysOnRecord(NamedTuple):
    """A session of which no days are on record itself, and the days that its reviews give.

    ``first`` and ``last`` are days of dialogues and adoptions that are known to the day: the session
    was sitting on both, and may have begun before and ended later.
    """

    number: int
    first: date
    last: date
    reviews: int


def days_on_record(*, treaty: Treaty, as_at: date) -> list[DaysOnRecord]:
    """Return the sessions that reviews name and that are not on record, the latest first; two queries.

    Only days by ``as_at`` count. A session of whose reviews no day is known is left out.
    """
    recorded = set(Session.objects.filter(treaty=treaty).values_list("number", flat=True))
    rows = Review.objects.filter(state_party__treaty=treaty, session__isnull=False)
    known: dict[int, list[date]] = defaultdict(list)
    reviews: dict[int, int] = defaultdict(int)
    for number, *given in rows.values_list("session", *_DAYS_OF_A_REVIEW):
        days = [each.last_day for each in given if each and each.is_certain]
        past = [day for day in days if day <= as_at]
        known[number] += past
        reviews[number] += bool(past)
    return [
        DaysOnRecord(number, min(days), max(days), reviews[number])
        for number, days in sorted(known.items(), reverse=True)
        if days and number not in recorded
    ]
