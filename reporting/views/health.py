"""Whether alerts go out: this process answers, the database too, and nobody has fallen silent."""

from http import HTTPStatus

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.queries import heartbeat

UP_SINCE = timezone.now()


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
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
