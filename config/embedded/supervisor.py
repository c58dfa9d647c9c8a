"""Start processes, pass on what they say, notice when one dies, stop them in order."""

import os
import selectors
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from config.embedded.child import Child, libc
from config.embedded.problem import Problem

PR_SET_CHILD_SUBREAPER = 36
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TICK = 0.1
SECONDS_TO_STOP = 15.0


def say(line: str) -> None:
    """Print a line at once; where nobody reads any more, go on without printing."""
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Stopped(BaseException):
    """Somebody asked the application to stop; no library may take it for an error."""


class Supervisor:
    """The processes in the order of their start; the last one stops first."""

    def __init__(self) -> None:
        """Begin with no process."""
        self.children: list[Child] = []
        self.selector = selectors.DefaultSelector()
        self.stop_requests = 0
        if libc is not None:  # what a killed process leaves behind becomes ours, to be ended too
            libc.prctl(PR_SET_CHILD_SUBREAPER, 1)

    def request_stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Note that somebody wants an end; the loop acts on it."""
        self.stop_requests += 1

    @contextmanager
    def running(self) -> Iterator[None]:
        """Listen to the signals that ask for an end, and leave no process behind."""
        before = {number: signal.signal(number, self.request_stop) for number in STOP_SIGNALS}
        try:
            yield
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start one more process."""
        child = Child.start(name, command)
        self.children.append(child)
        self.selector.register(child.output, selectors.EVENT_READ, child)

    def wait_for(self, what: str, answers: Callable[[], bool], *, seconds: float) -> None:
        """Go on until something answers; Problem where it takes longer than this."""
        end = time.monotonic() + seconds
        while not answers():
            self.tick()
            if time.monotonic() > end:
                message = f"The {what} did not answer within {seconds:.0f} seconds."
                raise Problem(message)

    def go_on(self) -> None:
        """Pass on what the processes say until somebody asks for an end or one dies."""
        while True:
            self.tick()

    def tick(self) -> None:
        """Pass on new output; Stopped on request, Problem where a process has died."""
        self._pass_on_output()
        if self.stop_requests:
            raise Stopped
        for child in self.children:
            if child.has_ended() and not self.stop_requests:
                message = f"The {child.name} process ended by itself ({child.how_it_ended()})."
                raise Problem(message)

    def _pass_on_output(self) -> None:
        for key, _events in self.selector.select(TICK):
            child: Child = key.data
            for line in child.lines():
                say(line)
            if child.is_silent:
                self.selector.unregister(child.output)

    def _stop_all(self) -> None:
        for child in reversed(self.children):
            self._stop(child)
            for line in child.lines(last=True):
                say(line)
        _kill_the_rest()

    def _stop(self, child: Child) -> None:
        """Ask the process to end; after a while, or on a second Ctrl-C, do not ask."""
        end = time.monotonic() + SECONDS_TO_STOP
        if not child.has_ended():
            child.process.terminate()
        while not child.has_ended():
            self._pass_on_output()
            if time.monotonic() > end or self.stop_requests > 1:
                child.process.kill()


def _kill_the_rest() -> None:
    """End what the processes have left behind, where the system can list it (Linux)."""
    listing = Path(f"/proc/self/task/{os.getpid()}/children")
    while listing.exists() and (pids := listing.read_text().split()):
        for pid in map(int, pids):
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
