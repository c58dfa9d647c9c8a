"""Changing what an account may do, and switching it off and on again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reporting import permissions
from reporting.models import AccountChange, Role, State, Treaty, User
from reporting.services.errors import NotAllowedError
from reporting.services.invitation import check_states, check_treaties
from reporting.services.sessions import end_all_sessions


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account may do: its role, the States of a ministry, whether it may sign in.

    ``treaties`` are those to which a person of the secretariat is bound; none is every one.
    """

    role: Role
    states: Sequence[State] = ()
    is_active: bool = True
    treaties: Sequence[Treaty] = ()


@transaction.atomic
def change_account(*, account: User, to: Standing, by: User, at: datetime) -> list[AccountChange]:
    """Give the account that standing, keep what was before, and return what has changed.

    Whoever may not sign in any more is signed out everywhere. Raise NotAllowedError where the
    person may not change this account or give this role, ValidationError by field for the rest.
    """
    # All administrators are locked together, so that no two of them can switch each other off.
    administrators = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR)
    in_charge = {each.pk for each in administrators if each.is_active}
    account = User.objects.select_for_update().get(pk=account.pk)
    if not permissions.may_change_account(by, account) or not permissions.may_invite(by, to.role):
        raise NotAllowedError
    check_states(to.role, to.states)
    check_treaties(to.role, to.treaties)
    if in_charge == {account.pk} and not (to.is_active and to.role == Role.ADMINISTRATOR):
        _refuse_the_last(to)
    made = [
        AccountChange(account=account, field=field, before=before, after=after, by=by, at=at)
        for field, before, after in _differences(account, to)
    ]
    for each in made:
        each.save()
    _write(account, to)
    if not to.is_active:
        end_all_sessions(user=account, at=at)
    return made


def _refuse_the_last(to: Standing) -> None:
    message = _("This is the last administrator. Make somebody else one first.")
    raise ValidationError({"is_active" if not to.is_active else "role": message})


def _differences(account: User, to: Standing) -> Iterator[tuple[AccountChange.Field, str, str]]:
    """Go through what differs: values as they are stored, rows by their codes."""
    codes = [
        ",".join(sorted(each.iso3 for each in some)) for some in (account.states.all(), to.states)
    ]
    pairs = {
        AccountChange.Field.ROLE: (account.role, to.role.value),
        AccountChange.Field.STATES: (codes[0], codes[1]),
        AccountChange.Field.TREATIES: (_codes(account.treaties.all()), _codes(to.treaties)),
        AccountChange.Field.ACTIVE: (_yes(account.is_active), _yes(to.is_active)),
    }
    for field, (before, after) in pairs.items():
        if before != after:
            yield field, before, after


def _codes(treaties: Iterable[Treaty]) -> str:
    return ",".join(sorted(each.code for each in treaties))


def _yes(value: bool) -> str:  # noqa: FBT001 - it is the value
    return "yes" if value else "no"


def _write(account: User, to: Standing) -> None:
    account.role, account.is_active = to.role, to.is_active
    account.is_staff = account.is_superuser = to.role == Role.ADMINISTRATOR
    account.full_clean(exclude=["password"])
    account.save()
    account.states.set(to.states)
    account.treaties.set(to.treaties)
