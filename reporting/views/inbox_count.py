"""How much waits for the secretariat, for the frame of every page."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from reporting import permissions
from reporting.queries.inbox import inbox_count
from reporting.views.treaty import CODE


def waiting(request: HttpRequest) -> dict[str, Callable[[], int | None]]:
    """Offer the number of things in the inbox, counted only where a template asks for it."""

    def count() -> int | None:
        user = getattr(request, "user", None) or AnonymousUser()
        if not permissions.may_record(user):
            return None
        return inbox_count(treaty=CODE, as_at=timezone.localdate())

    return {"inbox_waiting": count}
