"""What a reader does from the links of a mail."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Contact, Message, Obligation, Reminder, StateParty
from reporting.services.reminder import reader
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.sending import send_due
from tests.factories import NOW, ContactFactory
from tests.services.reminder.conftest import Clock

State = Reminder.State


@pytest.fixture
def alert(siti: Contact, clock: Clock) -> Message:
    """Return the alert that went out thirty days before the date."""
    plan_alerts(as_at=clock.day, now=clock.now)
    send_due(as_at=clock.day, clock=clock)
    return Message.objects.get()


def test_the_first_time_that_an_alert_is_acknowledged_counts(alert: Message) -> None:
    assert reader.acknowledge(message=alert, at=NOW).acknowledged_at == NOW
    later = NOW + timedelta(days=1)
    assert reader.acknowledge(message=alert, at=later).acknowledged_at == NOW


def test_what_is_acknowledged_is_not_escalated(alert: Message, clock: Clock) -> None:
    ContactFactory.create(role=Contact.Role.VALIDATING_AUTHORITY, added_on=clock.day)
    reader.acknowledge(message=alert, at=clock.now)
    Obligation.objects.update(look_on=clock.day)
    plan_alerts(as_at=clock.day, now=clock.now)
    assert not Reminder.objects.filter(occasion="escalation").exists()


def test_acknowledging_cancels_an_escalation_that_waits_to_be_sent(
    alert: Message, clock: Clock
) -> None:
    ContactFactory.create(role=Contact.Role.VALIDATING_AUTHORITY, added_on=clock.day)
    Obligation.objects.update(look_on=clock.day)
    plan_alerts(as_at=clock.day, now=clock.now)
    escalation = Reminder.objects.get(occasion="escalation")
    assert escalation.state == State.PLANNED
    reader.acknowledge(message=alert, at=clock.now)
    escalation.refresh_from_db()
    assert (escalation.state, escalation.reason) == ("cancelled", "reversed")
    assert Reminder.objects.filter(occasion="alert", state=State.PLANNED).count() == 1


def test_whoever_unsubscribes_is_told_nothing_more_and_the_history_says_so(
    siti: Contact, clock: Clock
) -> None:
    plan_alerts(as_at=clock.day, now=clock.now)
    assert reader.unsubscribe(contact=siti, at=NOW).unsubscribed_at == NOW
    assert reader.unsubscribe(contact=siti, at=NOW + timedelta(days=1)).unsubscribed_at == NOW
    assert Reminder.objects.get().get_reason_display() == "the reader is not told any more"
    assert send_due(as_at=clock.day, clock=clock).sent == 0
    change = siti.history.latest()
    assert (change.history_user, change.history_change_reason) == (
        None,
        "unsubscribed by the link in a mail",
    )
    assert siti.history.count() == 2


def test_whoever_comes_back_gets_the_alert_that_is_due(
    party: StateParty, siti: Contact, clock: Clock
) -> None:
    plan_alerts(as_at=clock.day, now=clock.now)
    reader.unsubscribe(contact=siti, at=clock.now)
    assert reader.subscribe(contact=siti).is_told
    plan_alerts(as_at=clock.day, now=clock.now)
    assert send_due(as_at=clock.day, clock=clock).sent == 1


def test_a_language_is_one_of_those_there_are(siti: Contact) -> None:
    assert reader.choose_language(contact=siti, language="fr").language == "fr"
    with pytest.raises(ValidationError):
        reader.choose_language(contact=siti, language="tlh")
    siti.refresh_from_db()
    assert siti.language == "fr"
    assert siti.history.latest().history_change_reason == "chosen by the link in a mail"
