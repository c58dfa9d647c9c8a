"""What is stored about a person, found by the e-mail address: account, contacts, mails, and traces."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.db.models import Model, Q, QuerySet, TextField

from reporting.models import (
    AccountChange,
    ApiToken,
    AuditEntry,
    CalendarLink,
    CommitteeDecision,
    Contact,
    CoreDocument,
    Invitation,
    Message,
    Milestone,
    Mute,
    Reminder,
    Review,
    Session,
    StateParty,
    Submission,
    SubmissionDocument,
    UniversalReview,
    User,
    Webhook,
    WebhookDelivery,
)
from reporting.queries.audit import TRACKED

# What nobody needs to see to know what is stored: proofs, and what a mail looked like.
_KEPT_BACK = {
    "password",
    "token_hash",
    "sealed_secret",
    "data",
    "html",
    "calendar",
    "claim",
    "file",
    "session_key",
}
# Where people write freely.
_FREE: tuple[Any, ...] = (
    *(Submission, Review, CommitteeDecision, StateParty, Session),
    *(Submission.history.model, Review.history.model, CommitteeDecision.history.model),
    *(StateParty.history.model, Session.history.model, Mute, Milestone),
    *(CoreDocument, UniversalReview),
    *(CoreDocument.history.model, UniversalReview.history.model),
)
_FREE_LINES = {"owner", "history_change_reason"}
_SHORTEST_NAME = 5


@dataclass
class Stored:
    """What is stored about whoever has this address: rows by where they are, as plain values.

    ``mentions`` are places where the address or the name stands in what somebody wrote.
    """

    email: str
    account: User | None
    contacts: list[Contact]
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    mentions: list[str] = field(default_factory=list)

    @property
    def is_anything(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.mentions or any(self.rows.values()))


def stored_about(*, email: str) -> Stored:
    """Return everything that is stored about a person."""
    address = email.strip().lower()
    found = Stored(
        email=address,
        account=User.objects.filter(email=address).first(),
        contacts=list(Contact.objects.filter(email__iexact=address).order_by("pk")),
    )
    for name, rows in _tables(found):
        found.rows[name] = [_plain(row) for row in rows.order_by("pk")]
    found.mentions = list(mentions(address, _names(found)))
    return found


def _tables(found: Stored) -> Iterator[tuple[str, "QuerySet[Any]"]]:
    address, contacts = found.email, [contact.pk for contact in found.contacts]
    told = Q(contact__in=contacts)
    if found.account:
        told |= Q(person=found.account)
        yield from _of_account(found.account)
    yield "contacts", Contact.objects.filter(pk__in=contacts)
    earlier = Q(id__in=contacts) | Q(email__iexact=address)
    yield "contacts, earlier", Contact.history.filter(earlier)
    yield "invitations", Invitation.objects.filter(email__iexact=address)
    yield "mails", Message.objects.filter(to__iexact=address)
    yield "reminders", Reminder.objects.filter(told)
    yield "refused sign-ins", AccessAttempt.objects.filter(username__iexact=address)


def _of_account(who: User) -> Iterator[tuple[str, "QuerySet[Any]"]]:
    yield "account", User.objects.filter(pk=who.pk)
    yield "second steps", Authenticator.objects.filter(user=who)
    yield "sessions", UserSession.objects.filter(user=who)
    yield "tokens of programs", ApiToken.objects.filter(user=who)
    yield "webhooks", Webhook.objects.filter(user=who)
    yield "deliveries of webhooks", WebhookDelivery.objects.filter(webhook__user=who)
    yield "calendar address", CalendarLink.objects.filter(user=who)
    yield "changes of the account", AccountChange.objects.filter(account=who)
    yield "audit log", QuerySet(AuditEntry).filter(Q(by=who) | Q(account=who))
    repaired = Q(content_type__model="user", object_id=str(who.pk))
    yield "repairs", LogEntry.objects.filter(Q(user=who) | repaired)
    yield "documents uploaded", SubmissionDocument.objects.filter(uploaded_by=who)
    yield "mutes set", Mute.objects.filter(by=who)
    for kind, model in TRACKED.items():
        yield f"changes made: {kind}", model.history.filter(history_user=who)


def _plain(row: Model) -> dict[str, Any]:
    return {
        each.name: _value(getattr(row, each.attname))
        for each in row._meta.concrete_fields  # noqa: SLF001 - Django's documented name
        if each.name not in _KEPT_BACK
    }


def _value(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | bool | list | dict | None) else str(value)


def _names(found: Stored) -> set[str]:
    """Return the names by which the person is known; a short one would be found in other words."""
    people = [found.account, *found.contacts]
    names = {person.name.strip() for person in people if person}
    return {name for name in names if len(name) >= _SHORTEST_NAME}


def mentions(address: str, names: set[str]) -> Iterator[str]:
    """Go through the places where the address or a name stands in what somebody wrote."""
    for model in _FREE:
        about: Any = model._meta  # noqa: SLF001 - Django's documented name
        rows: QuerySet[Any] = QuerySet(model)
        for field_ in about.concrete_fields:
            if not isinstance(field_, TextField) and field_.name not in _FREE_LINES:
                continue
            wanted = Q()
            for words in {address, *names}:
                wanted |= Q(**{f"{field_.name}__icontains": words})
            for pk in rows.filter(wanted).order_by("pk").values_list("pk", flat=True):
                yield f"{about.verbose_name} {pk}: {field_.verbose_name}"
