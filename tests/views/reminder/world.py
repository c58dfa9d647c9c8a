"""Reminders in every state, for the pages that show them."""

from datetime import date, timedelta
from typing import Any

from reporting.models import Contact, Message, Mute, Occasion, Reminder, StateParty
from reporting.rules.partial_date import PartialDate
from tests.factories import NOW, ContactFactory

TODAY = NOW.date()


def party_of(iso3: str) -> StateParty:
    """Return a State party on record."""
    return StateParty.objects.select_related("state").get(state__iso3=iso3, treaty__code="CMW")


def contact_of(iso3: str, **given: Any) -> Contact:
    """Return a new focal point of a State on record."""
    contact: Contact = ContactFactory.create(state=party_of(iso3).state, **given)
    return contact


def mail(reader: Contact | None, **given: Any) -> Message:
    """Return a mail as it is kept once it was sent."""
    assert reader
    said = {
        "to": reader.email,
        "language": reader.language,
        "subject": "Third periodic report due in 30 days",
        "text": "Your report is due on 22 December 2026.",
        "html": "<p>Your report is due on 22 December 2026.</p>",
        "made_at": NOW,
    }
    return Message.objects.create(**said | given)


def reminder(reader: Contact | None, state: str = Reminder.State.PLANNED, **given: Any) -> Reminder:
    """Return an alert about the first duty of the reader's State that is open, or about another."""
    assert reader
    party = party_of(reader.state.iso3 if reader.state else "IDN")
    duty = party.obligations.open(as_at=TODAY).order_by("pk")[0]
    row = {
        "occasion": Occasion.ALERT,
        "contact": reader,
        "state_party": party,
        "obligation_key": duty.key,
        "due_on": duty.due_on or PartialDate(2026, 12, 22),
        "days_before": 30,
        "planned_for": TODAY,
        "planned_at": NOW,
        "state": state,
        "state_since": NOW,
    }
    return Reminder.objects.create(**row | given)


def mute(**given: Any) -> Mute:
    """Return a mute that began yesterday and lasts for 60 days more."""
    said = {"because": "Announced.", "made_at": NOW, "starts_on": days_from_now(-1)}
    return Mute.objects.create(**said | {"until": days_from_now(60)} | given)


def days_from_now(days: int) -> date:
    """Return a day seen from the one on which these tests run."""
    return TODAY + timedelta(days=days)
