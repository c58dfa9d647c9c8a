"""One request: to an address that was looked at, within a few seconds whatever the other side does.

The standard library is used, since the libraries that are there resolve the name once more by
themselves, follow redirects unless told otherwise, and count their time-outs anew with each byte.
"""

import http.client
import io
import socket
import ssl
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.core.exceptions import ValidationError

from reporting.models import Trouble
from reporting.services.webhook.address import ForbiddenError, Target, places_of, target_of

# Seconds: for the connection, and for everything together.
CONNECT, ALTOGETHER = 5.0, 10.0
# Seconds in which the name of a host is to be found while somebody waits for a page.
FOUND_WITHIN = 2.0
_AGENT = "Treaty-Reporting-Timetable"
_SHORTEST = 0.001


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request: no trouble where it was taken."""

    trouble: Trouble | None = None
    code: int | None = None
    error: str = ""


def deliver(*, address: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """Send the body once, and return what became of it. Nothing of the answer but its code is kept."""
    try:
        target = target_of(address)
        connection = _Connection(target, until=monotonic() + ALTOGETHER)
    except (ValidationError, ForbiddenError):
        return Outcome(Trouble.REFUSED)
    except (OSError, UnicodeError) as error:  # what getaddrinfo raises
        return Outcome(Trouble.UNKNOWN, error=str(error))
    try:
        return _understood(connection.post(body, headers))
    except (OSError, http.client.HTTPException) as error:
        return _broken_off(error)
    finally:
        connection.close()


def trouble_ahead(address: str) -> Trouble | None:
    """Return why nothing could be delivered to the address now, as far as the name of its host says.

    A name can come to life later, and nothing is sent to find out.
    """
    looking = ThreadPoolExecutor(1)  # what asks for a name cannot be given a time
    try:
        looking.submit(places_of, target_of(address)).result(timeout=FOUND_WITHIN)
    except (ValidationError, ForbiddenError):
        return Trouble.REFUSED
    except (OSError, UnicodeError):
        return Trouble.UNKNOWN
    finally:
        looking.shutdown(wait=False)
    return None


def _broken_off(error: Exception) -> Outcome:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Outcome(Trouble.UNSAFE, error=error.verify_message)
    if isinstance(error, TimeoutError):
        return Outcome(Trouble.SILENT, error=str(error))
    if isinstance(error, OSError):
        return Outcome(Trouble.UNREACHABLE, error=str(error))
    return Outcome(Trouble.BROKEN, error=type(error).__name__)


def _understood(code: int) -> Outcome:
    if 200 <= code < 300:
        return Outcome(code=code)
    if code == http.client.GONE:
        return Outcome(Trouble.GONE, code)
    return Outcome(Trouble.REDIRECT if 300 <= code < 400 else Trouble.CODE, code)


class _Connection(http.client.HTTPConnection):
    """A connection to a place that was looked at; what it takes ends at a moment."""

    def __init__(self, target: Target, *, until: float) -> None:
        super().__init__(target.host, target.port)
        self.target, self.until = target, until
        self.places = places_of(target)

    def post(self, body: bytes, headers: Mapping[str, str]) -> int:
        """Send, and return the code of the answer; its body is not read."""
        given = {"Host": self.target.authority, "User-Agent": _AGENT, "Connection": "close"}
        self.request("POST", self.target.path, body, {**given, **headers})
        return self.getresponse().status

    def connect(self) -> None:
        """Connect to the first place that takes it, by TLS where the address says so."""
        raw = self._connected()
        try:
            raw.settimeout(self._left())
            if self.target.scheme == "https":
                context = ssl.create_default_context()
                raw = context.wrap_socket(raw, server_hostname=self.target.host)
        except OSError:
            raw.close()
            raise
        self.sock = _Timed(raw, self._left)

    def _connected(self) -> socket.socket:
        last: OSError | None = None
        for family, kind, number, to in self.places:
            made = socket.socket(family, kind, number)
            made.settimeout(min(CONNECT, self._left()))
            try:
                made.connect(to)
            except OSError as error:
                made.close()
                last = error
            else:
                return made
        raise last or OSError("no place to connect to")  # the name had none

    def _left(self) -> float:
        """Return how many seconds are left; raise TimeoutError where none are."""
        left = self.until - monotonic()
        if left < _SHORTEST:
            raise TimeoutError
        return left


class _Timed:
    """A socket, as far as http.client uses one, on which every wait is for what is left of the time."""

    def __init__(self, inner: socket.socket, left: Callable[[], float]) -> None:
        self.inner, self.left = inner, left

    def sendall(self, data: Any) -> None:
        """Send."""
        self.inner.settimeout(self.left())
        self.inner.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return what the answer is read from."""
        return io.BufferedReader(_Answer(self))

    def close(self) -> None:
        """Hang up."""
        self.inner.close()


class _Answer(io.RawIOBase):
    def __init__(self, timed: _Timed) -> None:
        self.timed = timed

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there, waiting no longer than what is left of the time."""
        self.timed.inner.settimeout(self.timed.left())
        return self.timed.inner.recv_into(buffer)
