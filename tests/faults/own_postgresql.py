"""A PostgreSQL of a test's own, which it may stop, and to which it may give its own rules."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.hosts import free_port

BIN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture
def postgresql() -> Iterator["Server"]:
    """Start a PostgreSQL of its own, which a test may stop."""
    if not BIN:
        pytest.skip("there is no PostgreSQL to start here")
    # Not below the folder of the tests, which is closed to the user who runs PostgreSQL.
    with tempfile.TemporaryDirectory(prefix="reporting-pg-") as folder:
        server = Server(Path(folder))
        server.start()
        yield server
        server.stop()


class Server:
    """A PostgreSQL server of its own, at a port of its own."""

    def __init__(self, folder: Path) -> None:
        """Make its files, for a user who may run it."""
        self.folder, self.port, self.bin = folder / "data", free_port(), BIN[-1]
        self.as_user: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL does not run as root
            shutil.chown(folder, "postgres")
            self.as_user = ["runuser", "-u", "postgres", "--"]
        self._call("initdb", "-D", str(self.folder), "-U", "postgres", "-A", "trust", "--no-sync")

    def _call(self, name: str, *arguments: str) -> None:
        command = [*self.as_user, str(self.bin / name), *arguments]
        subprocess.check_call(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command

    def start(self, *more: str) -> None:
        """Start it, with these settings too."""
        settings = ("listen_addresses=127.0.0.1", "fsync=off", *more)
        options = f"-p {self.port} -k /tmp " + " ".join(f"-c {each}" for each in settings)
        log = str(self.folder / "log")
        self._call("pg_ctl", "-D", str(self.folder), "-w", "-l", log, "-o", options, "start")

    def give(self, name: str, content: bytes) -> Path:
        """Put a file among its own, which only the server reads."""
        file = self.folder / name
        file.write_bytes(content)
        file.chmod(0o600)
        if self.as_user:
            shutil.chown(file, "postgres")
        return file

    def stop(self) -> None:
        """Stop it, without waiting for those who are connected."""
        self._call("pg_ctl", "-D", str(self.folder), "-m", "immediate", "-w", "stop")

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"
