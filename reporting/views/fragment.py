"""Whether a part of the page is enough."""

from django.http import HttpRequest


def wants_fragment(request: HttpRequest) -> bool:
    """Return whether a script asks for the results alone, rather than a reader for the page."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request
