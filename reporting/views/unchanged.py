"""Answers to programs that ask again and again: in full only where something changed."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag


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
