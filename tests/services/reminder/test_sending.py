"""Sending what is due: claimed, handed over, recorded."""

import smtplib
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend

from reporting.models import Contact, Mute, Obligation, Reminder, StateParty
from reporting.rules.partial_date import PartialDate
from reporting.services.reminder import ledger, writing
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.sending import Sent, send_due
from reporting.services.timetable import refresh
from tests.factories import ContactFactory, SubmissionFactory
from tests.services.reminder.conftest import Clock, claim_and_write

Mails = list[EmailMultiAlternatives]
State = Reminder.State


def plan(clock: Clock) -> None:
    plan_alerts(as_at=clock.day, now=clock.now)


def send(clock: Clock, **options: Any) -> Sent:
    return send_due(as_at=clock.day, clock=clock, **options)


class SlowServer(EmailBackend):
    """A mail server in memory that takes twenty seconds for each mail."""

    clock: Clock

    def send_messages(self, messages: Any) -> int:
        self.clock.pass_by(seconds=20)
        return super().send_messages(messages)


class Server(EmailBackend):
    """A mail server in memory that says what it is told to say, once each."""

    answers: list[Exception | None] = []

    def send_messages(self, messages: Any) -> int:
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer
        return super().send_messages(messages)


@pytest.fixture
def server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> list[Exception | None]:
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    answers: list[Exception | None] = []
    monkeypatch.setattr(Server, "answers", answers)
    return answers


def test_what_is_due_is_sent_once(siti: Contact, clock: Clock, mailoutbox: Mails) -> None:
    plan(clock)
    assert send(clock) == Sent(sent=1)
    assert send(clock) == Sent()
    (mail,) = mailoutbox
    row = Reminder.objects.select_related("message").get()
    assert row.message
    assert mail.to == [siti.email]
    assert mail.message()["Message-ID"] == row.message.message_id
    assert mail.message()["Auto-Submitted"] == "auto-generated"
    assert (row.state, row.sent_at) == ("sent", clock.now)
    assert row.message.subject == mail.subject
    assert row.message.text == mail.body


def test_what_one_reader_is_to_be_told_on_a_day_comes_in_one_mail(
    party: StateParty, siti: Contact, clock: Clock, mailoutbox: Mails
) -> None:
    due = Obligation.objects.get(due_on="2022-10-01")
    Obligation.objects.exclude(pk=due.pk).filter(due_on="2027-10-01").update(
        due_on="2022-10-01",
        due_from=date(2022, 10, 1),
        due_by=date(2022, 10, 1),
        arises_on=date(2022, 1, 1),
    )
    plan(clock)
    send(clock)
    assert Reminder.objects.filter(state=State.SENT).count() == 2
    assert len(mailoutbox) == 1


def test_a_report_filed_after_the_claim_is_not_alerted_of(
    party: StateParty, siti: Contact, clock: Clock, mailoutbox: Mails
) -> None:
    plan(clock)
    (claimed,) = ledger.claim(as_at=clock.day, now=clock.now, most=10)
    SubmissionFactory.create(
        state_party=party, first_report=2, symbol="CMW/C/IDN/2", received_on=PartialDate(2022, 9, 1)
    )
    refresh(party=party, as_at=clock.day)
    assert not ledger.hand_over(claimed, now=clock.now)
    assert send(clock) == Sent()
    assert Reminder.objects.get().state == State.CANCELLED


def test_two_senders_never_hold_the_same_row(siti: Contact, clock: Clock) -> None:
    plan(clock)
    assert len(ledger.claim(as_at=clock.day, now=clock.now, most=10)) == 1
    assert ledger.claim(as_at=clock.day, now=clock.now, most=10) == []


def test_a_mute_made_after_planning_holds_back_what_was_planned(
    siti: Contact, clock: Clock, mailoutbox: Mails
) -> None:
    plan(clock)
    Mute.objects.create(
        contact=siti, starts_on=clock.day, until=clock.day, because="Away.", made_at=clock.now
    )
    assert send(clock) == Sent()
    assert (Reminder.objects.get().state, Reminder.objects.get().reason) == ("skipped", "muted")


def test_while_the_mail_server_is_away_nothing_is_lost_and_the_latest_alert_is_sent_when_it_is_back(
    siti: Contact, clock: Clock, server: list[Exception | None], mailoutbox: Mails
) -> None:
    plan(clock)
    server.append(ConnectionRefusedError("refused"))
    assert send(clock).waiting == 1
    assert (Reminder.objects.get().reason, mailoutbox) == ("unreachable", [])
    assert send(clock) == Sent()  # it waits a minute
    clock.pass_by(days=25)
    plan(clock)
    assert send(clock) == Sent(sent=1)
    rows = Reminder.objects.order_by("-days_before")
    assert [(row.days_before, row.state) for row in rows] == [(30, "skipped"), (7, "sent")]


def test_a_server_that_asks_to_wait_is_asked_again_later_and_in_the_end_given_up(
    siti: Contact, clock: Clock, server: list[Exception | None], mailoutbox: Mails
) -> None:
    plan(clock)
    greylisted = smtplib.SMTPRecipientsRefused({siti.email: (451, b"4.7.1 Try again later")})
    waits = []
    for _time in range(3):
        server.append(greylisted)
        assert send(clock) == Sent(waiting=1)
        row = Reminder.objects.get()
        assert row.not_before is not None
        waits.append((row.not_before - clock.now) // timedelta(minutes=1))
        clock.now = row.not_before
    assert waits == [1, 5, 15]
    assert Reminder.objects.get().error == "451 4.7.1 Try again later"
    server.append(greylisted)
    clock.pass_by(days=5)
    assert send(clock) == Sent(waiting=1)
    assert (Reminder.objects.get().state, Reminder.objects.get().reason) == ("failed", "given up")


def test_an_address_that_is_refused_fails_at_once_and_is_not_written_to_again(
    siti: Contact, clock: Clock, server: list[Exception | None], mailoutbox: Mails
) -> None:
    plan(clock)
    server.append(smtplib.SMTPRecipientsRefused({siti.email: (550, b"5.1.1 No such user")}))
    assert send(clock) == Sent(failed=1)
    row = Reminder.objects.get()
    assert (row.state, row.reason, row.error) == ("failed", "address", "550 5.1.1 No such user")
    siti.refresh_from_db()
    assert (siti.refused_at, siti.refused_because) == (clock.now, "550 5.1.1 No such user")
    clock.pass_by(days=25)
    plan(clock)
    assert send(clock) == Sent()


def test_a_mail_that_is_refused_fails_in_the_open_and_can_be_sent_again(
    siti: Contact, clock: Clock, server: list[Exception | None], mailoutbox: Mails
) -> None:
    plan(clock)
    server.append(smtplib.SMTPDataError(554, b"5.7.1 Looks like spam"))
    assert send(clock) == Sent(failed=1)
    siti.refresh_from_db()
    assert siti.refused_at is None
    assert ledger.retry(reminder=Reminder.objects.get(), now=clock.now)
    assert send(clock) == Sent(sent=1)
    assert not ledger.retry(reminder=Reminder.objects.get(), now=clock.now)


def test_a_mail_that_cannot_be_written_fails_and_the_others_go(
    siti: Contact, clock: Clock, monkeypatch: pytest.MonkeyPatch, mailoutbox: Mails
) -> None:
    other = ContactFactory.create(name="Broken", added_on=clock.day)
    plan(clock)
    write = writing.write

    def breaks(message: Any, rows: Any, **given: Any) -> None:
        if rows[0].contact == other:
            raise LookupError(siti.name)
        write(message, rows, **given)

    monkeypatch.setattr(writing, "write", breaks)
    assert send(clock) == Sent(sent=1, failed=1)
    failed = Reminder.objects.get(contact=other)
    assert (failed.state, failed.reason, failed.error) == (
        "failed",
        "broken",
        "LookupError: Siti Rahayu",
    )


def test_of_a_mail_about_several_only_what_cannot_be_written_fails(
    party: StateParty,
    siti: Contact,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    mailoutbox: Mails,
) -> None:
    Obligation.objects.filter(due_on="2027-10-01").update(
        due_on="2022-10-01",
        due_from=date(2022, 10, 1),
        due_by=date(2022, 10, 1),
        arises_on=date(2022, 1, 1),
    )
    plan(clock)
    bad = Reminder.objects.order_by("pk")[0]
    write = writing.write

    def breaks(message: Any, rows: Any, **given: Any) -> None:
        if bad in rows:
            raise LookupError(siti.name)
        write(message, rows, **given)

    monkeypatch.setattr(writing, "write", breaks)
    assert send(clock) == Sent(sent=1, failed=1)
    assert Reminder.objects.get(state=State.FAILED) == bad


@pytest.mark.parametrize(
    ("handed", "states"),
    [(False, ["planned", "planned", "planned"]), (True, ["planned", "failed", "failed"])],
)
def test_rows_of_a_lost_sender_go_back_and_what_may_have_gone_out_goes_back_once(
    siti: Contact, clock: Clock, handed: bool, states: list[str], mailoutbox: Mails
) -> None:
    plan(clock)
    seen = []
    for _time in range(3):
        claimed = claim_and_write(clock)
        if handed and claimed:
            ledger.hand_over(claimed[0], now=clock.now)
        clock.pass_by(minutes=14)
        ledger.release(now=clock.now)
        clock.pass_by(minutes=2)
        ledger.release(now=clock.now)
        seen.append(Reminder.objects.get().state)
    assert seen == states


def test_a_copy_that_goes_out_after_a_lost_sender_has_the_same_message_id(
    siti: Contact, clock: Clock, mailoutbox: Mails
) -> None:
    plan(clock)
    (first,) = claim_and_write(clock)
    assert ledger.hand_over(first, now=clock.now)
    clock.pass_by(minutes=16)
    assert send(clock) == Sent(sent=1)
    assert mailoutbox[0].message()["Message-ID"] == first.message.message_id
    ledger.record_sent(first, now=clock.now)  # the lost one wakes up
    assert Reminder.objects.get().state == State.SENT


def test_no_more_go_out_in_a_minute_than_the_settings_let(
    siti: Contact, clock: Clock, settings: LazySettings, mailoutbox: Mails
) -> None:
    settings.REMINDERS_PER_MINUTE = 2
    for _number in range(2):
        ContactFactory.create()
    plan(clock)
    assert send(clock) == Sent(sent=2)
    assert send(clock) == Sent()
    clock.pass_by(seconds=61)
    assert send(clock) == Sent(sent=1)


def test_a_limit_counts_mails(siti: Contact, clock: Clock, mailoutbox: Mails) -> None:
    ContactFactory.create()
    plan(clock)
    assert send(clock, limit=1) == Sent(sent=1)


def test_a_run_ends_in_its_time_however_slow_the_mail_server_is(
    siti: Contact,
    clock: Clock,
    mailoutbox: Mails,
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(4):
        ContactFactory.create(state=siti.state)
    settings.EMAIL_BACKEND = f"{__name__}.SlowServer"
    monkeypatch.setattr(SlowServer, "clock", clock, raising=False)
    plan(clock)
    assert send(clock, longest=timedelta(seconds=50)) == Sent(sent=3)
    assert Reminder.objects.filter(state=State.PLANNED, planned_for=clock.day).count() == 2
    assert send(clock, longest=timedelta(seconds=50)) == Sent(sent=2)
    assert len({mail.to[0] for mail in mailoutbox}) == 5


def test_an_alert_that_waited_is_not_sent_after_a_later_one(
    siti: Contact, clock: Clock, server: list[Exception | None], mailoutbox: Mails
) -> None:
    plan(clock)
    Reminder.objects.update(not_before=clock.now + timedelta(days=25))
    clock.pass_by(days=24)
    plan(clock)
    assert send(clock) == Sent(sent=1)
    clock.pass_by(days=1)
    assert send(clock) == Sent()
    rows = Reminder.objects.order_by("-days_before")
    assert [(row.days_before, row.state) for row in rows] == [(30, "skipped"), (7, "sent")]


def test_a_limit_counts_the_mails_to_one_reader_too(
    siti: Contact, clock: Clock, mailoutbox: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "MOST_IN_ONE", 1)
    Obligation.objects.filter(due_on="2027-10-01").update(
        due_on="2022-10-01",
        due_from=date(2022, 10, 1),
        due_by=date(2022, 10, 1),
        arises_on=date(2022, 1, 1),
    )
    plan(clock)
    assert send(clock, limit=1) == Sent(sent=1)
    assert send(clock) == Sent(sent=1)


@pytest.mark.parametrize(
    "answer",
    [
        smtplib.SMTPSenderRefused(530, b"5.7.0 Authentication required", "desk@example.org"),
        smtplib.SMTPAuthenticationError(535, b"5.7.8 Bad credentials"),
        smtplib.SMTPSenderRefused(550, b"5.7.1 Sender unknown", "desk@example.org"),
    ],
)
def test_what_a_mail_server_has_against_us_fails_no_mail(
    siti: Contact,
    clock: Clock,
    server: list[Exception | None],
    mailoutbox: Mails,
    answer: Exception,
) -> None:
    plan(clock)
    server.append(answer)
    assert send(clock) == Sent(waiting=1)
    assert (Reminder.objects.get().state, Reminder.objects.get().reason) == (
        "planned",
        "unreachable",
    )
    clock.pass_by(days=3)
    assert send(clock) == Sent(sent=1)
