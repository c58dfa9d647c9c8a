"""The compliance of every State over all its treaties, as at a day."""

from functools import partial
from operator import attrgetter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.models import State
from reporting.queries import words
from reporting.queries.compliance import Indicators, indicators
from reporting.views.as_at import AsAt, read_as_at
from reporting.views.drawn import drawn
from reporting.views.presenters import compliance as show
from reporting.views.presenters.overview import states_on_map
from reporting.views.presenters.pages import page_asked, turn

PAGE_SIZE = 100


@require_safe
def compliance(request: HttpRequest) -> HttpResponse:
    """Show each State with its treaties in force, those with a report overdue, and the indicator."""
    as_at = read_as_at(request)
    found = indicators(as_at=as_at.day)
    rows = sorted(found.states, key=attrgetter("per_cent"))
    page, errors = page_asked(Paginator(rows, PAGE_SIZE), request)
    context = {
        "as_at": as_at,
        "drawn": drawn("compliance/_map.html", partial(_map, as_at, found), as_at=as_at),
        "rows": show.rows(page.object_list),
        "count": len(rows),
        "data_as_at": found.data_as_at,
        "unconfirmed": words.unconfirmed(found.unconfirmed),
        "errors": errors,
        "results": turn(page, request),
    }
    return render(request, "compliance/list.html", context)


def _map(as_at: AsAt, found: Indicators) -> dict[str, Any]:
    """Return the map, and the same as the script reads it."""
    # It knows a State by its M49 code.
    known = states_on_map(query=as_at.query, states=State.objects.exclude(m49=""))
    shown = show.world(found.states, known)
    frame = show.frame(shown, known, day=as_at.day, query=as_at.query)
    return {"map": shown, "frame": frame}
