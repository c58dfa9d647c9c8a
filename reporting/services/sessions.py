"""Sessions: where somebody is signed in, and ending that."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from reporting.models import User
from reporting.services.audit import What, note


@transaction.atomic
def close_session(*, user: User, pk: int, at: datetime) -> bool:
    """End one session of one's own; return whether there was such a one."""
    found = UserSession.objects.filter(user=user, pk=pk).first()
    if found is None:
        return False
    found.end()
    note(what=What.SESSION_CLOSED, at=at, by=user, account=user)
    return True


@transaction.atomic
def close_others(*, user: User, kept: str | None, at: datetime) -> int:
    """End every session of one's own but the one of this key; return how many."""
    others = UserSession.objects.filter(user=user).exclude(session_key=kept or "")
    count = 0
    for session in others:
        session.end()
        count += 1
    if count:
        note(what=What.SESSION_CLOSED, at=at, by=user, account=user, about=str(count))
    return count


def end_all_sessions(*, user: User, at: datetime) -> None:
    """End every session of an account, also those that are not listed."""
    UserSession.objects.filter(user=user).delete()
    for session in Session.objects.filter(expire_date__gt=at):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
