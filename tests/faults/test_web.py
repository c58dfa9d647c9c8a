"""Web processes that are replaced or killed, and a database that is restarted, while people come."""

import http.client
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from django.conf import settings
from django.db import connection

from benchmarks.many_readers import Seen, ask, run
from tests.factories import StatePartyFactory
from tests.faults.hosts import Host, environment_of
from tests.faults.mailserver import MailServer
from tests.faults.own_postgresql import Server, postgresql
from tests.faults.waiting import wait_until
from tests.views.cast import as_, ministry_of

pytestmark = pytest.mark.faults
SECONDS = 8
__all__ = ["postgresql"]  # the fixture


@pytest.fixture
def host(
    database: dict[str, Any], server: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    """Return a host with that database."""
    folder = tmp_path_factory.mktemp("h")
    host = Host(folder, environment_of(folder, database=database, server=server))
    host.environment["RATE_LIMITS"] = "sign-in=off"
    yield host
    host.end()


class Load:
    """Readers and writers who come in the background."""

    def __init__(self, port: int, *, seconds: float = SECONDS) -> None:
        """Let them come."""
        self.found: list[Seen] = []
        asked = {"readers": 6, "writers": 2, "seconds": seconds}
        self.thread = threading.Thread(target=lambda: self.found.append(run(port, **asked)))  # type: ignore[arg-type]
        self.thread.start()

    def end(self) -> Seen:
        """Return what they saw."""
        self.thread.join()
        return self.found[0]


def test_a_reload_drops_no_request(host: Host) -> None:
    host.manage("load_facts", "fixtures")
    port = host.web("-c", "python:config.gunicorn", "--workers", "2")
    gunicorn = psutil.Process(host.started[-1].pid)
    before = {child.pid for child in gunicorn.children()}
    load = Load(port)
    time.sleep(2)
    gunicorn.send_signal(signal.SIGHUP)
    seen = load.end()
    assert seen.faults == {}
    assert set(seen.statuses) == {200, 302}
    assert seen.lost == 0
    assert not before & {child.pid for child in gunicorn.children()}


def _counted(port: int) -> int:
    """Return how often /livez has been asked of the server at this port, as it says itself."""
    headers = {"Host": "localhost", "Authorization": "Bearer one"}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as asked:
        asked.request("GET", "/metrics", headers=headers)
        text = asked.getresponse().read().decode()
    found = re.findall(r'_count{.*status="200",view="reporting:livez"} (\d+)', text)
    return sum(map(int, found))


def test_two_servers_that_share_a_folder_count_each_for_itself(host: Host) -> None:
    host.environment["METRICS_TOKEN"] = "one"  # noqa: S105 - of a server that lives as long as a test
    options = ("-c", "python:config.gunicorn", "--workers", "2")
    first = host.web(*options)
    for _time in range(5):
        assert ask(first, "GET", "/livez")[0] == 200
    second = host.web(*options)
    for _time in range(3):
        assert ask(second, "GET", "/livez")[0] == 200
    assert (_counted(first), _counted(second)) == (5, 3)
    host.started[-1].terminate()
    host.started[-1].wait(20)
    assert _counted(first) == 5
    assert len(list(Path(host.environment["VAR_DIR"], "metrics").glob("*.held"))) == 1


def _half_an_upload(port: int, cookies: str) -> socket.socket:
    """Send the first half of a form with a file, as over a slow line."""
    sent = socket.create_connection(("127.0.0.1", port))
    token = "a" * 32
    sent.sendall(
        b"POST /states/IDN/submissions/new/ HTTP/1.1\r\nHost: localhost\r\n"
        + f"Cookie: {cookies}; csrftoken={token}\r\nX-CSRFToken: {token}\r\n".encode()
        + b"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000000\r\n\r\n"
        b'--b\r\nContent-Disposition: form-data; name="file_1"; filename="a.pdf"\r\n\r\n%PDF-'
    )
    sent.sendall(b"x" * 1_000_000)
    return sent


def _lives(port: int) -> bool:
    with suppress(OSError, http.client.HTTPException):
        return ask(port, "GET", "/livez")[0] == 200
    return False


def test_a_process_that_is_killed_in_an_upload_leaves_the_others_and_no_document(
    host: Host,
) -> None:
    host.environment |= {"SECRET_KEY": settings.SECRET_KEY, "EMBEDDED": "true"}
    session = as_(ministry_of(StatePartyFactory.create())).cookies["sessionid"].value
    port = host.web("-c", "python:config.gunicorn", "--workers", "1")
    gunicorn = psutil.Process(host.started[-1].pid)
    wait_until(lambda: bool(gunicorn.children()))
    (worker,) = gunicorn.children()
    with _half_an_upload(port, f"sessionid={session}") as sent:
        sent.settimeout(30)
        time.sleep(1)
        worker.send_signal(signal.SIGKILL)
        with suppress(OSError):
            assert sent.recv(100) == b""
    wait_until(lambda: bool({child.pid for child in gunicorn.children()} - {worker.pid}))

    wait_until(lambda: _lives(port))
    documents = Path(host.environment["VAR_DIR"], "documents")
    assert not documents.exists() or list(documents.iterdir()) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reporting_submissiondocument")
        assert cursor.fetchone() == (0,)


def test_a_database_that_is_restarted_under_load_is_said_and_loses_no_write(
    postgresql: Server, server: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("h")
    about = {"ENGINE": "sqlite", "NAME": "unused"}
    host = Host(folder, environment_of(folder, database=about, server=server))
    host.environment["DATABASE_URL"] = postgresql.url
    for command in (("migrate", "--no-input"), ("load_facts", "fixtures")):
        host.manage(*command)
    port = host.web("-c", "python:config.gunicorn", "--workers", "2")
    try:
        load = Load(port, seconds=20)
        time.sleep(5)
        postgresql.stop()
        time.sleep(2)
        postgresql.start()
        seen = load.end()
        after = run(port, readers=2, writers=1, seconds=3)
    finally:
        host.end()
    assert set(seen.statuses) <= {200, 302, 503}, host.log(0).read_text()[-20_000:]
    assert seen.statuses[200] > 0
    assert set(after.statuses) == {200, 302}
    assert after.lost == 0
    with psycopg.connect(postgresql.url) as asked:
        (since,) = asked.execute("SELECT now() - pg_postmaster_start_time()").fetchone() or (None,)
        assert since
        assert since.total_seconds() < 40
        (kept,) = asked.execute("SELECT count(*) FROM django_session").fetchone() or (0,)
    assert kept >= seen.statuses[302]
