"""Who has an account, and who is invited."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reporting.models import AccountChange, Invitation, Role, State, User


@dataclass(frozen=True, slots=True)
class People:
    """The accounts, and the invitations that nobody has taken up or withdrawn."""

    accounts: list[User]
    invitations: list[Invitation]


def people(*, at: datetime) -> People:
    """Return them in six queries; an invitation knows whether it ``is_expired``."""
    accounts = User.objects.prefetch_related("states", "treaties").order_by("role", "name", "email")
    invited = open_invitations().select_related("invited_by")
    waiting = list(invited.prefetch_related("states", "treaties"))
    for invitation in waiting:
        invitation.is_expired = invitation.expires_at <= at  # type: ignore[attr-defined]
    return People(list(accounts), waiting)


def open_invitations() -> QuerySet[Invitation]:
    """Return the invitations that nobody has taken up or withdrawn, expired or not."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None)


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed about an account, in words."""

    what: str
    before: str
    after: str
    by: User | None
    at: datetime


def changes_of(account: User) -> list[Change]:
    """Return what was changed about the account, the latest first."""
    rows = AccountChange.objects.filter(account=account).select_related("by")
    return [
        Change(
            row.get_field_display(), said_value(row.before), said_value(row.after), row.by, row.at
        )
        for row in rows
    ]


def said_value(value: str) -> str:
    """Say a role, yes or no; the codes of States are said by their names, those of treaties stay."""
    words: dict[str, Any] = {"yes": _("yes"), "no": _("no"), **dict(Role.choices)}
    if value in words or not value:
        return str(words.get(value, ""))
    codes = value.split(",")
    names = {state.iso3: state.local_name for state in State.objects.filter(iso3__in=codes)}
    return ", ".join([*names.values(), *sorted({*codes} - {*names})])
