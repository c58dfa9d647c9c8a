"""A refresh of all timetables whose worker or broker is killed in the middle."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from string import ascii_uppercase
from typing import Any

import pytest
from django.db import connection
from django.db.models import F

from reporting.models import Obligation, RefreshChunk, RefreshRun, StateParty
from reporting.queries.refresh import progress
from reporting.services.timetable import Changes, refresh
from tests.factories import StateFactory, StatePartyFactory
from tests.faults.hosts import Host, environment_of, kill
from tests.faults.mailserver import MailServer
from tests.faults.waiting import wait_until

pytestmark = pytest.mark.faults
PARTIES = 208


@pytest.fixture
def host(
    database: dict[str, Any], server: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    """Return one whose broker and beat run, with States parties that nobody has refreshed yet."""
    for code in (f"Q{a}{b}" for a in ascii_uppercase[:8] for b in ascii_uppercase):
        StatePartyFactory.create(state=StateFactory.create(iso3=code, name=f"State {code}"))
    folder = tmp_path_factory.mktemp("h")
    environment = environment_of(folder, database=database, server=server) | {
        "CELERY_BROKER_URL": f"redis+socket://{folder / 's' / 'b.sock'}?virtual_host=0",
    }
    host = Host(folder, environment)
    host.broker()
    host.beat()
    yield host
    host.end()


def in_the_middle() -> bool:
    """Whether a part is done, and a worker is at another one."""
    chunks = RefreshChunk.objects
    return chunks.filter(state="done").exists() and chunks.filter(state="working").exists()


def let_time_pass() -> None:
    """Let the worker of a part have been lost for long."""
    working = RefreshChunk.objects.filter(state="working")
    working.update(claimed_at=F("claimed_at") - timedelta(minutes=6))


def has_ended() -> bool:
    return RefreshRun.objects.exclude(ended_at=None).exists()


def check_that_all_is_refreshed_once() -> None:
    """Compare with what refreshing every State party by itself gives."""
    run = RefreshRun.objects.get()
    found = progress(run)
    assert (found.run.parties, found.done, found.left) == (PARTIES, PARTIES, 0)
    before = sorted(Obligation.objects.values_list("pk", "state_party", "key"))
    assert len(before) == len({row[1:] for row in before})
    for party in StateParty.objects.all():
        assert refresh(party=party, as_at=run.as_at) == Changes()
    assert sorted(Obligation.objects.values_list("pk", "state_party", "key")) == before


def test_a_worker_killed_in_the_middle_of_a_refresh_is_followed_by_another(host: Host) -> None:
    worker = host.worker()
    wait_until(in_the_middle)
    kill(worker)
    done = RefreshChunk.objects.filter(state="done").values_list("pk", "claim")
    kept = set(done)
    assert not has_ended()
    let_time_pass()
    host.worker()
    wait_until(has_ended)
    assert kept <= set(done.all())  # nobody did these again
    check_that_all_is_refreshed_once()


def test_a_broker_that_is_gone_for_good_leaves_the_rest_to_the_command(host: Host) -> None:
    worker = host.worker()
    wait_until(in_the_middle)
    kill(host.started[0])
    kill(worker)
    let_time_pass()
    host.manage("refresh_timetable", "--as-at", datetime.now(UTC).date().isoformat())
    assert has_ended()
    check_that_all_is_refreshed_once()


@pytest.mark.postgresql
def test_connections_that_the_database_breaks_off_stop_no_refresh(host: Host) -> None:
    host.worker()
    wait_until(in_the_middle)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    let_time_pass()
    wait_until(has_ended)
    check_that_all_is_refreshed_once()
