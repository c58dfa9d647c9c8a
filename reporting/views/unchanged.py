"""Answers to programs that ask again and again: in full only where something changed."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language

from reporting.queries.marks import Mark, mark_of_record


def answer_of_record(
    request: HttpRequest,
    build: Callable[[], HttpResponse],
    *,
    mark: Callable[..., Mark] = mark_of_record,
) -> HttpResponse:
    """Return 304 where the asker has what this address says of the record today; build it else."""
    seen = mark(request.get_full_path(), get_language(), today=timezone.localdate())
    answer = answer_if_changed(request, text=seen.text, at=seen.at, build=build)
    patch_cache_control(answer, no_cache=True)
    return answer


def answer_if_changed(
    request: HttpRequest, *, text: str, at: datetime, build: Callable[[], HttpResponse]
) -> HttpResponse:
    """Return 304 where the asker has what is marked by that text and moment; build the answer else."""
    etag, since = quote_etag(text), int(at.timestamp())
    unchanged = get_conditional_response(request, etag=etag, last_modified=since)
    answer = build() if unchanged is None else unchanged
    answer["ETag"] = etag
    answer["Last-Modified"] = http_date(since)
    return answer
