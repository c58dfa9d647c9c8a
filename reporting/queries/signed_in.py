"""Where a person is signed in."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession

from reporting.models import User


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One session: since when, from which network address, in which program; ``is_this`` asks now."""

    pk: int
    since: datetime
    address: str
    program: str
    is_this: bool


def signed_in(*, user: User, key: str | None) -> list[SignedIn]:
    """Return the sessions of a person that are not over, the latest first."""
    found = UserSession.objects.purge_and_list(user)
    return [
        SignedIn(row.pk, row.created_at, row.ip, row.user_agent, row.session_key == key)
        for row in sorted(found, key=lambda each: each.created_at, reverse=True)
    ]
