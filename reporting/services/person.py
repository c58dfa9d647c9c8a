"""Erasing a person: what tells who it was goes, what was done and sent stays as somebody's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from reporting import permissions
from reporting.models import (
    AccountChange,
    ApiToken,
    AuditEntry,
    CalendarLink,
    Contact,
    Invitation,
    Message,
    Reminder,
    User,
    Webhook,
)
from reporting.queries.person import Stored, stored_about
from reporting.services.audit import What, note
from reporting.services.errors import NotAllowedError
from reporting.services.reminder.follow import stop_telling
from reporting.services.sessions import end_all_sessions

# A name that no mail server has (RFC 2606).
NOWHERE = "erased.invalid"
ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, and where the person still stands in what somebody wrote."""

    accounts: int
    contacts: int
    mails: int
    mentions: list[str]


def export_person(*, email: str, by: User | None, at: datetime) -> Stored:
    """Return everything that is stored about a person, and note that somebody took it."""
    if by and not permissions.may_manage_people(by):
        raise NotAllowedError
    found = stored_about(email=email)
    note(what=What.PERSON_EXPORTED, at=at, by=by, account=found.account, about=_rows_of(found))
    return found


@transaction.atomic
def erase_person(*, email: str, by: User | None, at: datetime) -> Erased:
    """Erase whoever has this address, and return what is left for a person to look at.

    The account and the contacts stay as rows without name and address: facts, files and the ledger of
    reminders point to them. ``by`` is none for whoever has the shell. Raise NotAllowedError where
    the person may not change that account, ValidationError where nothing is stored.
    """
    if by and not permissions.may_manage_people(by):
        raise NotAllowedError
    found = stored_about(email=email)
    if not found.is_anything:
        raise ValidationError(_("Nothing is stored under this address."), code="nobody")
    account = found.account
    if by and account and not permissions.may_change_account(by, account):
        raise NotAllowedError
    if account:
        _erase_account(account, by, at)
    for contact in found.contacts:
        _erase_contact(contact, by)
    mails = _erase_mails(found)
    Invitation.objects.filter(email__iexact=found.email).update(
        email=f"{ERASED}@{NOWHERE}", withdrawn_at=at
    )
    AccessAttempt.objects.filter(username__iexact=found.email).delete()
    note(what=What.PERSON_ERASED, at=at, by=by, account=account, about=_rows_of(found))
    return Erased(1 if account else 0, len(found.contacts), mails, found.mentions)


def _rows_of(found: Stored) -> str:
    """Name the contacts by their numbers; the account is in a column of its own."""
    return " ".join(f"contact {contact.pk}" for contact in found.contacts)


def _erase_account(account: User, by: User | None, at: datetime) -> None:
    if account.is_active:
        field = AccountChange.Field.ACTIVE
        AccountChange.objects.create(
            account=account, field=field, before="yes", after="no", by=by, at=at
        )
    end_all_sessions(user=account, at=at)
    kinds: tuple[Any, ...] = (
        ApiToken,
        Authenticator,
        CalendarLink,
        EmailAddress,
        SocialAccount,
        Webhook,
    )
    for rows in kinds:
        rows.objects.filter(user=account).delete()
    said = {"object_repr": ERASED, "change_message": ""}
    LogEntry.objects.filter(content_type__model="user", object_id=account.pk).update(**said)
    own = Q(by=account) | Q(account=account)
    QuerySet(AuditEntry).filter(own).update(address=None)
    account.email, account.name = f"{ERASED}-account-{account.pk}@{NOWHERE}", ""
    account.is_active = account.is_staff = account.is_superuser = False
    account.last_login = None
    account.set_unusable_password()
    account.save()


def _erase_contact(contact: Contact, by: User | None) -> None:
    """Take the name and the address out of the contact and of its history."""
    nobody = {"name": ERASED, "email": f"{ERASED}-contact-{contact.pk}@{NOWHERE}"}
    contact.name, contact.email = nobody["name"], nobody["email"]
    contact.active, contact.refused_because = False, ""
    contact.changed_by(by, because=ERASED)
    contact.save()
    Contact.history.filter(id=contact.pk).update(**nobody, refused_because="")
    stop_telling(contact=contact)


def _erase_mails(found: Stored) -> int:
    """Empty the mails to the address; that they went out stays in the ledger."""
    contacts = [contact.pk for contact in found.contacts]
    told = Q(contact__in=contacts)
    if found.account:
        told |= Q(person=found.account)
    Reminder.objects.filter(told).exclude(error="").update(error=ERASED)
    if found.account:
        waiting = Reminder.objects.revocable().filter(person=found.account)
        waiting.change(Reminder.State.CANCELLED, reason="not told")
    empty = dict.fromkeys(("subject", "text", "html", "calendar"), "")
    to = f"{ERASED}@{NOWHERE}"
    mails = Message.objects.filter(
        Q(to__iexact=found.email) | Q(reminders__in=Reminder.objects.filter(told))
    )
    return Message.objects.filter(pk__in=mails.values("pk")).update(to=to, **empty)
