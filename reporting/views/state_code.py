"""The code of a State in an address: in capitals, and of a State party on record."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.views.as_at import as_typed

_SHOWN = 12


def no_such_state(iso3: str) -> Http404:
    """Return what a page raises for a code of no State party."""
    message = _("“%(iso3)s” is the code of no State party on record.")
    return Http404(message % {"iso3": as_typed(iso3, most=_SHOWN)})


def in_capitals(request: HttpRequest, route: str, iso3: str) -> HttpResponse:
    """Lead from a code in small letters to the same page at the address that it has."""
    address, query = reverse(route, args=[iso3.upper()]), request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{query}" if query else address, permanent=True)
