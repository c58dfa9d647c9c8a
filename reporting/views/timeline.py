"""The timelines of all States parties, beside each other over the years."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.queries.session import days_on_record
from reporting.queries.timeline import sessions_shown, states_shown, timelines
from reporting.views.as_at import read_as_at
from reporting.views.presenters import timeline as show
from reporting.views.presenters.pages import page_asked, turn
from reporting.views.treaty import treaty_shown


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Show what every State party owed, owes and will owe as seen from a day."""
    as_at, treaty = read_as_at(request), treaty_shown(request)
    asked, errors = page_asked(states_shown(as_at=as_at.day, treaty=treaty), request)
    page = timelines(as_at=as_at.day, treaty=treaty, page=asked)
    axis = show.axis(first=treaty.in_force_on.year, as_at=as_at.day)
    context = {
        "as_at": as_at,
        "treaty": treaty,
        "axis": axis,
        "strips": show.strips(page.object_list, axis=axis, query=as_at.query),
        "sessions": show.session_bars(
            sessions_shown(treaty=treaty),
            days_on_record(treaty=treaty, as_at=as_at.day),
            axis=axis,
        ),
        "legend": show.LEGEND,
        "errors": errors,
        "count": page.paginator.count,
        "results": turn(page, request),
    }
    return render(request, "timeline/page.html", context)
