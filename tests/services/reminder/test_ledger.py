"""The ledger where something goes wrong between its steps."""

from datetime import date, timedelta

import pytest
from django.conf import LazySettings
from django.db import OperationalError

from reporting.models import Contact, Message, Obligation, Reminder
from reporting.services.reminder import ledger, sending, writing
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.sending import Sent, send_due
from tests.factories import ContactFactory
from tests.services.reminder.conftest import Clock, claim_and_write
from tests.services.reminder.test_sending import Mails

State = Reminder.State


def claim(clock: Clock) -> list[ledger.Claimed]:
    plan_alerts(as_at=clock.day, now=clock.now)
    return claim_and_write(clock)


def test_the_last_mail_of_a_slow_batch_is_not_taken_for_lost(siti: Contact, clock: Clock) -> None:
    (claimed,) = claim(clock)
    clock.pass_by(minutes=14)
    assert ledger.hand_over(claimed, now=clock.now)
    clock.pass_by(minutes=2)
    assert ledger.release(now=clock.now) == 0
    ledger.record_sent(claimed, now=clock.now)
    assert Reminder.objects.get().state == State.SENT


def test_what_a_reader_acknowledged_stays_so_when_a_copy_goes_out(
    siti: Contact, clock: Clock, mailoutbox: Mails
) -> None:
    (claimed,) = claim(clock)
    assert ledger.hand_over(claimed, now=clock.now)
    clock.pass_by(minutes=16)
    ledger.release(now=clock.now)
    (again,) = claim(clock)
    Message.objects.update(acknowledged_at=clock.now)
    sending._Sender(
        as_at=clock.day, clock=clock, sent=Sent(), until=clock.now + timedelta(hours=1)
    ).send([again])
    assert len(mailoutbox) == 1
    assert Message.objects.get().acknowledged_at == clock.now


@pytest.fixture
def _connected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the connection that holds the transaction of the test."""
    monkeypatch.setattr(sending, "close_old_connections", lambda: None)


@pytest.mark.usefixtures("_connected")
def test_a_mail_is_recorded_when_the_database_can_be_written_again(
    siti: Contact, clock: Clock, mailoutbox: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(sending, "sleep", waits.append)
    step, locked = ledger.step, ["database is locked"] * 3

    def locked_step(**given: object) -> bool:
        if given["taken"] and locked:
            raise OperationalError(locked.pop())
        return step(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger, "step", locked_step)
    plan_alerts(as_at=clock.day, now=clock.now)
    assert send_due(as_at=clock.day, clock=clock) == Sent(sent=1)
    assert (len(mailoutbox), len(waits)) == (1, 3)
    assert Reminder.objects.get().state == State.SENT


@pytest.mark.usefixtures("_connected")
def test_what_cannot_be_recorded_for_long_goes_out_once_more_with_the_same_message_id(
    siti: Contact, clock: Clock, mailoutbox: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = ledger.step

    def never(**given: object) -> bool:
        if given["taken"]:
            message = "database is locked"
            raise OperationalError(message)
        return step(**given)  # type: ignore[arg-type]

    plan_alerts(as_at=clock.day, now=clock.now)
    with monkeypatch.context() as broken:
        broken.setattr(sending, "sleep", lambda _seconds: None)
        broken.setattr(ledger, "step", never)
        with pytest.raises(OperationalError):
            send_due(as_at=clock.day, clock=clock)
    assert send_due(as_at=clock.day, clock=clock) == Sent()
    clock.pass_by(minutes=16)
    assert send_due(as_at=clock.day, clock=clock) == Sent(sent=1)
    assert len({mail.message()["Message-ID"] for mail in mailoutbox}) == 1


def test_a_database_that_fails_while_mails_are_written_fails_no_mail(
    siti: Contact, clock: Clock, mailoutbox: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_given: object, **_named: object) -> None:
        message = "the connection was closed"
        raise OperationalError(message)

    plan_alerts(as_at=clock.day, now=clock.now)
    with monkeypatch.context() as broken:
        broken.setattr(writing, "write", away)
        with pytest.raises(OperationalError):
            send_due(as_at=clock.day, clock=clock)
    assert send_due(as_at=clock.day, clock=clock) == Sent(sent=1)


def test_a_clock_that_is_set_back_holds_nothing_up(
    siti: Contact, clock: Clock, settings: LazySettings, mailoutbox: Mails
) -> None:
    settings.REMINDERS_PER_MINUTE = 1
    ContactFactory.create()
    plan_alerts(as_at=clock.day, now=clock.now)
    assert send_due(as_at=clock.day, clock=clock) == Sent(sent=1)
    clock.pass_by(hours=-1)
    assert send_due(as_at=clock.day, clock=clock) == Sent(sent=1)


def test_an_alert_of_a_duty_that_arises_tomorrow_by_a_clock_set_back_waits_for_it(
    siti: Contact, clock: Clock, mailoutbox: Mails
) -> None:
    Obligation.objects.filter(due_on="2022-10-01").update(arises_on=clock.day)
    plan_alerts(as_at=clock.day, now=clock.now)
    yesterday = clock.day - timedelta(days=1)
    Reminder.objects.update(planned_for=yesterday)
    assert send_due(as_at=yesterday, clock=clock) == Sent()
    assert send_due(as_at=date(2022, 9, 1), clock=clock) == Sent(sent=1)


def test_a_mail_that_was_written_and_never_handed_over_is_forgotten(
    siti: Contact, clock: Clock
) -> None:
    claimed = claim(clock)
    ledger.give_back(claimed, now=clock.now)
    assert Reminder.objects.get().state == State.PLANNED
    assert Message.objects.count() == 0


def test_what_a_lost_sender_wrote_is_forgotten_when_its_rows_go_back(
    siti: Contact, clock: Clock, mailoutbox: Mails
) -> None:
    claim(clock)
    clock.pass_by(minutes=16)
    assert send_due(as_at=clock.day, clock=clock) == Sent(sent=1)
    assert Message.objects.get() == Reminder.objects.get().message


def test_what_is_claimed_beyond_what_was_asked_for_is_put_back(siti: Contact, clock: Clock) -> None:
    plan_alerts(as_at=clock.day, now=clock.now)
    row = Reminder.objects.get()
    row.pk, row.occasion, row.event, row.days_before = None, "date set", "of a date", None
    row.due_on = None
    row.save()
    assert len(ledger.claim(as_at=clock.day, now=clock.now, most=1)) == 1
    assert sorted(Reminder.objects.values_list("state", flat=True)) == ["planned", "sending"]
