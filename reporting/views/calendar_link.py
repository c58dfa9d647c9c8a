"""The page on which a person subscribes to calendars, and makes or ends the address of one's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reporting import permissions
from reporting.models import CalendarLink
from reporting.services.calendar_link import end_calendar_link, make_calendar_link
from reporting.views.acting import person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_link(request: HttpRequest) -> HttpResponse:
    """Show whether there is an address; make a new one, which is shown this once, or end it."""
    made = ""
    if request.POST.get("do") == "end":
        end_calendar_link(user=person(request), at=timezone.now())
        messages.success(request, _("The address of your calendar works no longer."))
        return redirect("reporting:calendar-link")
    if request.method == "POST":
        made = make_calendar_link(user=person(request), at=timezone.now())
    context = {
        "made": made,
        "link": CalendarLink.objects.filter(user=person(request)).first(),
        "is_desk": permissions.is_secretariat(request.user),
    }
    return render(request, "calendar/page.html", context)
