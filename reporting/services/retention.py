"""How long personal data is kept that is needed for a time only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
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


def old_personal_data(*, now: datetime) -> Purged:
    """Return how much is older than it is kept."""
    return Purged(_invitations(now).count(), _mails(now).count())


@transaction.atomic
def purge_personal_data(*, now: datetime) -> Purged:
    """Delete the invitations that are over, and empty the mails, that are older than they are kept."""
    invitations = _invitations(now)
    count = invitations.count()
    invitations.delete()
    empty: dict[str, Any] = dict.fromkeys(("subject", "text", "html", "calendar"), "")
    return Purged(count, _mails(now).update(to=GONE, **empty))


def _invitations(now: datetime) -> "QuerySet[Invitation]":
    days = settings.INVITATION_KEPT_DAYS
    if not days:
        return Invitation.objects.none()
    before = now - timedelta(days=days)
    over = Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    return Invitation.objects.filter(over)


def _mails(now: datetime) -> "QuerySet[Message]":
    """Return the old mails; one that is still to be sent is not old."""
    days = settings.MAIL_KEPT_DAYS
    if not days:
        return Message.objects.none()
    waiting = Reminder.objects.filter(state__in=(Reminder.State.PLANNED, Reminder.State.SENDING))
    old = Message.objects.filter(made_at__lt=now - timedelta(days=days)).exclude(to=GONE)
    return old.exclude(pk__in=waiting.exclude(message=None).values("message"))
