"""Invitations: the only way to an account. A link works once, for some days, and is kept as a hash."""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from reporting import permissions
from reporting.emails import render
from reporting.emails.links import in_language
from reporting.models import Invitation, Role, State, Treaty, User
from reporting.queries.people import open_invitations
from reporting.services.audit import What, note
from reporting.services.errors import NotAllowedError
from reporting.services.mail import send

_BYTES = 32


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is to come in, and as what."""

    email: str
    role: Role
    states: Sequence[State] = ()
    treaties: Sequence[Treaty] = ()
    language: str = settings.LANGUAGE_CODE


class ClosedInvitationError(ValidationError):
    """The link has been used, was withdrawn, has expired, or never was one."""


@transaction.atomic
def invite(
    *, invited: Invited, by: User, at: datetime, address: Callable[[str], str]
) -> Invitation:
    """Store the invitation and send its link, ``address(token)``, by e-mail in the language of whoever is invited.

    An earlier one to the same address is withdrawn. Raise NotAllowedError where the person may not
    invite to that role, ValidationError where the address has an account or a State is missing.
    """
    if not permissions.may_invite(by, invited.role):
        raise NotAllowedError
    email = _free(invited.email)
    check_states(invited.role, invited.states)
    check_treaties(invited.role, invited.treaties)
    open_invitations().filter(email=email).update(withdrawn_at=at)
    token = secrets.token_urlsafe(_BYTES)
    invitation = Invitation(
        email=email,
        role=invited.role,
        language=invited.language,
        token_hash=_hash(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
    )
    invitation.full_clean()
    invitation.save()
    invitation.states.set(invited.states)
    invitation.treaties.set(invited.treaties)
    codes = [state.iso3 for state in invited.states] + [each.code for each in invited.treaties]
    about = f"invitation {invitation.pk}: {invited.role} {' '.join(sorted(codes))}".rstrip()
    note(what=What.INVITED, at=at, by=by, about=about)
    _send(invitation, link=in_language(address(token), invited.language))
    return invitation


@transaction.atomic
def accept(*, token: str, name: str, password: str, at: datetime) -> User:
    """Make the account and close the invitation; of two at the same moment one gets it.

    Raise ClosedInvitationError where the link no longer works, ValidationError by field for the rest.
    """
    invitation = find(token=token, at=at, lock=True)
    if User.objects.filter(email=invitation.email).exists():
        raise ClosedInvitationError(_("There is an account with this address already."))
    user = User(
        email=invitation.email, name=name, role=invitation.role, language=invitation.language
    )
    user.is_staff = user.is_superuser = invitation.role == Role.ADMINISTRATOR
    _check_password(password, user)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    user.states.set(invitation.states.all())
    user.treaties.set(invitation.treaties.all())
    invitation.accepted_at = at
    invitation.save()
    about = f"invitation {invitation.pk}"
    note(what=What.ACCOUNT_MADE, at=at, by=user, account=user, about=about)
    return user


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User, at: datetime) -> None:
    """Close an open invitation; a closed one stays as it is."""
    if not permissions.may_invite(by, invitation.role):
        raise NotAllowedError
    if open_invitations().filter(pk=invitation.pk).update(withdrawn_at=at):
        note(what=What.INVITATION_WITHDRAWN, at=at, by=by, about=f"invitation {invitation.pk}")


def find(*, token: str, at: datetime, lock: bool = False) -> Invitation:
    """Return the open invitation of this link; raise ClosedInvitationError, with why, for any other.

    It dies with its inviter's right to invite: what a lost account has sent out makes no accounts.
    """
    rows = Invitation.objects.select_for_update(of=("self",)) if lock else Invitation.objects.all()
    found = rows.select_related("invited_by").filter(token_hash=_hash(token)).first()
    refusal = _("This link is not complete or not ours. Copy the whole address from the e-mail.")
    if found is not None:
        refusal = _refusal(found, at)
    if refusal or found is None:
        raise ClosedInvitationError(refusal, code="closed")
    return found


def _refusal(invitation: Invitation, at: datetime) -> str:
    inviter = invitation.invited_by
    if invitation.accepted_at:
        return _("This invitation has been used: its account is there. Sign in with it.")
    if invitation.withdrawn_at or not _may_still_invite(inviter, invitation.role):
        return _("This invitation was withdrawn. If you still need it, ask the secretariat.")
    if invitation.expires_at <= at:
        return _("This invitation has expired. Ask the secretariat for a new one.")
    return ""


def _may_still_invite(inviter: User | None, role: str) -> bool:
    return inviter is not None and inviter.is_active and permissions.may_invite(inviter, role)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _free(email: str) -> str:
    """Return the address as accounts have it; raise ValidationError where one has it already."""
    lower = email.strip().lower()
    if User.objects.filter(email=lower).exists():
        raise ValidationError({"email": _("There is an account with this address already.")})
    return lower


def check_states(role: str, states: Sequence[State]) -> None:
    """Raise ValidationError where a ministry has no State, or somebody else has one."""
    ministry = role == Role.MINISTRY
    if ministry and not states:
        raise ValidationError({"states": _("Choose the State that the ministry acts for.")})
    if states and not ministry:
        raise ValidationError({"states": _("Only a ministry acts for a State. Choose none.")})


def check_treaties(role: str, treaties: Sequence[Treaty]) -> None:
    """Raise ValidationError where somebody who is not of the secretariat is bound to treaties."""
    if treaties and role != Role.SECRETARIAT:
        message = _("Only the secretariat is bound to treaties. Choose none.")
        raise ValidationError({"treaties": message})


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error}) from None


def _send(invitation: Invitation, *, link: str) -> None:
    with override(invitation.language):
        context = {
            "inviter": str(invitation.invited_by),
            "role": str(Role(invitation.role).label),
            "states": [state.local_name for state in invitation.states.all()]
            + [treaty.code for treaty in invitation.treaties.all()],
            "link": link,
            "expires_at": invitation.expires_at,
        }
        rendered = render("invitation", context=context, language=invitation.language)
    send(rendered=rendered, to=invitation.email)
