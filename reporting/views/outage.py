"""What is said where something that the application relies on is away: try again, nothing is lost."""

import errno
import logging
import sys
from collections.abc import Iterator
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.views.defaults import server_error as fault
from kombu.exceptions import OperationalError as BrokerError

from reporting.api.problems import fault as problem

_log = logging.getLogger(__name__)
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SECONDS = 10
PROGRAMS = "/api/"
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


def _said_to_programs(error: BaseException | None) -> HttpResponse:
    if error is None:
        return problem(
            HTTPStatus.INTERNAL_SERVER_ERROR, _("This is a fault of ours; it is logged.")
        )
    said = _("Something that is needed for this does not answer now. Try again; nothing is lost.")
    answer = problem(HTTPStatus.SERVICE_UNAVAILABLE, said)
    answer["Retry-After"] = str(SECONDS)
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for what no view caught: 503 where something is away, else 500.

    What is away can be behind another error: a transaction that it broke says only that it is broken.
    """
    found = next(filter(away, _causes(sys.exc_info()[1])), None)
    if request.path.startswith(PROGRAMS):
        return _said_to_programs(found)
    return unavailable(full=is_full(found)) if found else fault(request)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Go from an error to that from which it was raised, and on."""
    while error is not None:
        yield error
        error = error.__cause__
