"""The database is locked, or goes away, at every step of a sending."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection

from reporting.models import Reminder
from reporting.services.reminder.sending import send_due
from tests.faults.conftest import LATER, World, held_at
from tests.faults.mailserver import MailServer
from tests.faults.senders import Sender
from tests.faults.waiting import wait_until

pytestmark = pytest.mark.faults
Outage = Callable[[], AbstractContextManager[None]]
ON_POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture(autouse=True)
def _short_of_patience(database: dict[str, Any]) -> None:
    """Let nobody wait long for a lock, so that it lasts longer than they wait."""
    if ON_POSTGRESQL:
        database["OPTIONS"] = {"options": "-c lock_timeout=100"}
    else:
        database["OPTIONS"] = {**database["OPTIONS"], "timeout": 0.1}


@contextmanager
def locked() -> Iterator[None]:
    """Lock the database: the file, or on PostgreSQL the ledger."""
    if not ON_POSTGRESQL:
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
        other.close()
        return
    with connected() as server:
        server.execute("LOCK TABLE reporting_reminder IN EXCLUSIVE MODE")
        yield


def connected() -> "psycopg.Connection[Any]":
    database = connection.settings_dict
    return psycopg.connect(
        host=database["HOST"],
        port=database["PORT"] or None,
        user=database["USER"],
        password=database["PASSWORD"],
        dbname=database["NAME"],
    )


@contextmanager
def cut_off() -> Iterator[None]:
    """Close all connections to the database, as a restart of it does."""
    connection.close()
    with connected() as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    yield


OUTAGES = pytest.mark.parametrize("outage", [locked, cut_off] if ON_POSTGRESQL else [locked])


def test_a_database_that_is_locked_before_the_claim_delays_and_loses_nothing(
    world: World, server: MailServer, sender: Sender
) -> None:
    with locked():
        sender.begin("plan", "send", at=LATER)
        assert "Error" in sender.end()
    assert server.told == []
    sender.begin("plan", "send", at=LATER)
    assert sender.end() == ""
    assert server.told == world.addresses


@OUTAGES
def test_a_database_that_goes_away_before_a_mail_is_handed_over_stops_it(
    world: World, server: MailServer, sender: Sender, outage: Outage
) -> None:
    held_at("connect", server=server, sender=sender)
    with outage():
        server.tell()
        assert "Error" in sender.end()
    assert server.told == []
    send_due(as_at=LATER.date(), clock=lambda: LATER)
    assert server.told == world.addresses
    assert set(server.message_ids.values()) == {1}


@OUTAGES
@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_mail_that_was_handed_over_is_recorded_when_the_database_is_back(
    world: World, server: MailServer, sender: Sender, outage: Outage, step: str
) -> None:
    held_at(step, server=server, sender=sender)
    with outage():
        server.tell()
        wait_until(lambda: sender.has_warned("could not be recorded yet"))
    assert sender.end() == ""
    assert server.told == world.addresses
    assert set(server.message_ids.values()) == {1}
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent"}
