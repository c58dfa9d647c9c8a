"""The accessibility statement."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

# When somebody last held the statement against the pages.
LOOKED_AT = date(2026, 11, 25)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what the pages do for everybody, what they do not reach, and whom to tell."""
    context = {"desk": settings.DESK_EMAIL, "looked_at": LOOKED_AT}
    return render(request, "accessibility/page.html", context)
