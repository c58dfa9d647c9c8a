"""How much waits for the secretariat, and how much failed, for the frame of every page."""

from collections.abc import Callable
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from reporting import permissions
from reporting.models import User
from reporting.queries.inbox import inbox_count
from reporting.queries.reminder import failed_count


def waiting(request: HttpRequest) -> dict[str, Callable[[], int | None]]:
    """Offer both numbers, each counted only where a template asks for it."""
    user = getattr(request, "user", None) or AnonymousUser()

    def count() -> int | None:
        if not permissions.is_secretariat(user):
            return None
        bound = cast("User", user).bound_to
        return inbox_count(treaties=bound, as_at=timezone.localdate())

    def failed() -> int | None:
        if not permissions.is_secretariat(user):
            return None
        return failed_count(person=cast("User", user))

    return {"inbox_waiting": count, "reminders_failed": failed}
