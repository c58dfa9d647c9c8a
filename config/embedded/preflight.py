"""What is looked at before anything is started: is one running, is there room, is the port free."""

import errno
import fcntl
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded.problem import FULL_DISK, Problem

LEAST_FREE_BYTES = 50_000_000
HOST = "127.0.0.1"


@contextmanager
def only_one(folder: Path, *, port: int) -> Iterator[None]:
    """Hold the right to run on this data folder; Problem where another process holds it.

    The lock is the kernel's: it ends with the process, however the process ends.
    """
    descriptor = os.open(folder / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem(_already_running(file.read().split())) from None
        file.truncate()
        file.write(f"{os.getpid()} {port}\n")
        file.flush()
        yield


def _already_running(words: list[str]) -> str:
    pid, port = words if len(words) == 2 else ("unknown", "unknown")
    address = f"http://localhost:{port}/"
    return f"The application is already running: {address} (process {pid}). Stop that one first."


def chosen_port(text: str) -> int:
    """Return the port that PORT names; Problem where it names none."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        message = f"PORT is {text!r}; a port is a number from 1 to 65535, like 8000."
        raise Problem(message)
    return int(text)


def check_port(port: int) -> None:
    """Raise Problem unless the web process will be able to listen on this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Problem(_no_port(port, error)) from None


def _no_port(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken; choose another one: PORT={port + 1 if port < 65535 else 8000} make run"
    return f"Port {port} cannot be used ({error.strerror}); choose another one: PORT=8000 make run"


def check_space(folder: Path) -> None:
    """Raise Problem where the disk of this folder is as good as full."""
    if shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
        message = f"{FULL_DISK} ({folder} needs {LEAST_FREE_BYTES // 1_000_000} MB.)"
        raise Problem(message)
