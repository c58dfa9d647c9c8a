"""How long personal data is kept that is needed for a time only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from reporting.models import Invitation, Message, Reminder

# Where a mail went that is older than its text is kept; a name that no server has (RFC 2606).
GONE = "gone@erased.invalid"


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows were purged, or would be."""

    invitations: int
    mails: int
    sessions: int
    attempts: int


def old_personal_data(*, now: datetime) -> Purged:
    """Return how much is older than it is kept."""
    rows = (_invitations(now), _mails(now), _sessions(now), _attempts(now))
    return Purged(*(each.count() for each in rows))


@transaction.atomic
def purge_personal_data(*, now: datetime) -> Purged:
    """Delete what is over, empty the mails that are older than they are kept, and return how much.

    Over are old invitations, sessions that have ended, and wrong passwords that lock nobody out any more.
    """
    found = old_personal_data(now=now)
    _invitations(now).delete()
    empty: dict[str, Any] = dict.fromkeys(("subject", "text", "html", "calendar"), "")
    _mails(now).update(to=GONE, **empty)
    _sessions(now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    _attempts(now).delete()
    return found


def _invitations(now: datetime) -> "QuerySet[Invitation]":
    days = settings.INVITATION_KEPT_DAYS
    if not days:
        return Invitation.objects.none()
    before = now - timedelta(days=days)
    over = Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    return Invitation.objects.filter(over)


def _sessions(now: datetime) -> "QuerySet[Session]":
    return Session.objects.filter(expire_date__lt=now)


def _attempts(now: datetime) -> "QuerySet[Any]":
    found: QuerySet[Any] = AccessAttempt.objects.filter(
        attempt_time__lt=now - settings.AXES_COOLOFF_TIME
    )
    return found


def _mails(now: datetime) -> "QuerySet[Message]":
    """Return the old mails; one that is still to be sent is not old."""
    days = settings.MAIL_KEPT_DAYS
    if not days:
        return Message.objects.none()
    waiting = Reminder.objects.filter(state__in=(Reminder.State.PLANNED, Reminder.State.SENDING))
    old = Message.objects.filter(made_at__lt=now - timedelta(days=days)).exclude(to=GONE)
    return old.exclude(pk__in=waiting.exclude(message=None).values("message"))
