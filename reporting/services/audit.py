"""The audit log: noted in the transaction of what it is about, purged by age, never changed."""

from datetime import datetime, timedelta
from typing import Any, TypedDict, Unpack

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from reporting.models import AccountChange, AuditEntry, AuditOpening, User

What = AuditEntry.What
LONGEST = 300


class Circumstances(TypedDict, total=False):
    """What else is known: who did it, to which account, about what (no e-mail address), from where."""

    by: User | None
    account: User | None
    about: str
    address: str | None


def note(*, what: What, at: datetime, **known: Unpack[Circumstances]) -> AuditEntry:
    """Add an entry."""
    known["about"] = known.get("about", "")[:LONGEST]
    entry = AuditEntry(what=what, at=at, **known)
    entry.save()
    return entry


def oldest_kept(*, now: datetime) -> datetime | None:
    """Return from when on entries are kept; none where they are kept for ever."""
    days = settings.AUDIT_DAYS
    return now - timedelta(days=days) if days else None


def passed(*, now: datetime) -> int:
    """Return how many entries are older than they are kept."""
    before = oldest_kept(now=now)
    return sum(rows.filter(at__lt=before).count() for rows in _both()) if before else 0


@transaction.atomic
def purge(*, now: datetime) -> int:
    """Delete the entries that are older than they are kept, note that, and return how many.

    The histories of the facts stay: what is on record rests on them.
    """
    before = oldest_kept(now=now)
    if before is None:
        return 0
    opening = AuditOpening.objects.create(before=before)
    gone = 0
    for rows in _both():
        gone += rows.filter(at__lt=before).delete()[0]
    opening.delete()
    if gone:
        note(what=What.PURGED, at=now, about=f"{gone} before {before.date().isoformat()}")
    return gone


def _both() -> tuple["QuerySet[Any]", "QuerySet[Any]"]:
    """Return the rows of both logs, past what refuses to delete them."""
    return QuerySet(AuditEntry).all(), QuerySet(AccountChange).all()
