"""Looking for a State, a document or a session, from every page."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reporting import permissions
from reporting.forms.errors import Problem
from reporting.forms.search import SearchForm
from reporting.models import Session, Submission
from reporting.queries.search import Document, Found
from reporting.queries.search import search as look_for
from reporting.views.as_at import AsAt, read_as_at
from reporting.views.presenters.facts import kind_of
from reporting.views.treaty import treaty_shown


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Lead to the one State or document that was meant, or list what was found."""
    as_at, form, treaty = read_as_at(request), SearchForm(request.GET), treaty_shown(request)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    acting_for = permissions.states_acted_for(request.user, treaty)
    found = look_for(q=q, treaty=treaty, acting_for=acting_for) if q else Found()
    if not as_at.error:
        if found.jump and _day_of(found.jump, as_at) == as_at.day:
            return redirect(_address(found.jump, as_at))
        if found.only_state:
            return redirect(reverse("reporting:state", args=[found.only_state.iso3]) + as_at.query)
    context = {
        "as_at": as_at,
        "treaty": treaty,
        "q": form.shown,
        "searched": bool(q),
        "found": found,
        "documents": [_document(row, as_at) for row in found.documents],
        "filed": [_filed(row) for row in found.filed],
        "sessions": [_session(each, request) for each in found.sessions],
        "query": as_at.query,
        "today_url": _today(request),
        "errors": [Problem(str(text), "#search-q") for text in form.errors.get("q", ())],
    }
    return render(request, "search/page.html", context)


def _today(request: HttpRequest) -> str:
    """Return the address of the same search as at today."""
    asked = request.GET.copy()
    asked.pop("as_at", None)
    return f"{request.path}?{asked.urlencode()}" if asked else request.path


def _document(row: Document, as_at: AsAt) -> dict[str, Any]:
    day = _day_of(row, as_at)
    other = day if day != as_at.day else None
    return {"row": row, "kind": kind_of(row), "url": _address(row, as_at), "other_day": other}


def _day_of(row: Document, as_at: AsAt) -> date | None:
    """Return the day for which the page of the State shows the fact: that one, else today, else a later one.

    None where it counts on no day.
    """
    if row.counts_from is None:
        return None
    since = max(row.counts_from, row.state_party.party_since)
    return as_at.day if since <= as_at.day else max(as_at.today, since)


def _address(row: Document, as_at: AsAt) -> str:
    """Return the place where the fact stands: everybody may open it, and it leads on from there."""
    address, day = (
        reverse("reporting:state", args=[row.state_party.state.iso3]),
        _day_of(row, as_at),
    )
    return f"{address}{replace(as_at, day=day).query}#{row.ref}" if day else address + as_at.query


def _filed(row: Submission) -> dict[str, Any]:
    place = (row.state_party.state.iso3, row.pk)
    return {"row": row, "url": reverse("reporting:submission", args=place)}


def _session(session: Session, request: HttpRequest) -> dict[str, object]:
    is_desk = permissions.is_secretariat_of(request.user, session.treaty_id)
    url = reverse("reporting:session", args=[session.number]) if is_desk else ""
    return {"session": session, "url": url}
