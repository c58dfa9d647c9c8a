"""The overview: the dashboard's numbers as pictures, for a day and year by year."""

import json
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reporting.forms.errors import Problem
from reporting.models import Treaty
from reporting.queries.marks import mark_of_obligations
from reporting.queries.overview import overview as numbers_of
from reporting.queries.overview import overviews, year_ends
from reporting.views.as_at import AsAt, as_typed, read_as_at
from reporting.views.drawn import drawn, drawn_once
from reporting.views.presenters import overview as show
from reporting.views.treaty import treaty_shown
from reporting.views.unchanged import answer_of_record

_SHOWN = 12


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the pictures of a day; a year of the slider leads to its last day."""
    as_at, treaty = read_as_at(request), treaty_shown(request)
    years = range(treaty.in_force_on.year, as_at.today.year + 1)
    asked = request.GET.get("year", "").strip()
    if asked in map(str, years):
        return redirect(_address(int(asked), treaty=treaty, as_at=as_at))
    of_day = partial(_of_day, as_at, treaty)
    context = {
        "as_at": as_at,
        "treaty": treaty,
        "errors": [_no_year(asked, years)] if asked else [],
        "drawn": drawn("overview/_pictures.html", of_day, treaty.pk, as_at=as_at),
        "first_year": years[0],
        "last_year": years[-1],
        "years": years,
        "year": min(max(as_at.day.year, years[0]), years[-1]),
    }
    return render(request, "overview/page.html", context)


def _of_day(as_at: AsAt, treaty: Treaty) -> dict[str, Any]:
    """Return the pictures, the map, and both as the script reads them."""
    numbers = numbers_of(as_at=as_at.day, treaty=treaty)
    known = show.states_on_map(query=as_at.query)
    shown, pictures = show.world(numbers, known), show.pictures(numbers)
    frame = show.frame(numbers, shown, pictures, query=as_at.query)
    states = {"states": show.for_script(known, [numbers])}
    return {"pictures": pictures, "map": shown, "frame": frame | states}


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Return the pictures at the end of each year, and of today, for the script that plays them."""
    treaty = treaty_shown(request)
    shown = read_as_at(request)

    def answer() -> HttpResponse:
        text = drawn_once(partial(_history, shown, treaty), "history", treaty.pk, as_at=shown)
        return HttpResponse(text, content_type="application/json")

    return answer_of_record(request, answer, mark=mark_of_obligations)


def _history(shown: AsAt, treaty: Treaty) -> str:
    numbers = overviews(days=year_ends(treaty=treaty, until=shown.today), treaty=treaty)
    known = show.states_on_map(query="")
    frames = []
    for each in numbers:
        as_at = replace(shown, day=each.as_at)
        drawn = show.world(each, known), show.pictures(each)
        frames.append(show.frame(each, *drawn, query=as_at.query) | _said(as_at, treaty))
    return json.dumps({"frames": frames, "states": show.for_script(known, numbers)})


def _said(as_at: AsAt, treaty: Treaty) -> dict[str, str]:
    """Return what the page says of the day above its pictures, as markup."""
    today_url = reverse("reporting:overview") + as_at.treaty_query
    context = {"as_at": as_at, "treaty": treaty, "today_url": today_url}
    return {
        "heading": render_to_string("overview/_heading.html", context).strip(),
        "dayLine": render_to_string("components/_as_at_day.html", context).strip(),
    }


def _address(year: int, *, treaty: Treaty, as_at: AsAt) -> str:
    days = {day.year: day for day in year_ends(treaty=treaty, until=as_at.today)}
    return reverse("reporting:overview") + replace(as_at, day=days[year]).query


def _no_year(asked: str, years: range) -> Problem:
    places = {"text": as_typed(asked, most=_SHOWN), "first": years[0], "last": years[-1]}
    text = _("“%(text)s” is not a year from %(first)s to %(last)s. The page shows the day above.")
    return Problem(text % places, "#year")
