"""Signs of life."""

import dbm
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from celery.beat import PersistentScheduler
from celery.utils.time import maybe_iso8601
from django.db import DatabaseError, connection

from config.beat import CLOCKS_APART, SCHEDULE
from config.celery import app
from config.scheduler import Scheduler
from reporting.models import Heartbeat
from reporting.services.heartbeat import beat
from reporting.tasks import heartbeat
from tests.factories import NOW


@pytest.fixture
def scheduler(monkeypatch: pytest.MonkeyPatch) -> Scheduler:
    """Return the scheduler of a beat process whose broker is never there."""

    def no_broker(*_args: Any, **_options: Any) -> float:
        raise ConnectionError

    monkeypatch.setattr(PersistentScheduler, "tick", no_broker)
    # It would close the connection under the transaction of the test.
    monkeypatch.setattr("config.scheduler.close_old_connections", lambda: None)
    return Scheduler(app, lazy=True)


def seen() -> list[str]:
    return sorted(Heartbeat.objects.values_list("process", flat=True))


@pytest.mark.django_db
def test_the_task_is_the_sign_of_life_of_the_workers() -> None:
    entry = SCHEDULE["say that a worker lives"]
    assert entry["task"] == heartbeat.name
    heartbeat.delay(*entry["args"])
    assert seen() == ["worker"]


@pytest.mark.django_db
def test_beat_gives_its_own_without_a_broker_and_once_a_minute(scheduler: Scheduler) -> None:
    with pytest.raises(ConnectionError):
        scheduler.tick()
    assert seen() == ["beat"]
    Heartbeat.objects.all().delete()
    with pytest.raises(ConnectionError):
        scheduler.tick()
    assert seen() == []
    scheduler.last_sign = (scheduler.last_sign or 0) - 60
    with pytest.raises(ConnectionError):
        scheduler.tick()
    assert seen() == ["beat"]


@pytest.mark.parametrize("key", [b"entries", b"tz", b"utc_enabled", b"__version__"])
@pytest.mark.parametrize("left", [b"", b"\0" * 20, b"\x80\x05garbage"])
def test_a_beat_whose_file_is_damaged_begins_anew(tmp_path: Path, key: bytes, left: bytes) -> None:
    """As after a power failure: it would die of it at every start, and no alert would go out."""
    file = str(tmp_path / "beat")
    Scheduler(app, lazy=True, schedule_filename=file).setup_schedule()
    with dbm.open(file, "w") as table:
        table[key] = left
    again = Scheduler(app, lazy=True, schedule_filename=file)
    again.setup_schedule()
    assert set(SCHEDULE) <= set(again.schedule)
    again.close()


@pytest.mark.django_db
def test_a_database_that_cannot_be_written_is_logged_and_breaks_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def locked(*_args: Any) -> None:
        message = "database is locked"
        raise DatabaseError(message)

    with caplog.at_level(logging.WARNING), connection.execute_wrapper(locked):
        beat(process="beat", now=NOW)
    assert caplog.messages == ["No sign of life of the beat could be left: database is locked"]


def test_every_entry_of_the_table_names_a_task_and_expires_at_its_next_turn() -> None:
    app.loader.import_default_modules()
    for name, entry in SCHEDULE.items():
        assert entry["task"] in app.tasks, name
        turn = entry["schedule"]
        seconds = turn if isinstance(turn, int) else 24 * 3600
        assert entry["options"]["expires"] < seconds + CLOCKS_APART, name


def expired(seconds: int, *, ahead: timedelta) -> bool:
    """Whether a worker so far ahead throws away what beat has sent a second ago."""
    with time_machine.travel(NOW):
        sent = app.amqp.as_task_v2("1", "reporting.tasks.heartbeat", expires=seconds)
    with time_machine.travel(NOW + ahead + timedelta(seconds=1)):
        until = maybe_iso8601(sent.headers["expires"])
        return until is not None and app.now() > until


@pytest.mark.parametrize("minutes", [-5, 0, 5])
def test_a_worker_whose_clock_is_minutes_off_does_what_beat_asks_for(minutes: int) -> None:
    for name, entry in SCHEDULE.items():
        ahead = timedelta(minutes=minutes)
        assert not expired(entry["options"]["expires"], ahead=ahead), name
    assert expired(50, ahead=timedelta(minutes=5))  # as it was: no alert went out
