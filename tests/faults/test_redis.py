"""A Redis server as broker and cache: with a password, over TLS, shared by hosts, and gone."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from config.settings import BASE_DIR
from reporting.models import Heartbeat, Reminder
from tests.faults.conftest import World
from tests.faults.hosts import Host, environment_of, free_port, kill
from tests.faults.mailserver import MailServer
from tests.faults.waiting import wait_until

pytestmark = pytest.mark.faults
PASSWORD = "a password of its own"  # noqa: S105 - of a server that lives as long as a test
ASK = """
import django
django.setup()
from django_guid import set_guid
from reporting.tasks import heartbeat, plan_reminders
set_guid("0123456789abcdef0123456789abcdef")
heartbeat.delay("worker")
plan_reminders.delay()
"""
COUNT = """
import django
django.setup()
from allauth.core.ratelimit import consume
from django.test import RequestFactory
request = RequestFactory().post("/")
print(sum(consume(request, action="reset_password", key="desk@example.org") for _ in range(3)))
"""


@pytest.fixture
def host(
    database: dict[str, Any], server: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    """Return a host without a broker."""
    folder = tmp_path_factory.mktemp("h")
    host = Host(folder, environment_of(folder, database=database, server=server))
    yield host
    host.end()


def python(code: str, environment: dict[str, str]) -> str:
    """Return what this prints on a host."""
    command = [sys.executable, "-c", code]
    there = environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.check_output(command, env=there, text=True, cwd=BASE_DIR)  # noqa: S603 - our own


def over_tls(host: Host) -> str:
    """Start a Redis that takes nothing but TLS and a password; return its address."""
    authority, port = trustme.CA(), free_port()
    trusted, files = host.folder / "ca.pem", host.folder / "redis.pem"
    authority.cert_pem.write_to_path(trusted)
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(files)
    options = (
        "--tls-cert-file",
        str(files),
        "--tls-key-file",
        str(files),
        "--tls-auth-clients",
        "no",
    )
    host.redis("--tls-port", str(port), "--requirepass", PASSWORD, *options, port=port)
    password = PASSWORD.replace(" ", "%20")
    return f"rediss://:{password}@127.0.0.1:{port}/0?ssl_ca_certs={trusted}&ssl_cert_reqs=required"


def test_alerts_go_out_over_a_redis_with_tls_and_a_password(
    today: World, server: MailServer, host: Host
) -> None:
    host.environment["REDIS_URL"] = over_tls(host)
    host.worker()
    host.beat()
    wait_until(lambda: server.told == today.addresses)
    wait_until(lambda: Reminder.objects.filter(state="sent").count() == len(today.addresses))
    assert set(server.message_ids.values()) == {1}


def test_a_worker_does_what_another_process_asks_for_through_redis_and_logs_its_number(
    today: World, host: Host
) -> None:
    host.environment |= {"REDIS_URL": over_tls(host), "LOG_FORMAT": "json"}
    log = host.log(len(host.started))
    host.worker()
    assert not Heartbeat.objects.exists()
    python(ASK, host.environment)
    wait_until(Heartbeat.objects.exists)
    wait_until(lambda: "Reminders planned" in log.read_text())
    said = next(line for line in log.read_text().splitlines() if "Reminders planned" in line)
    assert json.loads(said)["request_id"] == "0123456789abcdef0123456789abcdef"


def test_two_hosts_share_a_limit_through_redis(
    database: dict[str, Any], host: Host, tmp_path: Path
) -> None:
    shared = {"REDIS_URL": over_tls(host)}
    hosts = [
        host.environment | shared | {"VAR_DIR": str(tmp_path / name)} for name in ("one", "two")
    ]
    assert [python(COUNT, each).strip() for each in hosts] == ["3", "2"]


def get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": "localhost"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


@pytest.fixture
def silent_redis() -> Iterator[str]:
    """Return the address of a server that takes every connection and never says anything."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def forget_a_password(port: int) -> int:
    """Ask for a new password as the page does; return the status."""
    token = "a" * 32
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Host": "localhost",
        "Cookie": f"csrftoken={token}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    form = f"email=desk%40example.org&csrfmiddlewaretoken={token}"
    connection.request("POST", "/account/password/reset/", form, headers)
    return connection.getresponse().status


def test_a_redis_that_takes_connections_and_says_nothing_holds_nobody_up_for_long(
    today: World, host: Host, silent_redis: str
) -> None:
    """As a frozen machine, or a proxy with nobody behind it."""
    host.environment["REDIS_URL"] = silent_redis
    web = host.web()
    expected: list[tuple[Callable[[], int], int, int]] = [
        (lambda: get(web, "/")[0], 200, 10),
        (lambda: get(web, "/sign-in/")[0], 200, 10),
        (lambda: get(web, "/readyz")[0], 503, 15),
        (lambda: forget_a_password(web), 503, 15),
    ]
    for ask, status, seconds in expected:
        begun = time.monotonic()
        assert ask() == status
        assert time.monotonic() - begun < seconds


def test_pages_answer_while_redis_is_gone_and_alerts_go_out_when_it_is_back(
    today: World, server: MailServer, host: Host
) -> None:
    port = free_port()
    host.environment["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
    redis, web = host.redis(port=port), host.web()
    assert get(web, "/")[0] == 200
    kill(redis)
    for path in ("/", "/states/", "/search/?q=x", "/sign-in/", "/exports/obligations.csv"):
        begun = time.monotonic()
        assert get(web, path)[0] == 200, path
        assert time.monotonic() - begun < 5
    assert server.told == []
    host.redis(port=port)
    host.worker()
    host.beat()
    wait_until(lambda: server.told == today.addresses)
    assert set(server.message_ids.values()) == {1}
