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
from reporting.models import CoreDocument, Session, Submission, Treaty
from reporting.queries.search import Document, Found, StateHit
from reporting.queries.search import search as look_for
from reporting.rules.universal_review import known_on
from reporting.views.as_at import AsAt, read_as_at
from reporting.views.presenters.facts import kind_of
from reporting.views.treaty import kept, treaty_shown


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Lead to the one State or document that was meant, or list what was found."""
    as_at, form, treaty = read_as_at(request), SearchForm(request.GET), treaty_shown(request)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    acting_for = permissions.parties_acted_for(request.user)
    found = look_for(q=q, treaty=treaty, acting_for=acting_for) if q else Found()
    if not as_at.error:
        if found.jump and _day_of(found.jump, as_at) == as_at.day:
            return redirect(_address(found.jump, as_at, treaty))
        if found.only_state:
            return redirect(_of_state(found.only_state, as_at))
    context = {
        "as_at": as_at,
        "treaty": treaty,
        "q": form.shown,
        "searched": bool(q),
        "found": found,
        "states": [(hit, _of_state(hit, as_at)) for hit in found.states],
        "documents": [_document(row, as_at, treaty) for row in found.documents],
        "core_documents": [(row, _of_core(row, as_at)) for row in found.core_documents],
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


def _of_state(hit: StateHit, as_at: AsAt) -> str:
    """Return the page of the State, under a treaty that it is a party to."""
    place = replace(as_at, treaty=hit.elsewhere[0]) if hit.elsewhere else as_at
    return reverse("reporting:state", args=[hit.state.iso3]) + place.query


def _document(row: Document, as_at: AsAt, treaty: Treaty) -> dict[str, Any]:
    day = _day_of(row, as_at)
    other = day if day != as_at.day else None
    return {
        "row": row,
        "kind": kind_of(row),
        "url": _address(row, as_at, treaty),
        "other_day": other,
    }


def _day_of(row: Document, as_at: AsAt) -> date | None:
    """Return the day for which the page of the State shows the fact: that one, else today, else a later one.

    None where it counts on no day.
    """
    if row.counts_from is None:
        return None
    since = max(row.counts_from, row.state_party.party_since)
    return as_at.day if since <= as_at.day else max(as_at.today, since)


def _address(row: Document, as_at: AsAt, treaty: Treaty) -> str:
    """Return the place where the fact stands: everybody may open it, and it leads on from there."""
    party, day = row.state_party, _day_of(row, as_at)
    if party.treaty_id != treaty.pk:
        as_at = replace(as_at, treaty=party.treaty.code)
    address = reverse("reporting:state", args=[party.state.iso3])
    return f"{address}{replace(as_at, day=day).query}#{row.ref}" if day else address + as_at.query


def _of_core(row: CoreDocument, as_at: AsAt) -> str:
    """Return the place where the document stands, on that day or else today."""
    if not known_on(row.dated_on, recorded_on=row.recorded_on, as_at=as_at.day):
        as_at = replace(as_at, day=as_at.today)
    return reverse("reporting:state", args=[row.state.iso3]) + as_at.query + "#state-facts"


def _filed(row: Submission) -> dict[str, Any]:
    place = (row.state_party.state.iso3, row.pk)
    return {"row": row, "url": reverse("reporting:submission", args=place)}


def _session(session: Session, request: HttpRequest) -> dict[str, object]:
    is_desk = permissions.is_secretariat_of(request.user, session.treaty_id)
    address = reverse("reporting:session", args=[session.number])
    return {"session": session, "url": address + kept(session.treaty) if is_desk else ""}
