"""Asking a virus scanner about an upload: clamd, over TCP or a Unix socket, by its INSTREAM command.

The setting ``SCANNER_URL`` names it; without one nothing is asked.
"""

import logging
import socket
import struct
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reporting.services.errors import refused

_log = logging.getLogger(__name__)
_COMMAND, _END = b"zINSTREAM\0", b"\0\0\0\0"
_LONGEST_ANSWER = 4096
_CHUNK = 64 * 1024
PORT = 3310


class ScannerError(Exception):
    """The scanner gave no verdict: it is away, did not answer in time, or could not read the file."""


def refuse_infected(chunks: Iterable[bytes]) -> None:
    """Raise ValidationError where the scanner finds something, or gives no verdict.

    A file that nobody could look at is not taken: it can be uploaded again, and what it would do to
    its readers cannot be undone.
    """
    if not settings.SCANNER_URL:
        return
    try:
        found = _verdict(chunks)
    except (OSError, ScannerError) as error:
        _log.error("The virus scanner gave no verdict: %s", repr(error))
        sentence = _(
            "The virus scanner gives no answer, so this file cannot be taken now. Try again in a few "
            "minutes; if it goes on, tell the administrator."
        )
        raise ValidationError(sentence, code="no-verdict") from error
    if found:
        sentence = _("This file looks infected: the virus scanner found %(what)s in it.")
        raise refused(sentence % {"what": found})


def _verdict(chunks: Iterable[bytes]) -> str:
    """Return the name of what was found, or nothing; raise OSError or ScannerError for no verdict."""
    end = time.monotonic() + settings.SCANNER_TIMEOUT
    with _connected(end) as line:
        try:
            line.sendall(_COMMAND)
            for chunk in chunks:
                for start in range(0, len(chunk), _CHUNK):
                    part = chunk[start : start + _CHUNK]
                    _keep_to(end, line)
                    line.sendall(struct.pack("!L", len(part)) + part)
            line.sendall(_END)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it says why before it hangs up, as where the file is too large for it
        return _read(_answer(line, end))


def _connected(end: float) -> socket.socket:
    about = urlsplit(settings.SCANNER_URL)
    left = max(0.1, end - time.monotonic())
    if about.scheme == "tcp":
        return socket.create_connection((about.hostname, about.port or PORT), timeout=left)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(left)
    try:
        line.connect(about.path)
    except OSError:
        line.close()
        raise
    return line


def _keep_to(end: float, line: socket.socket) -> None:
    """Let the next step take no longer than what is left."""
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)


def _answer(line: socket.socket, end: float) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        _keep_to(end, line)
        received = line.recv(_LONGEST_ANSWER)
        if not received:
            break
        answer += received
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _read(answer: str) -> str:
    """Read "stream: OK", "stream: NAME FOUND", or anything else, which is no verdict."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")[:100]
    raise ScannerError(answer)
