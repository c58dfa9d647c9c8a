"""`make run`, as its processes show it from outside."""

import fcntl
import os
import pty
import signal
import socket
import subprocess
import sys
import termios
import time
import urllib.request
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, TextIO

import psutil
import pytest

from config.settings import BASE_DIR

# They share one running application, in this order, and `make test` gives a file to one worker.
pytestmark = pytest.mark.embedded
READY = "The application answers at"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], bool], *, seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def environment(folder: Path, port: int) -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return kept | {"VAR_DIR": str(folder), "PORT": str(port)}


class Running:
    """A started application, with what it has printed."""

    def __init__(self, folder: Path, port: int) -> None:
        """Start it."""
        self.port, self.folder, self.log = port, folder, folder.parent / f"{port}.log"
        with self.log.open("w") as log:
            self.process = self.start(log)

    def start(self, log: TextIO) -> subprocess.Popen[bytes]:
        return self.run([sys.executable, "-m", "config.embedded"], stdout=log)

    def run(self, command: list[str], **more: Any) -> subprocess.Popen[bytes]:
        env = environment(self.folder, self.port)
        return subprocess.Popen(  # noqa: S603 - our own command
            command, umask=0o022, cwd=BASE_DIR, env=env, stderr=subprocess.STDOUT, **more
        )

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def output(self) -> str:
        return self.log.read_text()

    def until_ready(self) -> "Running":
        wait_until(lambda: READY in self.output or self.process.poll() is not None)
        assert READY in self.output, self.output
        wait_until(lambda: "/sign-in/ as" in self.output)
        return self

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.pid).children(recursive=True)

    def child(self, word: str) -> psutil.Process:
        return next(child for child in self.family() if word in child.cmdline())

    def stop(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=120)


class InTerminal(Running):
    """An application in a terminal of its own, started by a caller as `make` is one."""

    def start(self, log: TextIO) -> subprocess.Popen[bytes]:
        self.screen, keyboard = pty.openpty()
        caller = self.run(
            ["/bin/sh", "-c", '"$0" -m config.embedded; echo "The caller saw $?."', sys.executable],
            stdin=keyboard,
            stdout=log,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(keyboard, termios.TIOCSCTTY, 0),
        )
        os.close(keyboard)
        return caller

    @property
    def pid(self) -> int:
        (application,) = psutil.Process(self.process.pid).children()
        return application.pid

    def press_ctrl_c(self) -> int:
        os.write(self.screen, b"\x03")
        return self.process.wait(timeout=120)

    def end(self) -> None:
        """Leave nothing behind, whatever has happened; the closed terminal ends the rest."""
        os.close(self.screen)
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InTerminal]:
    started = InTerminal(tmp_path_factory.mktemp("embedded") / "var", free_port())
    started.until_ready()
    yield started
    started.end()


def accounts(text: str) -> list[str]:
    return [line for line in text.splitlines() if "@example.org" in line]


def test_it_answers_when_it_says_so(running: Running) -> None:
    with urllib.request.urlopen(f"http://localhost:{running.port}/healthz") as answer:
        assert answer.read() == b"ok"


def test_nobody_else_reads_its_data_and_it_serves_its_static_files(running: Running) -> None:
    for name in (".", "db.sqlite3", "secret_key", "run.lock", "broker", "static.digest"):
        assert not (running.folder / name).stat().st_mode & 0o077, name
    sheet = "static/reporting/reminders.css"
    with urllib.request.urlopen(f"http://localhost:{running.port}/{sheet}") as answer:
        assert answer.status == 200


def test_it_tells_how_to_sign_in(running: Running) -> None:
    assert [line.split()[0] for line in accounts(running.output)] == [
        "secretariat@example.org",
        "ministry.idn@example.org",
        "administrator@example.org",
    ]


def test_its_four_processes_are_one_group(running: Running) -> None:
    wait_until(lambda: "[worker]" in running.output and "[beat]" in running.output)
    assert {os.getpgid(process.pid) for process in running.family()} == {os.getpgid(running.pid)}


def test_every_line_of_a_process_is_labelled(running: Running) -> None:
    _before, after = running.output.split("Ctrl-C stops it.\n\n")
    labels = {line.split("]")[0] + "]" for line in after.splitlines()}
    assert labels <= {"[broker]", "[web]", "[worker]", "[beat]"}


# Zimbabwe's initial report has been due since 2026; beat gives the worker these tasks every minute.
WITH_A_DUE_ALERT = """
from time import sleep
from reporting.models import Contact, Reminder, State
from reporting.services.reminder.follow import look_again
from reporting.tasks import plan_reminders, send_reminders
state = State.objects.get(iso3="ZWE")
Contact.objects.create(state=state, role="focal point", name="Tendai", email="t@example.org")
look_again(state=state)
plan_reminders.delay()
while not Reminder.objects.exists():
    sleep(0.05)
send_reminders.delay()
while Reminder.objects.exclude(state="sent").exists():
    sleep(0.05)
"""


def test_a_due_alert_arrives_in_the_outbox_with_links_to_this_port(running: Running) -> None:
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", WITH_A_DUE_ALERT],
        cwd=BASE_DIR,
        env=environment(running.folder, running.port),
        check=True,
        timeout=60,
    )
    (file,) = (running.folder / "outbox").glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = mail.get_body(("plain",))
    assert body
    assert mail["To"] == "t@example.org"
    assert "initial report" in body.get_content()
    assert f"http://localhost:{running.port}/" in body.get_content()


def test_a_second_one_beside_it_is_refused_in_one_sentence(running: Running) -> None:
    second = Running(running.folder, free_port())
    assert second.process.wait(timeout=120) == 1
    assert second.output == (
        f"The application is already running: http://localhost:{running.port}/ "
        f"(process {running.pid}). Stop that one first.\n"
    )


def test_a_taken_port_is_refused_in_one_sentence(running: Running, tmp_path: Path) -> None:
    other = Running(tmp_path / "var", running.port)
    assert other.process.wait(timeout=120) == 1
    port = running.port
    assert other.output == (f"Port {port} is taken; choose another one: PORT={port + 1} make run\n")


def test_ctrl_c_in_a_terminal_stops_everything_but_not_the_caller(running: InTerminal) -> None:
    family = running.family()
    assert len(family) >= 6
    assert running.press_ctrl_c() == 0
    assert [process for process in family if process.is_running()] == []
    assert running.output.endswith("Stopped.\nThe caller saw 0.\n")


def test_a_process_that_dies_stops_the_rest_and_is_named(running: Running) -> None:
    again = Running(running.folder, free_port()).until_ready()
    assert accounts(again.output) == accounts(running.output)
    family = again.family()
    again.child("beat").kill()
    assert again.process.wait(timeout=120) == 1
    assert "The beat process ended by itself (signal 9).\n" in again.output
    assert [process for process in family if process.is_running()] == []


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells a child of its parent's end")
def test_processes_do_not_outlive_a_killed_supervisor(running: Running) -> None:
    again = Running(running.folder, free_port()).until_ready()
    family = again.family()
    assert again.stop(signal.SIGKILL) == -signal.SIGKILL
    wait_until(lambda: not any(process.is_running() for process in family))
