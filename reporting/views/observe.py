"""Each request measured and written down: by the name of its route, never by its address or its sender."""

import logging
from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from prometheus_client import Histogram

_log = logging.getLogger("reporting.requests")
SECONDS = Histogram(
    "reporting_request_seconds",
    "How long requests took, by route, method and status.",
    ("view", "method", "status"),
)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class ObserveMiddleware:
    """Stands around everything else, so that it sees what the others answer too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand outside."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; note how long the answer took."""
        begun = perf_counter()
        answer = self.get_response(request)
        took = perf_counter() - begun
        match = request.resolver_match
        view = (match.view_name if match else "") or "none"
        # What a client writes there is not to make a row of measures each time.
        method = request.method if request.method in METHODS else "other"
        SECONDS.labels(view, method, answer.status_code).observe(took)
        said = {"view": view, "method": method, "status": answer.status_code}
        _log.info(
            "%s %s %s", method, view, answer.status_code, extra=said | {"ms": round(took * 1000)}
        )
        return answer
