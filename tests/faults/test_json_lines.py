"""With LOG_FORMAT=json all that the processes write is objects, from the first line to the last."""

import json
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from config.settings import BASE_DIR
from tests.faults.hosts import Host, environment_of, free_port
from tests.faults.mailserver import MailServer
from tests.faults.waiting import wait_until

pytestmark = pytest.mark.faults
KEYS = {"time", "level", "logger", "message", "request_id"}


@pytest.fixture
def host(
    database: dict[str, Any], server: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    """Return a host that logs objects."""
    folder, port = tmp_path_factory.mktemp("h"), free_port()
    host = Host(folder, environment_of(folder, database=database, server=server))
    host.environment |= {"LOG_FORMAT": "json", "REDIS_URL": f"redis://127.0.0.1:{port}/0"}
    host.redis(port=port)
    yield host
    host.end()


def command_of(unit: str, **others: str) -> list[str]:
    """Return the command of a unit, as it stands there, with the Python of the tests."""
    text = (BASE_DIR / "deploy" / "systemd" / f"reporting-{unit}.service").read_text()
    found = re.search(r"^ExecStart=/srv/reporting/.venv/bin/(.*)$", text, re.MULTILINE)
    assert found
    words = shlex.split(found[1])
    return [sys.executable, "-m", *(others.get(word, word) for word in words)]


def objects(log: Path) -> list[dict[str, Any]]:
    """Return the lines of a log."""
    return [json.loads(line) for line in log.read_text().splitlines()]


def end(process: "subprocess.Popen[bytes]") -> None:
    """Stop a process as systemd does."""
    process.send_signal(signal.SIGTERM)
    process.wait(60)


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("web", "Listening at", "Shutting down: Master"),
        ("worker", " ready.", "worker: Warm shutdown (MainProcess)"),
        ("beat", "", ""),
    ],
)
def test_every_line_of_a_process_is_an_object_with_the_same_keys(
    host: Host, unit: str, first: str, last: str
) -> None:
    address = f"127.0.0.1:{free_port()}"
    log = host.log(len(host.started))
    process = host.run(*command_of(unit, **{"127.0.0.1:8000": address}))
    if first:
        wait_until(lambda: first in log.read_text())
        if unit == "web":
            port = int(address.rpartition(":")[2])
            with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as asked:
                asked.request("GET", "/livez?q=what-was-asked", headers={"Host": "localhost"})
                assert asked.getresponse().read() == b"ok"
    else:
        wait_until(lambda: [*Path(host.environment["VAR_DIR"]).glob("beat-schedule*")] != [])
    end(process)
    said = objects(log)
    assert [line for line in said if not line.keys() >= KEYS] == []
    assert "what-was-asked" not in log.read_text()
    assert last in "\n".join(line["message"] for line in said)
