"""Who has fallen silent."""

from datetime import UTC, datetime, timedelta

import pytest

from reporting.queries.heartbeat import Silent, silent
from reporting.services.heartbeat import beat

MINUTE = timedelta(minutes=1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def names(*, now: datetime, up_since: datetime = NOON) -> list[str]:
    return [each.process for each in silent(now=now, up_since=up_since)]


def test_a_process_is_silent_from_ten_minutes_after_it_was_last_seen() -> None:
    beat(process="worker", now=NOON)
    beat(process="beat", now=NOON + 5 * MINUTE)
    assert names(now=NOON + 9.9 * MINUTE) == []
    assert names(now=NOON + 10 * MINUTE) == ["worker"]
    assert names(now=NOON + 15 * MINUTE) == ["worker", "beat"]
    beat(process="worker", now=NOON + 15 * MINUTE)
    assert names(now=NOON + 15 * MINUTE) == ["beat"]


def test_one_that_was_never_seen_counts_from_when_the_application_began() -> None:
    assert names(now=NOON + 9.9 * MINUTE) == []
    assert names(now=NOON + 10 * MINUTE) == ["worker", "beat"]
    assert names(now=NOON + 10 * MINUTE, up_since=NOON + MINUTE) == []


def test_one_that_was_seen_yesterday_is_silent_however_short_the_application_is_up() -> None:
    beat(process="worker", now=NOON - timedelta(days=1))
    assert names(now=NOON, up_since=NOON) == ["worker"]


def test_it_says_who_and_since_when() -> None:
    beat(process="worker", now=NOON)
    worker, clock = silent(now=NOON + 10 * MINUTE, up_since=NOON)
    assert worker == Silent(worker.process, NOON)
    assert str(worker) == (
        "The worker has been silent since 22 November 2026, 12:00 UTC; no alert goes out."
    )
    assert str(clock) == "The beat has never been seen; no alert goes out."
