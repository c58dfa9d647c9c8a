"""`manage.py check --deploy` with the settings of production and real parts: clean, or it says what is not."""

import http.client
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from config.settings import BASE_DIR
from reporting.services.heartbeat import beat
from tests.faults.hosts import Host, environment_of, free_port
from tests.faults.mailserver import MailServer

pytestmark = pytest.mark.faults
CHECK = ("check", "--deploy", "--fail-level", "WARNING", "--database", "default")


@pytest.fixture
def host(
    database: dict[str, Any], server: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    """Return a host as an operator sets it up by docs/operations.md."""
    folder, port = tmp_path_factory.mktemp("h"), free_port()
    host = Host(folder, environment_of(folder, database=database, server=server))
    host.environment |= {
        "SECRET_KEY": "a text of fifty signs or more that only looks like chance",
        "ALLOWED_HOSTS": "reports.example.org",
        "PUBLIC_URL": "https://reports.example.org",
        "DEFAULT_FROM_EMAIL": "reporting@example.org",
        "REDIS_URL": f"redis://127.0.0.1:{port}/0",
    }
    host.redis(port=port)
    yield host
    host.end()


def check(host: Host, *asked: str, **changed: str) -> tuple[int, str]:
    """Return the exit code, and what it said."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *(asked or CHECK)],
        env=host.environment | changed,
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_settings_of_production_give_no_warning(host: Host) -> None:
    now = datetime.now(UTC)
    for process in ("worker", "beat"):
        beat(process=process, now=now)
    assert check(host) == (0, "System check identified no issues (0 silenced).\n")


def test_before_the_first_start_it_says_who_has_not_been_seen_and_lets_go_on(host: Host) -> None:
    code, said = check(host)
    assert code == 0
    assert said.count("reporting.I009") == 2


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"REDIS_URL": "redis://127.0.0.1:9/0"}, "reporting.E003"),
        ({"EMAIL_URL": ""}, "reporting.E004"),
        ({"EMAIL_URL": "smtp://127.0.0.1:9"}, "reporting.E005"),
        ({"DEFAULT_FROM_EMAIL": ""}, "reporting.E006"),
        ({"SECURE_SSL_REDIRECT": "false"}, "security.W008"),
        ({"SECURE_HSTS_SECONDS": "0"}, "security.W004"),
        ({"REMINDER_SENDERS": "0"}, "reporting.E014"),
    ],
)
def test_what_is_missing_is_said_with_an_id_and_a_hint(
    host: Host, changed: dict[str, str], found: str
) -> None:
    code, said = check(host, **changed)
    assert code == 1
    assert found in said
    assert "HINT" in said or found.startswith("security")


def test_a_database_behind_the_code_and_a_silent_worker_are_said(host: Host) -> None:
    long_ago = datetime.now(UTC).replace(year=2020)
    beat(process="worker", now=long_ago)
    code, said = check(host)
    assert (code, said.count("reporting.W008")) == (1, 1)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'axes'")
    code, said = check(host)
    assert (code, "reporting.E007" in said) == (1, True)


def test_a_web_process_starts_again_while_mail_and_broker_are_down_and_says_that_it_is_not_ready(
    host: Host,
) -> None:
    down = {"REDIS_URL": "redis://127.0.0.1:9/0", "EMAIL_URL": "smtp://127.0.0.1:9"}
    before_a_start = CHECK[: CHECK.index("--database")]
    for file in ("compose.yaml", "deploy/systemd/reporting-web.service"):
        assert f"manage.py {' '.join(before_a_start)}" in (BASE_DIR / file).read_text()
        assert "--database" not in (BASE_DIR / file).read_text()
    assert check(host, *before_a_start, **down)[0] == 0
    code, said = check(host, **down)
    assert (code, "reporting.E003" in said, "reporting.E005" in said) == (1, True, True)

    host.environment |= down
    port = host.web("-c", "python:config.gunicorn")
    assert get(port, "/livez")[0] == 200
    status, said = get(port, "/readyz")
    assert status == 503
    assert "The broker does not answer; tasks wait." in said
    assert "The mail server does not answer; alerts wait." in said


def get(port: int, path: str) -> tuple[int, str]:
    """Ask as the proxy does."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as asked:
        headers = {"Host": "reports.example.org", "X-Forwarded-Proto": "https"}
        asked.request("GET", path, headers=headers)
        answer = asked.getresponse()
        return answer.status, answer.read().decode()
