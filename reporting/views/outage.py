"""What is said where something that the application relies on is away: try again, nothing is lost."""

import errno
import logging
import sys
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error as fault
from kombu.exceptions import OperationalError as BrokerError

_log = logging.getLogger(__name__)
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SECONDS = 10
# Codes by which the databases say that the disk is full.
_FULL = ("disk is full", "No space left on device")


def away(error: BaseException | None) -> bool:
    """Return whether this error says that a database, a broker or a disk cannot do its part now."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return isinstance(error, OperationalError | InterfaceError | BrokerError)


def is_full(error: BaseException | None) -> bool:
    """Return whether this error says that there is no room left."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return any(words in str(error) for words in _FULL)


def unavailable(*, full: bool = False) -> HttpResponse:
    """Answer that this cannot be done now, and when to try again; needs no database."""
    page = loader.get_template("503.html").render({"full": full})
    return HttpResponse(page, status=503, headers={"Retry-After": str(SECONDS)})


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for what no view caught: 503 where something is away, else 500.

    What is away can be behind another error: a transaction that it broke says only that it is broken.
    """
    for error in _causes(sys.exc_info()[1]):
        if away(error):
            return unavailable(full=is_full(error))
    return fault(request)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Go from an error to that from which it was raised, and on."""
    while error is not None:
        yield error
        error = error.__cause__
