"""Answers to programs that ask again and again: in full only where something changed."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from reporting.queries.marks import Mark, mark_of_record


class ChangedError(APIException):
    """The asker has something else than what is there."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_code = "precondition_failed"


def answer_of_record(
    request: Request,
    build: Callable[[], HttpResponse],
    *,
    today: date,
    mark: Callable[..., Mark] = mark_of_record,
) -> HttpResponseBase:
    """Return 304 where the asker has what this address says of the record today; build it else."""
    plain = request._request  # noqa: SLF001 - the framework's documented name
    seen = mark("api", plain.get_full_path(), get_language(), today=today)
    etag, since = quote_etag(seen.text), int(seen.at.timestamp())
    unchanged = get_conditional_response(plain, etag=etag, last_modified=since)
    if unchanged is not None and unchanged.status_code == HTTPStatus.PRECONDITION_FAILED:
        raise ChangedError(_("This has changed since."))
    answer: HttpResponseBase = build() if unchanged is None else unchanged
    answer["ETag"] = etag
    answer["Last-Modified"] = http_date(since)
    patch_cache_control(answer, no_cache=True)
    patch_vary_headers(answer, ("Authorization",))
    return answer
