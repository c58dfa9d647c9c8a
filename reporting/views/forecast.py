"""The forecast of the backlog, for the secretariat."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reporting.forms.errors import Problem
from reporting.queries.forecast import foretell, looked_back, usual_pace
from reporting.views.as_at import as_typed, read_as_at
from reporting.views.presenters.forecast import drawn, pace_in_words, picture
from reporting.views.secretariat import secretariat_only
from reporting.views.treaty import desk_treaty

MOST_REVIEWS, MOST_SESSIONS = 50, 6
_SHOWN = 12


@require_safe
@secretariat_only
def forecast(request: HttpRequest) -> HttpResponse:
    """Show the backlog of ten years with so many reviews a session and so many sessions a year."""
    as_at, treaty = read_as_at(request), desk_treaty(request)
    pace = usual_pace(treaty=treaty, as_at=as_at.day)
    reviews, wrong = _number(request, "reviews", most=MOST_REVIEWS, usual=pace.reviews)
    sessions, wrong_too = _number(
        request, "sessions", most=MOST_SESSIONS, usual=pace.sessions_a_year
    )
    past = looked_back(treaty=treaty, known_by=min(as_at.day, as_at.today))
    found = foretell(
        treaty=treaty,
        as_at=as_at.day,
        reviews=reviews,
        sessions_a_year=sessions,
        spread=past.spread,
    )
    shown = picture(found)
    context = {
        "as_at": as_at,
        "treaty": treaty,
        "found": found,
        "pace_in_words": pace_in_words(pace),
        "picture": shown,
        "drawn": drawn(shown),
        "past": past,
        "most_reviews": MOST_REVIEWS,
        "most_sessions": MOST_SESSIONS,
        "errors": [each for each in (wrong, wrong_too) if each],
    }
    return render(request, "forecast/page.html", context)


def _number(
    request: HttpRequest, name: str, *, most: int, usual: int
) -> tuple[int, Problem | None]:
    text = request.GET.get(name, "").strip()
    if not text:
        return usual, None
    if text.isascii() and text.isdecimal() and len(text) < 4 and 0 < int(text) <= most:
        return int(text), None
    places = {"text": as_typed(text, most=_SHOWN), "most": most, "usual": usual}
    said = _("“%(text)s” is no number from 1 to %(most)s. The page reckons with %(usual)s.")
    return usual, Problem(said % places, f"#{name}")
