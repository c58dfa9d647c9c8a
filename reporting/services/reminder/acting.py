"""What the secretariat does by hand: send an alert now, send again what failed, send itself a test."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reporting import permissions
from reporting.models import Contact, Message, Obligation, Occasion, Reminder, User
from reporting.models.dates import long_date
from reporting.queries.mute import MutesInForce
from reporting.queries.reminder import failed
from reporting.services.errors import NotAllowedError
from reporting.services.reminder import ledger, writing
from reporting.services.reminder.answers import understood
from reporting.services.reminder.plan import fits, is_alerted

State = Reminder.State


@transaction.atomic
def send_now(
    *, obligation: Obligation, contact: Contact, by: User, as_at: date, now: datetime
) -> Reminder:
    """Let an alert go out with the next sending, although none is due.

    What waits already for this reader is sent instead. An alert by hand has no offset: it is an event
    of its day, so that there is one a day, obligation and reader, however often somebody clicks. It
    is cancelled like every alert where the date moves or the report is filed. Raise NotAllowedError,
    or ValidationError with the reason why nothing can be sent.
    """
    if not permissions.may_alert(by, obligation.state_party):
        raise NotAllowedError
    rows = Obligation.objects.select_for_update(of=("self",)).select_related("state_party__state")
    kept = rows.get(pk=obligation.pk)
    fresh = _by_hand(kept, contact, by, as_at, now)
    _refuse_pointless(fresh, kept, contact, as_at)
    alerts = Reminder.objects.filter(
        contact=contact,
        state_party=kept.state_party,
        obligation_key=kept.key,
        due_on=kept.due_on,
        occasion=Occasion.ALERT,
    )
    if waiting := alerts.filter(state=State.PLANNED).last():
        alerts.filter(pk=waiting.pk).update(not_before=None)
        waiting.refresh_from_db()
        return waiting
    return _planned_once(fresh)


def retry_failed(*, reminder: Reminder, by: User, now: datetime) -> bool:
    """Let a failed reminder be sent again; return whether it had failed.

    Raise NotAllowedError, or ValidationError with the reason why it would not go out.
    """
    mine = Reminder.objects.seen_by(by).filter(pk=reminder.pk)
    if not permissions.may_see_all_reminders(by) or not mine.exists():
        raise NotAllowedError
    if sentence := _why_not_again(reminder):
        raise ValidationError(sentence, code="pointless")
    return ledger.retry(reminder=reminder, now=now)


def retry_all_failed(*, by: User, now: datetime) -> int:
    """Let everything that failed and can go out be sent again; return how many."""
    if not permissions.may_see_all_reminders(by):
        raise NotAllowedError
    rows = [row for row in failed(person=by) if not _why_not_again(row)]
    return sum(ledger.retry(reminder=row, now=now) for row in rows)


def send_test(*, by: User, as_at: date, now: datetime, obligation: Obligation | None = None) -> str:
    """Send the person an alert as a focal point gets it; return its subject.

    It says in its subject that it is a test, is not in the ledger, and its links do nothing. Without
    an obligation it tells of the one that is due next. Raise ValidationError where the mail server
    does not take it, with what that said.
    """
    if not permissions.may_see_all_reminders(by):
        raise NotAllowedError
    message = Message(made_at=now)
    writing.write(message, [_test_row(obligation or _example(as_at, by), by)], as_at=as_at)
    message.subject = _("[Test] %(subject)s") % {"subject": message.subject}
    try:
        writing.envelope(message).send()
    except OSError as error:  # what smtplib raises, too
        sentence = _("The mail server did not take the test. It said: %(words)s")
        raise ValidationError(
            sentence, code="mail", params={"words": understood(error).text}
        ) from error
    return message.subject


def why_no_alert(obligation: Obligation, *, as_at: date) -> str:
    """Return why nobody can be alerted to a duty on that day; empty where they can."""
    if not is_alerted(obligation.state_party):
        return _(
            "What the State has sent under this treaty is not on record here, so that nobody can be "
            "told what is owed: no alert goes out."
        )
    if fits(obligation, str(obligation.due_on), as_at=as_at):
        return ""
    return _("There is no firm date to tell of: it is not owed now, or an estimate.")


def _by_hand(
    obligation: Obligation, contact: Contact, by: User, as_at: date, now: datetime
) -> Reminder:
    row = Reminder(
        occasion=Occasion.ALERT,
        contact=contact,
        state_party=obligation.state_party,
        obligation_key=obligation.key,
        event=f"by hand/{as_at.isoformat()}/{obligation.pk}",
        places={"by": by.pk},
        planned_for=as_at,
        planned_at=now,
        state_since=now,
    )
    row.due_on = obligation.due_on
    row.obligation = obligation
    return row


def _refuse_pointless(row: Reminder, obligation: Obligation, contact: Contact, as_at: date) -> None:
    """Raise ValidationError where the alert would not go out, or to the wrong reader."""
    mute = MutesInForce(as_at=as_at).holding(row)
    sentence = why_no_alert(obligation, as_at=as_at)
    if not sentence and contact.state_id not in {None, obligation.state_party.state_id}:
        sentence = _("This contact belongs to another State.")
    elif not sentence and not contact.is_told_of(obligation.state_party.treaty_id):
        sentence = _("%(contact)s is not told of this treaty.")
    elif not sentence and not contact.is_told:
        sentence = _("%(contact)s is not told any more: mend that first.")
    elif not sentence and mute:
        sentence = _("Alerts to %(contact)s are held back until %(day)s: end that first.")
    if sentence:
        places = {"contact": contact, "day": long_date(mute.until) if mute else ""}
        raise ValidationError(sentence, code="pointless", params=places)


def _planned_once(fresh: Reminder) -> Reminder:
    """Save the row of its day, or plan that anew; raise ValidationError where it has gone out."""
    before = Reminder.objects.filter(contact=fresh.contact, event=fresh.event).first()
    if before is None:
        fresh.save()
        return fresh
    if before.state in {State.SENDING, State.SENT}:
        sentence = _("This has gone out to %(contact)s today already.")
        raise ValidationError(sentence, code="twice", params={"contact": fresh.contact})
    rows = Reminder.objects.filter(pk=before.pk)
    again: dict[str, Any] = {
        "attempts": 0,
        "releases": 0,
        "not_before": None,
        "handed_at": None,
        "message": None,
    }
    rows.change(State.PLANNED, now=fresh.state_since, due_on=fresh.due_on, error="", **again)
    return rows.get()


def _why_not_again(row: Reminder) -> str:
    """Return why it makes no sense to send a failed reminder again, if it does not."""
    if not row.reader_is_told:
        return _("%(contact)s is not told any more: mend that first.") % {"contact": row.reader}
    later = Reminder.objects.filter(
        contact=row.contact_id, obligation_key=row.obligation_key, occasion=Occasion.DATE_SET
    )
    if row.occasion == Occasion.DATE_SET and later.filter(pk__gt=row.pk).exists():
        return _("The date has changed again since; that is told instead.")
    return ""


def _example(as_at: date, by: User) -> Obligation:
    """Return what is due next, or has been for the shortest time, under the person's treaties."""
    rows = Obligation.objects.open(as_at=as_at).with_reports_on_record()
    rows = rows.filter(basis__in=("treaty", "committee"))
    if permissions.is_bound(by):
        rows = rows.filter(state_party__treaty__in=by.bound_to)
    ordered = rows.select_related("state_party__state", "state_party__treaty")
    ahead = ordered.filter(due_from__gte=as_at).order_by("due_from", "pk").first()
    found = ahead or ordered.order_by("-due_from", "pk").first()
    if found is None:
        sentence = _("Nothing is owed that an alert could tell of.")
        raise ValidationError(sentence, code="pointless")
    return found


def _test_row(obligation: Obligation, by: User) -> Reminder:
    """Return a reminder for the person in the place of a focal point; neither is saved."""
    state = obligation.state_party.state
    contact = Contact(
        state=state, role=Contact.Role.FOCAL_POINT, name=str(by), email=by.email, language="en"
    )
    row = Reminder(
        occasion=Occasion.ALERT,
        contact=contact,
        state_party=obligation.state_party,
        obligation_key=obligation.key,
    )
    row.obligation = obligation
    return row
