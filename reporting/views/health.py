"""Whether all is well, asked by a program.

`/healthz` says whether alerts go out: this process answers, the database too, and nobody has fallen
silent. `/livez` says that this process lives, and `/readyz` looks at every part.
"""

from http import HTTPStatus
from time import monotonic
from typing import NamedTuple

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.queries import heartbeat, readiness

UP_SINCE = timezone.now()
PLAIN = "text/plain; charset=utf-8"
UNSTORED = {"Cache-Control": "no-store"}


def silent_processes() -> list[heartbeat.Silent]:
    """Return the processes that have been silent for ten minutes."""
    return heartbeat.silent(now=timezone.now(), up_since=UP_SINCE)


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer "ok" as plain text; or, with 503, one sentence a line on what is not well."""
    try:
        problems = [str(each) for each in silent_processes()]
    except Error:
        problems = [_("The database cannot be asked.")]
    return HttpResponse(
        "\n".join(problems) or "ok",
        status=HTTPStatus.SERVICE_UNAVAILABLE if problems else HTTPStatus.OK,
        content_type=PLAIN,
        headers=UNSTORED,
    )


def livez(_request: HttpRequest) -> HttpResponse:
    """Answer "ok": this process lives. It asks nobody, so that nobody else's fault restarts it."""
    return HttpResponse("ok", content_type=PLAIN, headers=UNSTORED)


def readyz(_request: HttpRequest) -> JsonResponse:
    """Answer what is well and what is not, one part after the other; 503 where something is not."""
    parts = _asked_lately()
    is_ready = all(part.is_well for part in parts)
    return JsonResponse(
        {"ready": is_ready, "parts": {part.name: part.problem or "ok" for part in parts}},
        status=HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE,
        json_dumps_params={"ensure_ascii": False},
        headers=UNSTORED,
    )


class _Answer(NamedTuple):
    at: float
    parts: list[readiness.Part]


_lately: list[_Answer] = []
# Anybody may ask: not each time are the broker and the mail server.
ASK_AGAIN = 5.0


def _asked_lately() -> list[readiness.Part]:
    if not _lately or monotonic() - _lately[-1].at > ASK_AGAIN:
        parts = readiness.readiness(now=timezone.now(), up_since=UP_SINCE)
        _lately[:] = [_Answer(monotonic(), parts)]
    return _lately[-1].parts
