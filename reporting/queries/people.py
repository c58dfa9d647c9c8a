"""Who has an account, and who is invited."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from reporting.models import Invitation, User


@dataclass(frozen=True, slots=True)
class People:
    """The accounts, and the invitations that nobody has taken up or withdrawn."""

    accounts: list[User]
    invitations: list[Invitation]


def people(*, at: datetime) -> People:
    """Return them in four queries; an invitation knows whether it ``is_expired``."""
    accounts = User.objects.prefetch_related("states").order_by("role", "name", "email")
    waiting = list(open_invitations().select_related("invited_by").prefetch_related("states"))
    for invitation in waiting:
        invitation.is_expired = invitation.expires_at <= at  # type: ignore[attr-defined]
    return People(list(accounts), waiting)


def open_invitations() -> QuerySet[Invitation]:
    """Return the invitations that nobody has taken up or withdrawn, expired or not."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
