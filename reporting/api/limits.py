"""How often a person, or an address, may ask: counted where the pages are counted."""

from typing import Any

from django.conf import settings
from django_ratelimit.core import get_usage
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

READ, FILE, WEBHOOKS = "api", "api-filing", "api-webhooks"


class Limit(BaseThrottle):
    """Refuses what is too much, and says when it is not."""

    def __init__(self) -> None:
        """Start a request."""
        self._wait: int | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request."""
        group = getattr(view, "limit_of_posts", FILE) if request.method == "POST" else READ
        rate = settings.RATE_LIMITS.get(group)
        if not rate:
            return True
        usage = get_usage(
            request._request,  # noqa: SLF001 - the framework's documented name
            group=group,
            key="user_or_ip",
            rate=rate,
            increment=True,
        )
        if usage is None or not usage["should_limit"]:
            return True
        self._wait = max(1, usage["time_left"])
        return False

    def wait(self) -> float | None:
        """Return after how many seconds it may ask again."""
        return self._wait
