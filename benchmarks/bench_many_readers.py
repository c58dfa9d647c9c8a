"""Many readers and writers at once, against a server of two processes with the facts and a database of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection, create_server
from tempfile import TemporaryDirectory

from benchmarks import many_readers

ROOT = Path(__file__).parents[1]
READERS, WRITERS, SECONDS = 200, 20, 30
PATIENCE = 120


def run() -> None:
    """Print what one reader sees, and what many see, as `python -m benchmarks.many_readers` does."""
    with _server() as port:
        told = {"readers": READERS, "writers": WRITERS, "seconds": SECONDS}
        many_readers.main([str(port), *(f"--{name}={value}" for name, value in told.items())])


@contextmanager
def _server() -> Iterator[int]:
    """Serve on SQLite in a folder of its own, or on the empty database that BENCH_DATABASE_URL names."""
    with TemporaryDirectory() as folder, create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        environment = {
            "PATH": os.environ["PATH"],
            "VAR_DIR": folder,
            "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", ""),
            "RATE_LIMITS": "sign-in=off",
            "LOG_LEVEL": "ERROR",
        }
        for command in ("migrate -v0", "load_facts", "collectstatic -v0 --no-input"):
            _python("manage.py", *command.split(), env=environment).wait()
        options = ("-c", "python:config.gunicorn", "--bind", f"127.0.0.1:{port}")
        server = _python("-m", "gunicorn", *options, "config.wsgi", env=environment)
        try:
            _wait_for(port)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def _python(*arguments: str, env: dict[str, str]) -> "subprocess.Popen[bytes]":
    quiet = subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603 - our own commands
        [sys.executable, *arguments], cwd=ROOT, env=env, stdout=quiet, stderr=quiet
    )


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    message = "The server did not come up."
    raise TimeoutError(message)
