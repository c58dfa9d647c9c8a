"""One process of the application, with its output labelled."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

PR_SET_PDEATHSIG = 1
LABEL_WIDTH = len("[worker] ")
libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _before_exec() -> None:
    """In the child: leave the keyboard to the supervisor, and do not outlive it.

    Ctrl-C and a closed terminal reach every process of the group at once. They stay blocked here,
    so that the supervisor stops the processes in order.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    if libc is not None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """A started process, its name, and the part of its output that is not yet a line."""

    name: str
    process: subprocess.Popen[bytes]
    output: IO[bytes]
    rest: bytes = b""
    is_silent: bool = False  # nothing more can come

    @classmethod
    def start(cls, name: str, command: Sequence[str]) -> "Child":
        """Start the command with its output coming to this process."""
        process = subprocess.Popen(  # noqa: S603 - the commands are our own
            command,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=_before_exec,  # noqa: PLW1509 - this process has one thread
        )
        assert process.stdout is not None  # noqa: S101 - for the types: stdout is a pipe
        os.set_blocking(process.stdout.fileno(), False)
        return cls(name, process, process.stdout)

    def lines(self, *, last: bool = False) -> list[str]:
        """Return the labelled lines that have come in; with ``last``, an unfinished one too."""
        *whole, self.rest = (self.rest + self._read()).split(b"\n")
        if self.rest and (last or self.is_silent):
            whole.append(self.rest)
            self.rest = b""
        label = f"[{self.name}]".ljust(LABEL_WIDTH)
        return [label + line.decode(errors="replace").rstrip() for line in whole]

    def _read(self) -> bytes:
        found = b""
        while chunk := self._chunk():
            found += chunk
        return found

    def _chunk(self) -> bytes:
        try:
            chunk = os.read(self.output.fileno(), 65536)
        except BlockingIOError:
            return b""
        self.is_silent = not chunk
        return chunk

    def has_ended(self) -> bool:
        """Return whether the process has ended."""
        return self.process.poll() is not None

    def how_it_ended(self) -> str:
        """Return the words for the process's exit."""
        code = self.process.returncode
        return f"signal {-code}" if code < 0 else f"exit code {code}"
