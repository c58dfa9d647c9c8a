"""The private address of a person's calendar: made, ended, and read by."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from reporting.models import CalendarLink, User
from reporting.services.audit import What, note

_BYTES = 32
# Programs look every few minutes; when it was read last needs no better answer.
_NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def make_calendar_link(*, user: User, at: datetime) -> str:
    """Return a new token, which is kept as its hash and never told again; an earlier one ends."""
    token = secrets.token_urlsafe(_BYTES)
    made = {"token_hash": _hash(token), "made_at": at, "last_used_at": None}
    CalendarLink.objects.update_or_create(user=user, defaults=made)
    note(what=What.LINK_MADE, at=at, by=user, account=user)
    return token


@transaction.atomic
def end_calendar_link(*, user: User, at: datetime) -> None:
    """Let the address work no longer; where there is none, all is well."""
    if CalendarLink.objects.filter(user=user).delete()[0]:
        note(what=What.LINK_ENDED, at=at, by=user, account=user)


def reader_of(*, token: str, at: datetime) -> User | None:
    """Return whose calendar it is, and note that it was read; none where the address does not work.

    Who may not sign in any more has no calendar either.
    """
    links = CalendarLink.objects.select_related("user").filter(user__is_active=True)
    found = links.filter(token_hash=_hash(token)).first()
    if found is None:
        return None
    seldom = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - _NOTED_EVERY)
    if found.last_used_at is None or found.last_used_at < at - _NOTED_EVERY:
        CalendarLink.objects.filter(seldom, pk=found.pk).update(last_used_at=at)
    return found.user


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
