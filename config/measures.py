"""Where the workers of one web server count together what /metrics shows.

Each server has a folder of its own below VAR_DIR/metrics, also where several share VAR_DIR: two
containers have the same numbers of processes, and a server that starts erases nobody else's counts.
"""

import fcntl
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_HELD = ".held"


class Measures:
    """The folder of this server. Whoever holds the lock beside a folder counts in it."""

    def __init__(self, base: Path) -> None:
        """Name it after the host and the process; make nothing yet."""
        self.base = base
        self.folder = base / f"{socket.gethostname()}-{os.getpid()}"
        self._lock: IO[str] | None = None

    def begin(self) -> Path:
        """Make the folder, empty; take away those of servers that are gone. Return it."""
        self.base.mkdir(parents=True, exist_ok=True)
        with _alone(self.base):
            for lock in self.base.glob(f"*{_HELD}"):
                _remove_unless_held(lock)
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir()
            self._lock = _beside(self.folder).open("w")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return self.folder

    def end(self) -> None:
        """Take the folder away."""
        if self._lock is not None:
            with _alone(self.base):
                shutil.rmtree(self.folder, ignore_errors=True)
                _beside(self.folder).unlink(missing_ok=True)
            self._lock.close()
            self._lock = None


def _beside(folder: Path) -> Path:
    return folder.with_name(folder.name + _HELD)


@contextmanager
def _alone(base: Path) -> Iterator[None]:
    """Let one server at a time make and remove folders."""
    with (base / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove_unless_held(path: Path) -> None:
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        shutil.rmtree(path.with_name(path.name.removesuffix(_HELD)), ignore_errors=True)
        path.unlink()
