"""What the reader of a mail does from its links: acknowledge, unsubscribe, come back, choose a language."""

from datetime import datetime

from django.db import transaction

from reporting.models import TOGETHER, Contact, Message, Occasion, Reminder, Revision, Why
from reporting.models.reminder import ReminderQuerySet
from reporting.models.revision import ALERTS
from reporting.services.reminder.follow import look_again, stop_telling


@transaction.atomic
def acknowledge(*, message: Message, at: datetime) -> Message:
    """Keep that its reader has seen to what the mail tells; the first time is the one that counts.

    What would have told somebody else that nobody has is cancelled.
    """
    unanswered = Message.objects.filter(pk=message.pk, acknowledged_at__isnull=True)
    if unanswered.update(acknowledged_at=at):
        for row in message.reminders.filter(occasion__in=TOGETHER):
            _escalations_of(row).change(Reminder.State.CANCELLED, reason=Why.REVERSED)
        Revision.objects.renew(ALERTS)
    message.refresh_from_db()
    return message


@transaction.atomic
def unsubscribe(*, contact: Contact, at: datetime) -> Contact:
    """Stop all mails to a contact; doing it twice changes nothing."""
    kept = _locked(contact)
    if kept.unsubscribed_at is None:
        kept.unsubscribed_at = at
        _save(kept, because="unsubscribed by the link in a mail")
        stop_telling(contact=kept)
    return kept


@transaction.atomic
def subscribe(*, contact: Contact) -> Contact:
    """Write to a contact again who had unsubscribed."""
    kept = _locked(contact)
    if kept.unsubscribed_at is not None:
        kept.unsubscribed_at = None
        _save(kept, because="subscribed again by the link in a mail")
        look_again(state=kept.state)
    return kept


@transaction.atomic
def choose_language(*, contact: Contact, language: str) -> Contact:
    """Write to a contact in another language; raise ValidationError for one that is not offered."""
    kept = _locked(contact)
    if kept.language != language:
        kept.language = language
        kept.clean_fields()
        _save(kept, because="chosen by the link in a mail")
    return kept


def _locked(contact: Contact) -> Contact:
    rows = Contact.objects.select_for_update(of=("self",)).select_related("state")
    return rows.get(pk=contact.pk)


def _save(contact: Contact, *, because: str) -> None:
    contact.changed_by(None, because=because)
    contact.save()


def _escalations_of(row: Reminder) -> ReminderQuerySet:
    return Reminder.objects.revocable().filter(
        occasion=Occasion.ESCALATION,
        state_party=row.state_party_id,
        obligation_key=row.obligation_key,
        due_on=row.due_on,
    )
