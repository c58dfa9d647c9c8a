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
from pathlib import Path
from typing import BinaryIO

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


def until_shown(terminal: BinaryIO, words: str) -> str:
    """Return what the terminal shows up to the end of the line with these words."""
    seen = ""
    while words not in seen or not seen.endswith("\n"):
        seen += terminal.read(1).decode(errors="replace")
    return seen


class Running:
    """A started application, with what it has printed."""

    def __init__(self, folder: Path, port: int) -> None:
        """Start it."""
        self.port, self.folder, self.log = port, folder, folder.parent / f"{port}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.embedded"],
                cwd=BASE_DIR,
                env=environment(folder, port),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def output(self) -> str:
        return self.log.read_text()

    def until_ready(self) -> "Running":
        wait_until(lambda: READY in self.output or self.process.poll() is not None)
        assert READY in self.output, self.output
        wait_until(lambda: "/sign-in/ as" in self.output)
        return self

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, word: str) -> psutil.Process:
        return next(child for child in self.family() if word in child.cmdline())

    def stop(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=120)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    started = Running(tmp_path_factory.mktemp("embedded") / "var", free_port())
    yield started.until_ready()
    started.process.kill()
    started.process.wait()


def accounts(text: str) -> list[str]:
    return [line for line in text.splitlines() if "@example.org" in line]


def test_it_answers_when_it_says_so(running: Running) -> None:
    with urllib.request.urlopen(f"http://localhost:{running.port}/healthz") as answer:
        assert answer.read() == b"ok"


def test_it_tells_how_to_sign_in(running: Running) -> None:
    assert [line.split()[0] for line in accounts(running.output)] == [
        "secretariat@example.org",
        "ministry.idn@example.org",
        "administrator@example.org",
    ]


def test_its_four_processes_are_one_group(running: Running) -> None:
    wait_until(lambda: "[worker]" in running.output and "[beat]" in running.output)
    assert {os.getpgid(process.pid) for process in running.family()} == {
        os.getpgid(running.process.pid)
    }


def test_every_line_of_a_process_is_labelled(running: Running) -> None:
    _before, after = running.output.split("Ctrl-C stops it.\n\n")
    labels = {line.split("]")[0] + "]" for line in after.splitlines()}
    assert labels <= {"[broker]", "[web]", "[worker]", "[beat]"}


def test_a_second_one_beside_it_is_refused_in_one_sentence(running: Running) -> None:
    second = Running(running.folder, free_port())
    assert second.process.wait(timeout=120) == 1
    assert second.output == (
        f"The application is already running: http://localhost:{running.port}/ "
        f"(process {running.process.pid}). Stop that one first.\n"
    )


def test_a_taken_port_is_refused_in_one_sentence(running: Running, tmp_path: Path) -> None:
    other = Running(tmp_path / "var", running.port)
    assert other.process.wait(timeout=120) == 1
    port = running.port
    assert other.output == (f"Port {port} is taken; choose another one: PORT={port + 1} make run\n")


def test_an_interrupt_stops_everything(running: Running) -> None:
    family = running.family()
    assert len(family) >= 6
    assert running.stop(signal.SIGINT) == 0
    assert [process for process in family if process.is_running()] == []
    assert running.output.endswith("Stopped.\n")


def test_a_process_that_dies_stops_the_rest_and_is_named(running: Running) -> None:
    again = Running(running.folder, free_port()).until_ready()
    assert accounts(again.output) == accounts(running.output)
    family = again.family()
    again.child("beat").kill()
    assert again.process.wait(timeout=120) == 1
    assert "The beat process ended by itself (signal 9).\n" in again.output
    assert [process for process in family if process.is_running()] == []


def test_ctrl_c_in_a_terminal_reaches_the_application_and_not_its_caller(running: Running) -> None:
    screen, keyboard = pty.openpty()
    caller = subprocess.Popen(
        ["/bin/sh", "-c", '"$0" -m config.embedded; echo "The caller saw $?."', sys.executable],
        cwd=BASE_DIR,
        env=environment(running.folder, free_port()),
        stdin=keyboard,
        stdout=keyboard,
        stderr=keyboard,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(keyboard, termios.TIOCSCTTY, 0),  # noqa: PLW1509
    )
    os.close(keyboard)
    with os.fdopen(screen, "r+b", buffering=0) as terminal:
        seen = until_shown(terminal, READY)
        terminal.write(b"\x03")
        seen += until_shown(terminal, "The caller saw")
        assert caller.wait(timeout=120) == 0  # before the terminal closes, which would end it
    assert seen.split()[-4:] == ["The", "caller", "saw", "0."]


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells a child of its parent's end")
def test_processes_do_not_outlive_a_killed_supervisor(running: Running) -> None:
    again = Running(running.folder, free_port()).until_ready()
    family = again.family()
    assert again.stop(signal.SIGKILL) == -signal.SIGKILL
    wait_until(lambda: not any(process.is_running() for process in family))
