"""A mail server that takes every mail and forgets it: aiosmtpd's own sink, in its own process."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

SINK = ("--nosetuid", "--class", "aiosmtpd.handlers.Sink")


@contextmanager
def mail_sink() -> Iterator[int]:
    """Start one; give its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "aiosmtpd", *SINK, "--listen", f"127.0.0.1:{port}"]
    with subprocess.Popen(command) as process:  # noqa: S603 - the command is our own
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    message = "The mail server did not start."
    raise RuntimeError(message)
