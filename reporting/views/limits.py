"""Limits of how often: counted in the cache, which all hosts share through Redis."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django_ratelimit.core import get_usage

READ = ("GET", "HEAD")
SENT = ("POST",)
# The name of a route, the group in RATE_LIMITS that it counts to, and the methods that count.
LIMITED = {
    "account_login": ("sign-in", SENT),
    "account_reset_password": ("reset", SENT),
    "reporting:invite": ("invitation", SENT),
    "reporting:invitation": ("invitation", (*READ, *SENT)),
    "reporting:search": ("search", READ),
    "reporting:export-file": ("exports", READ),
    "reporting:table-file": ("exports", READ),
    "reporting:compare-file": ("exports", READ),
    "reporting:overview-history": ("exports", READ),
    "reporting:changes-feed": ("feeds", READ),
    "reporting:calendar": ("feeds", READ),
    "reporting:state-calendar": ("feeds", READ),
    "reporting:private-calendar": ("feeds", READ),
}
# What programs ask for: they read no page.
FOR_PROGRAMS = {"exports", "feeds"}
# Where somebody else refuses (django-allauth counts attempts, too): its limits are for a minute.
A_MINUTE = 60


class LimitMiddleware:
    """Answers 429, with when to try again, to whoever comes too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand where it is known who has signed in."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; every 429 says when to try again."""
        answer = self.get_response(request)
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            answer.headers.setdefault("Retry-After", str(A_MINUTE))
        return answer

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Count, and refuse what is too much."""
        match = request.resolver_match
        group, methods = LIMITED.get(match.view_name if match else "", ("", ()))
        rate = settings.RATE_LIMITS.get(group)
        if not rate or request.method not in methods:
            return None
        usage = get_usage(request, group=group, key="user_or_ip", rate=rate, increment=True)
        if usage is None or not usage["should_limit"]:
            return None
        return too_many(request, seconds=max(usage["time_left"], 1), plain=group in FOR_PROGRAMS)


def too_many(request: HttpRequest, *, seconds: int, plain: bool) -> HttpResponse:
    """Say that it was too often, and after how many seconds it is not."""
    sentence = ngettext(
        "There were too many requests from here. Try again in %(seconds)s second.",
        "There were too many requests from here. Try again in %(seconds)s seconds.",
        seconds,
    ) % {"seconds": seconds}
    status = HTTPStatus.TOO_MANY_REQUESTS
    if plain:
        answer = HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    else:
        answer = render(request, "429.html", {"sentence": sentence}, status=status)
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "no-store"
    return answer
