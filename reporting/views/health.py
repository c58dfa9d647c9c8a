"""Whether this process answers."""

from django.http import HttpRequest, HttpResponse


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer "ok" as plain text, without asking the database or anything else."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")
