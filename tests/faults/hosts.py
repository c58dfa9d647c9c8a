"""Real workers, beats and brokers, in processes of their own."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from config.embedded import commands
from config.settings import BASE_DIR
from tests.faults.mailserver import MailServer
from tests.faults.waiting import wait_until

CELERY = [sys.executable, "-m", "celery", "-A", "tests.faults.often"]
GUNICORN = [sys.executable, "-m", "gunicorn", "config.wsgi", "--no-control-socket"]
ALONE = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


@dataclass
class Host:
    """Processes with one database, one broker and one mail server, and what they print."""

    folder: Path
    environment: dict[str, str]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run(self, *command: str) -> "subprocess.Popen[bytes]":
        """Start a process, which leads a group of its own."""
        with self.log(len(self.started)).open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - the commands are our own
                command,
                cwd=BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def log(self, number: int) -> Path:
        """Return where a process prints."""
        return self.folder / f"process{number}.log"

    def worker(self) -> "subprocess.Popen[bytes]":
        """Start a worker."""
        name = f"worker{len(self.started)}@localhost"
        options = ("--loglevel", "INFO", "--concurrency", "1", "--hostname", name, *ALONE)
        return self.run(*CELERY, "worker", *options)

    def beat(self) -> "subprocess.Popen[bytes]":
        """Start a beat, with a timetable file of its own as on another machine."""
        file = self.folder / f"beat{len(self.started)}"
        return self.run(*CELERY, "beat", "--pidfile=", "--schedule", str(file))

    def broker(self) -> "subprocess.Popen[bytes]":
        """Start an empty broker, and wait until it answers."""
        data, path = self.folder / "broker", self.folder / "s" / "b.sock"
        shutil.rmtree(data, ignore_errors=True)
        process = self.run(*commands.broker(data=data, listens_on=path))
        wait_until(lambda: commands.broker_answers(path))
        return process

    def web(self, *options: str) -> int:
        """Start a web server, and return its port once it answers."""
        self.give_static_files()
        port = free_port()
        command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", *options]
        self.run(*command)
        wait_until(lambda: listens(port))
        return port

    def manage(self, *command: str) -> None:
        """Run a command of the application to its end."""
        line = [sys.executable, "manage.py", *command]
        subprocess.check_call(line, cwd=BASE_DIR, env=self.environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own

    def give_static_files(self) -> None:
        """Let the web server find the static files, which are collected once for all hosts."""
        place = Path(self.environment["VAR_DIR"], "static")
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(_static_files())

    def redis(self, *options: str, port: int) -> "subprocess.Popen[bytes]":
        """Start a Redis of its own that keeps nothing, and wait until it answers."""
        if not shutil.which("redis-server"):
            pytest.skip("there is no redis-server on PATH")
        command = ["redis-server", "--bind", "127.0.0.1", "--port", "0", "--save", ""]
        command += [*(() if "--tls-port" in options else ("--port", str(port))), *options]
        process = self.run(*command, "--dir", str(self.folder))
        wait_until(lambda: listens(port))
        return process

    def end(self) -> None:
        """End all that still runs."""
        for process in self.started:
            kill(process)


@cache
def _static_files() -> Path:
    folder = tempfile.mkdtemp(prefix="reporting-static-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": folder}
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.check_call(command, cwd=BASE_DIR, env=environment)  # noqa: S603 - our own command
    return Path(folder, "static")


def free_port() -> int:
    """Return a port of this machine above 9000 on which nobody listens."""
    while True:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        if port > 9000:
            return port


def listens(port: int) -> bool:
    """Whether somebody takes connections at this port."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def environment_of(folder: Path, *, database: dict[str, Any], server: MailServer) -> dict[str, str]:
    """Return the environment of a host with that database and that mail server."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {
        "VAR_DIR": str(folder / "var"),
        "DATABASE_URL": database_url(database),
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
    }


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process and what it has started, in the middle of what they do."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def database_url(about: dict[str, Any]) -> str:
    """Return the address by which another process reaches this database."""
    if "sqlite" in about["ENGINE"]:
        return f"sqlite:///{about['NAME']}"
    return f"postgres://{about['USER']}:{about['PASSWORD']}@{about['HOST']}:{about['PORT'] or 5432}/{about['NAME']}"
