"""What the secretariat does by hand."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives

from reporting.models import Contact, Mute, Obligation, Reminder, Role, StateParty, User
from reporting.rules.partial_date import PartialDate
from reporting.services.errors import NotAllowedError
from reporting.services.reminder.acting import (
    retry_all_failed,
    retry_failed,
    send_now,
    send_test,
)
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.sending import send_due
from reporting.services.timetable import refresh
from tests.factories import NOW, ContactFactory, SubmissionFactory, UserFactory
from tests.services.reminder.conftest import Clock

pytestmark = pytest.mark.django_db
State = Reminder.State


@pytest.fixture
def officer() -> User:
    person: User = UserFactory.create(name="Ana Ruiz", email="ana@example.org")
    return person


@pytest.fixture
def second(party: StateParty) -> Obligation:
    return Obligation.objects.get(due_on="2022-10-01")


@pytest.fixture
def clock() -> Clock:
    """Return a morning without an alert."""
    return Clock(date(2022, 9, 11))


def by_hand(obligation: Obligation, contact: Contact, by: User, clock: Clock) -> Reminder:
    return send_now(obligation=obligation, contact=contact, by=by, as_at=clock.day, now=clock.now)


def refused(obligation: Obligation, contact: Contact, by: User, clock: Clock) -> str:
    with pytest.raises(ValidationError) as caught:
        by_hand(obligation, contact, by, clock)
    return caught.value.messages[0]


def send(clock: Clock) -> int:
    return send_due(as_at=clock.day, clock=clock).sent


def test_an_alert_by_hand_goes_out_with_the_next_sending(
    second: Obligation, siti: Contact, officer: User, clock: Clock, mailoutbox: Any
) -> None:
    row = by_hand(second, siti, officer, clock)
    assert (row.state, row.occasion, row.days_before) == ("planned", "alert", None)
    assert row.places == {"by": officer.pk}
    assert send(clock) == 1
    (mail,) = mailoutbox
    assert mail.to == [siti.email]
    assert "second periodic report" in mail.body


def test_it_goes_out_once_a_day_however_often_somebody_clicks(
    second: Obligation, siti: Contact, officer: User, clock: Clock
) -> None:
    rows = [by_hand(second, siti, officer, clock) for _click in range(2)]
    assert rows[0] == rows[1]
    assert send(clock) == 1
    sentence = refused(second, siti, officer, clock)
    assert sentence == f"This has gone out to {siti} today already."
    clock.pass_by(days=1)
    assert by_hand(second, siti, officer, clock) != rows[0]


def test_what_waits_already_is_sent_instead(
    second: Obligation, siti: Contact, officer: User, clock: Clock
) -> None:
    plan_alerts(as_at=clock.day, now=clock.now)
    Reminder.objects.filter(state="planned").update(not_before=NOW)
    row = by_hand(second, siti, officer, clock)
    assert (row.days_before, row.not_before, Reminder.objects.filter(event="").count()) == (
        30,
        None,
        Reminder.objects.count(),
    )
    assert send(clock) == 1


def test_it_is_cancelled_where_the_report_is_filed_or_the_date_moves(
    party: StateParty, second: Obligation, siti: Contact, officer: User, clock: Clock
) -> None:
    row = by_hand(second, siti, officer, clock)
    decision = party.decisions.get()
    decision.due_on = PartialDate(2023, 10, 1)
    decision.save()
    refresh(party=party, as_at=clock.day)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("cancelled", "moved")
    moved = Obligation.objects.open(as_at=clock.day).get(first_report=2)
    again = by_hand(moved, siti, officer, clock)
    assert (again.state, str(again.due_on)) == ("planned", "2023-10-01")
    SubmissionFactory.create(
        state_party=party, first_report=2, received_on=PartialDate.of(clock.day), symbol=""
    )
    refresh(party=party, as_at=clock.day)
    assert (send(clock), Reminder.objects.get(pk=again.pk).reason) == (0, "ended")


def test_what_would_not_go_out_is_refused_with_the_reason(
    party: StateParty, second: Obligation, siti: Contact, officer: User, clock: Clock
) -> None:
    other = ContactFactory.create(state__iso3="JAM", state__name="Jamaica")
    gone = ContactFactory.create(state=party.state, active=False)
    muted = ContactFactory.create(state=party.state)
    Mute.objects.create(
        contact=muted, starts_on=clock.day, until=date(2022, 9, 20), because="x", made_at=NOW
    )
    assert refused(second, other, officer, clock) == "This contact belongs to another State."
    assert refused(second, gone, officer, clock) == (
        f"{gone} is not told any more: mend that first."
    )
    assert refused(second, muted, officer, clock) == (
        f"Alerts to {muted} are held back until 20 September 2022: end that first."
    )
    Obligation.objects.filter(pk=second.pk).update(basis="estimate")
    assert refused(second, siti, officer, clock) == (
        "There is no firm date to tell of: it is not owed now, or an estimate."
    )
    assert not Reminder.objects.exists()


def fail(*rows: Reminder) -> None:
    pks = [row.pk for row in rows]
    Reminder.objects.filter(pk__in=pks).update(state=State.FAILED, attempts=4, reason="given up")


def test_what_failed_is_sent_again_one_or_all_of_it(
    party: StateParty, second: Obligation, siti: Contact, officer: User, clock: Clock
) -> None:
    readers = [siti, *(ContactFactory.create(state=party.state) for _number in range(3))]
    rows = [by_hand(second, reader, officer, clock) for reader in readers]
    fail(*rows)
    Contact.objects.filter(pk=readers[3].pk).update(active=False)
    assert retry_failed(reminder=rows[0], by=officer, now=clock.now)
    assert not retry_failed(reminder=rows[0], by=officer, now=clock.now)
    assert retry_all_failed(by=officer, now=clock.now) == 2
    assert [row.state for row in Reminder.objects.order_by("pk")] == ["planned"] * 3 + ["failed"]
    with pytest.raises(ValidationError, match="is not told any more: mend that first"):
        retry_failed(reminder=Reminder.objects.get(pk=rows[3].pk), by=officer, now=clock.now)


def test_a_date_that_changed_again_is_not_told_by_a_retry(
    party: StateParty, siti: Contact, officer: User, clock: Clock
) -> None:
    rows = [
        Reminder.objects.create(
            occasion="date set",
            contact=siti,
            state_party=party,
            obligation_key="key",
            event=str(number),
            places={"from": None, "to": "2023-01-01"},
            planned_for=clock.day,
            planned_at=NOW,
            state_since=NOW,
        )
        for number in range(2)
    ]
    fail(*rows)
    with pytest.raises(ValidationError, match="The date has changed again since"):
        retry_failed(reminder=rows[0], by=officer, now=clock.now)
    assert retry_all_failed(by=officer, now=clock.now) == 1


def test_a_test_is_marked_goes_to_who_asks_and_stands_in_no_ledger(
    second: Obligation, siti: Contact, officer: User, clock: Clock, mailoutbox: Any
) -> None:
    subject = send_test(by=officer, as_at=clock.day, now=clock.now)
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == (subject, ["ana@example.org"])
    assert subject.startswith("[Test] ")
    assert "second periodic report" in mail.body
    assert "List-Unsubscribe" not in mail.extra_headers
    assert not Reminder.objects.exists()


def test_a_test_that_the_mail_server_refuses_says_so(
    second: Obligation,
    officer: User,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_mail: EmailMultiAlternatives) -> int:
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    with pytest.raises(ValidationError, match="did not take the test"):
        send_test(by=officer, as_at=clock.day, now=clock.now, obligation=second)


def test_a_test_needs_something_to_tell(party: StateParty, officer: User, clock: Clock) -> None:
    Obligation.objects.update(basis="estimate")
    with pytest.raises(ValidationError, match="Nothing is owed that an alert could tell of"):
        send_test(by=officer, as_at=clock.day, now=clock.now)


def test_a_ministry_sends_nothing_by_hand(
    party: StateParty, second: Obligation, siti: Contact, clock: Clock
) -> None:
    ministry = UserFactory.create(role=Role.MINISTRY)
    ministry.states.add(party.state)
    row = by_hand(second, siti, UserFactory.create(), clock)
    fail(row)
    with pytest.raises(NotAllowedError):
        by_hand(second, siti, ministry, clock)
    with pytest.raises(NotAllowedError):
        retry_failed(reminder=row, by=ministry, now=clock.now)
    with pytest.raises(NotAllowedError):
        retry_all_failed(by=ministry, now=clock.now)
    with pytest.raises(NotAllowedError):
        send_test(by=ministry, as_at=clock.day, now=clock.now)
    assert Reminder.objects.get().state == "failed"
