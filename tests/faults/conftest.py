"""A database of its own that processes share, a mail server, senders, and a world with dates."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import LazySettings
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker

from reporting.models import Contact, StateParty
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import refresh
from tests.factories import (
    ContactFactory,
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
)
from tests.faults.mailserver import MailServer
from tests.faults.senders import Sender
from tests.faults.waiting import wait_until

# The morning of the alert thirty days before the date.
MORNING = datetime.combine(date(2022, 9, 1), time_of_day(5), UTC)
# When what a lost sender held has been released.
LATER = MORNING + timedelta(minutes=16)
READERS = 4


def held_at(step: str, *, server: MailServer, sender: Sender) -> None:
    """Let a sender plan and send until the mail server keeps it waiting at that step."""
    server.tell(hold=step)
    sender.begin("plan", "send", at=MORNING)
    wait_until(server.is_holding)


def _on_postgresql(statement: str) -> None:
    """Run a statement beside all databases."""
    about = connection.settings_dict
    with psycopg.connect(
        host=about["HOST"],
        port=about["PORT"] or None,
        user=about["USER"],
        password=about["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as server:
        server.execute(statement.encode())


@pytest.fixture(scope="session")
def _template(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Give an empty database with all tables, to copy."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            file = tmp_path_factory.mktemp("faults") / "template.sqlite3"
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(file)])
            yield str(file)
        else:
            connection.close()  # what is being copied may have no users
            with _copy_on_postgresql(str(connection.settings_dict["NAME"])) as name:
                yield name


@contextmanager
def _copy_on_postgresql(template: str) -> Iterator[str]:
    name = f"faults_{uuid4().hex}"
    _on_postgresql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield name
    _on_postgresql(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _copy_on_sqlite(template: str, folder: Path) -> Iterator[str]:
    yield str(shutil.copy(template, folder / "db.sqlite3"))


@pytest.fixture
def database(_template: str, tmp_path: Path, db: None) -> Iterator[dict[str, Any]]:
    """Give the test an empty database of its own; return how a process reaches it."""
    kept = connections["default"]
    on_sqlite = kept.vendor == "sqlite"
    copy = _copy_on_sqlite(_template, tmp_path) if on_sqlite else _copy_on_postgresql(_template)
    with copy as name:
        own = connections.create_connection("default")
        own.settings_dict = {**kept.settings_dict, "NAME": name}
        connections["default"] = own
        yield own.settings_dict
        own.close()
        connections["default"] = kept


@pytest.fixture
def server(tmp_path: Path, settings: LazySettings) -> Iterator[MailServer]:
    """Start a mail server, which this process sends to."""
    started = MailServer(tmp_path / "mails.jsonl")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started.port
    yield started
    started.die()


@pytest.fixture
def senders(
    database: dict[str, Any], server: MailServer, tmp_path: Path
) -> Iterator[Callable[[], Sender]]:
    """Return how to start a sender on that database and that mail server."""
    started: list[Sender] = []

    def start() -> Sender:
        log = tmp_path / f"sender{len(started)}.log"
        started.append(Sender(database=database, port=server.port, log=log))
        return started[-1]

    yield start
    for sender in started:
        sender.kill()


@pytest.fixture
def sender(senders: Callable[[], Sender]) -> Sender:
    """Return one that has been started."""
    return senders()


@dataclass
class World:
    """A State party whose report is due on 1 October 2022, and who is told of it."""

    party: StateParty
    readers: list[Contact] = field(default_factory=list)

    @property
    def addresses(self) -> list[str]:
        """Where mail is to come in."""
        return sorted(reader.email for reader in self.readers)


@pytest.fixture
def world(database: dict[str, Any]) -> World:
    """Return that world, with a few readers of one State."""
    party = StatePartyFactory.create()
    review = ReviewFactory.create(state_party=party)
    SubmissionFactory.create(state_party=party)
    DecisionFactory.create(state_party=party, review=review)
    refresh(party=party, as_at=date(2021, 1, 1))
    added_on = date(2022, 8, 1)
    readers = [
        ContactFactory.create(state=party.state, added_on=added_on) for _number in range(READERS)
    ]
    return World(party, readers)


@pytest.fixture
def today(world: World) -> World:
    """Return the world with a date for which an alert goes out today."""
    day = datetime.now(UTC).date()
    due = day + timedelta(days=30)
    world.party.decisions.update(due_on=PartialDate(due.year, due.month, due.day))
    refresh(party=world.party, as_at=day)
    return world
