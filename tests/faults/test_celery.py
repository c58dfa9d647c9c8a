"""Real workers and beats on a real broker, which are killed or come in numbers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F

from reporting.models import Heartbeat, Reminder
from reporting.services.reminder.follow import look_again
from tests.factories import ContactFactory
from tests.faults.conftest import World
from tests.faults.hosts import Host, environment_of, kill
from tests.faults.mailserver import MailServer
from tests.faults.waiting import wait_until

pytestmark = pytest.mark.faults


@pytest.fixture
def host(
    database: dict[str, Any], server: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    """Return one whose broker runs."""
    folder = tmp_path_factory.mktemp("h")
    environment = environment_of(folder, database=database, server=server) | {
        "CELERY_BROKER_URL": f"redis+socket://{folder / 's' / 'b.sock'}?virtual_host=0",
    }
    host = Host(folder, environment)
    host.broker()
    yield host
    host.end()


def wait_for_turns(count: int) -> None:
    """Wait until the workers have been given so many turns more."""
    signs: set[datetime] = set()

    def turned() -> bool:
        signs.update(Heartbeat.objects.filter(process="worker").values_list("seen_at", flat=True))
        return len(signs) > count

    wait_until(turned)


def more_readers(world: World, count: int) -> None:
    added_on = datetime.now(UTC).date()
    for _number in range(count):
        world.readers.append(ContactFactory.create(state=world.party.state, added_on=added_on))
    look_again(state=world.party.state)


def test_two_beats_and_three_workers_tell_everybody_once(
    today: World, server: MailServer, host: Host
) -> None:
    more_readers(today, 120)
    for start in (host.beat, host.beat, host.worker, host.worker, host.worker):
        start()
    wait_until(lambda: len(server.accepted) >= len(today.readers))
    wait_for_turns(5)
    assert server.told == today.addresses
    assert set(server.message_ids.values()) == {1}


@pytest.mark.parametrize(("step", "copies"), [("connect", 0), ("RCPT", 0), ("DATA", 1)])
def test_a_worker_killed_in_the_middle_of_a_batch_is_followed_by_another(
    today: World, server: MailServer, host: Host, step: str, copies: int
) -> None:
    server.tell(hold=step, hold_after=0 if step == "connect" else 2)
    host.beat()
    worker = host.worker()
    wait_until(server.is_holding)
    kill(worker)
    server.tell()
    ago = timedelta(minutes=16)
    Reminder.objects.update(state_since=F("state_since") - ago, handed_at=F("handed_at") - ago)
    host.worker()
    wait_until(lambda: server.told == today.addresses)
    wait_for_turns(2)
    assert server.message_ids.total() == len(today.readers) + copies


def test_a_broker_that_is_killed_and_comes_back_empty_loses_nothing(
    today: World, server: MailServer, host: Host
) -> None:
    broker = host.started[0]
    host.beat()
    host.worker()
    wait_until(lambda: server.told == today.addresses)
    kill(broker)
    more_readers(today, 3)
    host.broker()
    wait_until(lambda: server.told == today.addresses)
    wait_for_turns(2)
    assert set(server.message_ids.values()) == {1}
