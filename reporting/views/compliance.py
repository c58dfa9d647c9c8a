"""The compliance of every State over all its treaties, as at a day."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.queries.all_treaties import all_treaties
from reporting.views.as_at import read_as_at
from reporting.views.presenters import compliance as show
from reporting.views.presenters.overview import states_on_map
from reporting.views.presenters.pages import page_asked, turn

PAGE_SIZE = 100


@require_safe
def compliance(request: HttpRequest) -> HttpResponse:
    """Show each State with its treaties in force, those with a report overdue, and the indicator."""
    as_at = read_as_at(request)
    found = [each for each in all_treaties(as_at=as_at.day) if each.compliance is not None]
    rows = sorted(found, key=lambda each: (each.compliance, each.state.place))
    known = states_on_map(query=as_at.query)
    shown = show.world(rows, known)
    data_as_at = min((each.data_as_at for each in rows if each.data_as_at), default=None)
    page, errors = page_asked(Paginator(rows, PAGE_SIZE), request)
    context = {
        "as_at": as_at,
        "map": shown,
        "frame": show.frame(shown, known, day=as_at.day, query=as_at.query),
        "rows": page.object_list,
        "count": len(rows),
        "data_as_at": data_as_at,
        "errors": errors,
        "results": turn(page, request),
    }
    return render(request, "compliance/list.html", context)
