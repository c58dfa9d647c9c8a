"""What happens after too many wrong passwords, and who is counted."""

from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NO_ADDRESS = "0.0.0.0"  # noqa: S104 # nosec B104 # nothing listens there


def address(request: HttpRequest) -> str:
    """Return the address of the client, as the rate limits see it.

    A socket has none: then all who come through it share one.
    """
    found: str = get_client_ip(request) or NO_ADDRESS
    return found


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, _credentials: dict[str, Any] | None
) -> HttpResponse:
    """Say that it was too often, and what helps."""
    answer = render(request, "account/locked_out.html", status=429)
    answer["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return answer
