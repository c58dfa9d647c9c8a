"""Senders are killed, stand still, come in numbers, or do not run for weeks."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from reporting.models import Obligation, Reminder
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.sending import send_due
from tests.factories import ContactFactory
from tests.faults.conftest import LATER, MORNING, World, held_at
from tests.faults.mailserver import MailServer
from tests.faults.senders import Sender
from tests.faults.waiting import wait_until

pytestmark = pytest.mark.faults
Senders = Callable[[], Sender]


@pytest.mark.parametrize(
    "step",
    [("connect", 0, 1), ("RCPT", 1, 1), ("DATA", 1, 2)],
    ids=["after the claim", "after handing over", "after the server's acceptance"],
)
def test_what_a_killed_sender_left_is_sent_by_the_next_one(
    world: World, server: MailServer, sender: Sender, step: tuple[str, int, int]
) -> None:
    held, handed, copies = step
    held_at(held, server=server, sender=sender)
    sender.kill()
    assert Reminder.objects.filter(state="sending").count() == 4
    assert Reminder.objects.filter(handed_at__isnull=False).count() == handed
    server.tell()
    send_due(as_at=LATER.date(), clock=lambda: LATER)
    assert server.told == world.addresses
    assert sorted(server.message_ids.values()) == [1, 1, 1, copies]
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent"}


def test_a_sender_killed_in_the_middle_of_a_batch_has_recorded_what_it_had_sent(
    world: World, server: MailServer, sender: Sender
) -> None:
    server.tell(hold="RCPT", hold_after=2)
    sender.begin("plan", "send", at=MORNING)
    wait_until(server.is_holding)
    sender.kill()
    assert Reminder.objects.filter(state="sent").count() == 2
    server.tell()
    send_due(as_at=LATER.date(), clock=lambda: LATER)
    assert server.told == world.addresses
    assert set(server.message_ids.values()) == {1}


def test_a_sender_that_stood_still_and_wakes_up_sends_nothing_that_another_has_taken_over(
    world: World, server: MailServer, sender: Sender
) -> None:
    held_at("connect", server=server, sender=sender)
    sender.stop()
    server.tell()
    send_due(as_at=LATER.date(), clock=lambda: LATER)
    sender.go_on()
    assert sender.end() == ""
    assert server.told == world.addresses
    assert set(server.message_ids.values()) == {1}


def test_two_planners_and_three_senders_at_once_tell_everybody_once(
    world: World, server: MailServer, senders: Senders
) -> None:
    addresses = [*world.addresses]
    addresses += [ContactFactory.create(added_on=MORNING.date()).email for _number in range(60)]
    at_once = [senders() for _number in range(5)]
    for number, sender in enumerate(at_once):
        sender.begin(*(["plan"] if number < 2 else ["plan", "send"]), at=MORNING)
    assert [sender.end() for sender in at_once] == [""] * 5
    send_due(as_at=MORNING.date(), clock=lambda: MORNING)  # what was planned last
    assert server.told == sorted(addresses)
    assert set(server.message_ids.values()) == {1}
    assert Reminder.objects.filter(days_before=30).count() == len(addresses)


def test_after_forty_days_without_beat_everybody_is_told_once_of_the_latest_alert(
    world: World, server: MailServer
) -> None:
    late = MORNING + timedelta(days=40)
    for now in (MORNING, late):
        plan_alerts(as_at=now.date(), now=now)
        send_due(as_at=now.date(), clock=lambda now=now: now)  # type: ignore[misc]
    assert server.told == sorted(world.addresses * 2)
    assert set(server.message_ids.values()) == {1}
    skipped = Reminder.objects.filter(state="skipped", contact=world.readers[0])
    assert [row.days_before for row in skipped.order_by("planned_for")] == [7, 1, 0]
    assert Reminder.objects.filter(state="sent", days_before=-1).count() == len(world.readers)


@pytest.mark.parametrize("hour", [0, 12], ids=["over midnight", "at noon"])
def test_a_clock_set_back_an_hour_neither_repeats_nor_loses_an_alert(
    world: World, server: MailServer, hour: int
) -> None:
    Obligation.objects.filter(due_on="2022-10-01").update(arises_on=MORNING.date())
    first = MORNING.replace(hour=hour, minute=30)
    plan_alerts(as_at=first.date(), now=first)
    send_due(as_at=first.date(), clock=lambda: first, limit=2)
    for step in range(-60, 60, 20):
        now = first + timedelta(minutes=step)
        plan_alerts(as_at=now.date(), now=now)
        send_due(as_at=now.date(), clock=lambda now=now: now)  # type: ignore[misc]
    assert server.told == world.addresses
    assert set(server.message_ids.values()) == {1}
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize("minutes", [-5, 5])
def test_two_hosts_whose_clocks_are_apart_tell_everybody_once(
    world: World, server: MailServer, sender: Sender, minutes: int
) -> None:
    held_at("RCPT", server=server, sender=sender)
    there = MORNING + timedelta(minutes=minutes)
    server.tell()
    plan_alerts(as_at=there.date(), now=there)
    send_due(as_at=there.date(), clock=lambda: there)
    assert sender.end() == ""
    for now in (there, LATER):
        plan_alerts(as_at=now.date(), now=now)
        send_due(as_at=now.date(), clock=lambda now=now: now)  # type: ignore[misc]
    assert server.told == world.addresses
    assert set(server.message_ids.values()) == {1}
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent"}
