"""The mail server is away, refuses, asks to wait, or breaks off."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from reporting.models import Reminder
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.sending import send_due
from tests.faults.conftest import MORNING, World
from tests.faults.mailserver import MailServer

pytestmark = pytest.mark.faults


def sweep(*, start: datetime = MORNING, hours: float = 0) -> datetime:
    """Plan and send as beat does, every quarter of an hour; return when that ended."""
    moments = [start + timedelta(minutes=minutes) for minutes in range(0, int(hours * 60) + 1, 15)]
    for now in moments:
        plan_alerts(as_at=now.date(), now=now)
        send_due(as_at=now.date(), clock=lambda now=now: now)  # type: ignore[misc]
    return moments[-1]


def states() -> Counter[str]:
    return Counter(Reminder.objects.values_list("state", flat=True))


def test_a_mail_server_that_is_down_for_hours_gets_every_mail_once_when_it_is_back(
    world: World, server: MailServer
) -> None:
    server.die()
    end = sweep(hours=6)
    assert (server.told, states()) == ([], {"planned": 4})
    server.start()
    sweep(start=end, hours=1)
    assert server.told == world.addresses
    assert set(server.message_ids.values()) == {1}


def test_a_mail_server_that_dies_in_the_middle_of_a_batch_gets_the_rest_when_it_is_back(
    world: World, server: MailServer
) -> None:
    server.tell(drop="lost")
    end = sweep()
    server.die()
    end = sweep(start=end, hours=1)
    assert server.told == []
    server.start()
    sweep(start=end, hours=1)
    assert server.told == world.addresses
    assert set(server.message_ids.values()) == {1}


@pytest.mark.parametrize(("drop", "copies"), [("lost", 1), ("accepted", 2)])
def test_a_connection_dropped_before_the_answer_to_data_leaves_nobody_out(
    world: World, server: MailServer, drop: str, copies: int
) -> None:
    server.tell(drop=drop, then=1)
    end = sweep()
    assert states() == {"sent": 3, "planned": 1}
    sweep(start=end, hours=1)
    assert server.told == world.addresses
    assert sorted(server.message_ids.values()) == [1, 1, 1, copies]


@pytest.mark.parametrize(
    "behaviour",
    [
        {"rcpt": "450 4.2.0 Mailbox busy", "then": 2},
        {"data": "452 4.3.1 No space left", "then": 2},
        {"data": "421 4.3.2 Shutting down", "then": 2},
        {"greylist": 3},
    ],
    ids=str,
)
def test_a_mail_server_that_asks_to_wait_is_asked_again_and_takes_each_mail_once(
    world: World, server: MailServer, behaviour: dict[str, str]
) -> None:
    server.tell(**behaviour)
    end = sweep()
    assert states()["planned"] >= 2
    sweep(start=end, hours=3)
    assert server.told == world.addresses
    assert set(server.message_ids.values()) == {1}


def test_an_address_refused_for_good_fails_at_once_and_the_others_are_told(
    world: World, server: MailServer
) -> None:
    refused = world.readers[1]
    server.tell(rcpt="550 5.1.1 No such user", address=refused.email)
    sweep(hours=1)
    assert server.told == sorted(set(world.addresses) - {refused.email})
    failed = Reminder.objects.get(state="failed")
    assert (failed.contact, failed.reason) == (refused, "address")
    refused.refresh_from_db()
    assert refused.refused_because == "550 5.1.1 No such user"
    sweep(start=MORNING + timedelta(days=24))
    assert server.message_ids.total() == 6


def test_a_mail_refused_for_good_fails_in_the_open_and_the_others_go(
    world: World, server: MailServer
) -> None:
    server.tell(data="554 5.7.1 Looks like spam", then=1)
    sweep(hours=1)
    assert len(server.told) == 3
    assert Reminder.objects.get(state="failed").error == "554 5.7.1 Looks like spam"
