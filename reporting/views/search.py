"""Looking for a State, a document or a session, from every page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reporting import permissions
from reporting.forms.errors import Problem
from reporting.forms.search import SearchForm
from reporting.models import Session
from reporting.queries.search import Document, Found
from reporting.queries.search import search as look_for
from reporting.views.as_at import read_as_at
from reporting.views.presenters.facts import kind_of
from reporting.views.treaty import treaty_shown


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Lead to the one State or document that was meant, or list what was found."""
    as_at, form, treaty = read_as_at(request), SearchForm(request.GET), treaty_shown(request)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    found = look_for(q=q, treaty=treaty) if q else Found()
    if found.jump:
        return redirect(_address(found.jump, as_at.query))
    if found.only_state:
        return redirect(reverse("reporting:state", args=[found.only_state.iso3]) + as_at.query)
    context = {
        "q": form.shown,
        "searched": bool(q),
        "found": found,
        "documents": [
            {"row": row, "kind": kind_of(row), "url": _address(row, as_at.query)}
            for row in found.documents
        ],
        "sessions": [_session(each, request) for each in found.sessions],
        "query": as_at.query,
        "errors": [Problem(str(text), "#search-q") for text in form.errors.get("q", ())],
    }
    return render(request, "search/page.html", context)


def _address(row: Document, query: str) -> str:
    """Return the place where the fact stands: everybody may open it, and it leads on from there."""
    return f"{reverse('reporting:state', args=[row.state_party.state.iso3])}{query}#{row.ref}"


def _session(session: Session, request: HttpRequest) -> dict[str, object]:
    is_desk = permissions.is_secretariat(request.user)
    url = reverse("reporting:session", args=[session.number]) if is_desk else ""
    return {"session": session, "url": url}
