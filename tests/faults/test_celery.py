"""Real workers and beats on a real broker, which are killed or come in numbers."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F

from config.embedded import commands
from config.settings import BASE_DIR
from reporting.models import Heartbeat, Reminder
from reporting.rules.partial_date import PartialDate
from reporting.services.reminder.follow import look_again
from reporting.services.timetable import refresh
from tests.factories import ContactFactory
from tests.faults.conftest import World
from tests.faults.mailserver import MailServer
from tests.faults.waiting import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow]
CELERY = [sys.executable, "-m", "celery", "-A", "tests.faults.often"]
ALONE = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


@dataclass
class Host:
    """Processes with one database, one broker and one mail server, and what they print."""

    folder: Path
    environment: dict[str, str]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a process, which leads a group of its own."""
        with self.log(len(self.started)).open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - the commands are our own
                command,
                cwd=BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def log(self, number: int) -> Path:
        """Return where a process prints."""
        return self.folder / f"process{number}.log"

    def worker(self) -> "subprocess.Popen[bytes]":
        """Start a worker."""
        name = f"worker{len(self.started)}@localhost"
        options = ("--loglevel", "INFO", "--concurrency", "1", "--hostname", name, *ALONE)
        return self.run(*CELERY, "worker", *options)

    def beat(self) -> "subprocess.Popen[bytes]":
        """Start a beat, with a timetable file of its own as on another machine."""
        file = self.folder / f"beat{len(self.started)}"
        return self.run(*CELERY, "beat", "--pidfile=", "--schedule", str(file))

    def broker(self) -> "subprocess.Popen[bytes]":
        """Start an empty broker, and wait until it answers."""
        data, socket = self.folder / "broker", self.folder / "s" / "b.sock"
        shutil.rmtree(data, ignore_errors=True)
        process = self.run(*commands.broker(data=data, listens_on=socket))
        wait_until(lambda: commands.broker_answers(socket))
        return process


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process and what it has started, in the middle of what they do."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _database_url(about: dict[str, Any]) -> str:
    if "sqlite" in about["ENGINE"]:
        return f"sqlite:///{about['NAME']}"
    return f"postgres://{about['USER']}:{about['PASSWORD']}@{about['HOST']}:{about['PORT'] or 5432}/{about['NAME']}"


@pytest.fixture
def host(
    database: dict[str, Any], server: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    """Return one whose broker runs."""
    folder = tmp_path_factory.mktemp("h")
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = kept | {
        "VAR_DIR": str(folder / "var"),
        "DATABASE_URL": _database_url(database),
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "CELERY_BROKER_URL": f"redis+socket://{folder / 's' / 'b.sock'}?virtual_host=0",
    }
    host = Host(folder, environment)
    host.broker()
    yield host
    for process in host.started:
        kill(process)


@pytest.fixture
def today(world: World) -> World:
    """Return the world with a date for which an alert goes out today."""
    day = datetime.now(UTC).date()
    due = day + timedelta(days=30)
    world.party.decisions.update(due_on=PartialDate(due.year, due.month, due.day))
    refresh(party=world.party, as_at=day)
    return world


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
