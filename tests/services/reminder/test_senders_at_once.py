"""Several senders at one moment, each with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from kombu.exceptions import OperationalError

from reporting import tasks
from reporting.models import Contact
from reporting.services.reminder import ledger, sending
from reporting.services.reminder.plan import plan_alerts
from tests.factories import ContactFactory
from tests.services.reminder.conftest import Clock


def plan_for(readers: int, siti: Contact, clock: Clock) -> None:
    """Let alerts be due for so many readers, of whom one is on record."""
    assert siti.state
    ContactFactory.create_batch(readers - 1, state=siti.state, added_on=siti.added_on)
    plan_alerts(as_at=clock.day, now=clock.now)


@pytest.mark.django_db(transaction=True)
def test_a_second_sender_takes_the_readers_behind_those_of_the_first(
    siti: Contact,
    clock: Clock,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan_for(3, siti, clock)
    apart = request.getfixturevalue("apart")
    reading, claimed = Event(), Event()
    sort_out = ledger._sorted_out

    def slowly(*given: Any) -> Any:
        if not reading.is_set():
            reading.set()
            # Where the second has to wait for the first, it is not waited for.
            claimed.wait(0.5)
        return sort_out(*given)

    monkeypatch.setattr(ledger, "_sorted_out", slowly)

    def first() -> set[str]:
        with apart():
            taken = ledger.claim(as_at=clock.day, now=clock.now, most=2)
            return {each.message.to for each in taken}

    def second() -> set[str]:
        with apart():
            assert reading.wait(20)
            taken = ledger.claim(as_at=clock.day, now=clock.now, most=2)
            claimed.set()
            return {each.message.to for each in taken}

    with ThreadPoolExecutor(2) as threads:
        ours, theirs = [each.result() for each in [threads.submit(first), threads.submit(second)]]
    assert (len(ours), len(theirs), len(ours | theirs)) == (2, 1, 3)


@pytest.mark.parametrize(
    ("readers", "wanted"),
    [(0, 0), (1, 0), (2, 0), (3, 1), (5, 2), (9, 2)],
)
def test_as_many_senders_help_as_there_are_batches_and_the_settings_allow(
    siti: Contact,
    clock: Clock,
    readers: int,
    wanted: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    if readers:
        plan_for(readers, siti, clock)
    assert sending.helpers_wanted(as_at=clock.day, now=clock.now) == wanted


def test_a_sender_sends_alone_where_nobody_can_be_asked_to_help(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(**_given: Any) -> None:
        message = "Connection refused"
        raise OperationalError(message)

    sent: list[Any] = []
    monkeypatch.setattr(tasks, "helpers_wanted", lambda **_given: 2)
    monkeypatch.setattr(tasks, "send_due", lambda **given: sent.append(given))
    monkeypatch.setattr(tasks.send_reminders, "apply_async", gone)
    tasks.send_reminders()
    assert len(sent) == 1
    assert "No other worker could be asked to help" in caplog.text


def test_who_helps_asks_nobody_else(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(tasks, "helpers_wanted", lambda **_given: 2)
    monkeypatch.setattr(tasks.send_reminders, "apply_async", lambda **given: asked.append(given))
    tasks.send_reminders()
    assert [each["kwargs"] for each in asked] == [{"helps": True}] * 2
    tasks.send_reminders(helps=True)
    assert len(asked) == 2
