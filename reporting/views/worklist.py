"""The dates that the secretariat has to confirm, and the one form on which each is entered."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reporting.forms.errors import problems
from reporting.forms.worklist import ParagraphForm, proposed_form
from reporting.queries.inbox import date_to_confirm, to_confirm
from reporting.rules.paragraph import read_paragraph
from reporting.views.as_at import from_today, read_as_at
from reporting.views.presenters import worklist as show
from reporting.views.presenters.pages import page_asked, turn
from reporting.views.secretariat import party_shown, secretariat_only
from reporting.views.state_code import in_capitals
from reporting.views.treaty import desk_treaties, kept

PAGE_SIZE = 100


@require_safe
@secretariat_only
def worklist(request: HttpRequest) -> HttpResponse:
    """Show the dates that were to be confirmed on a day, the earliest estimate first."""
    as_at = read_as_at(request)
    treaties = desk_treaties(request)
    found = to_confirm(as_at=as_at.day, treaties=treaties)
    page, errors = page_asked(Paginator(found, PAGE_SIZE), request)
    context = {
        "as_at": as_at,
        "rows": [show.date_row(each, as_at=as_at) for each in page.object_list],
        "several": len(treaties) > 1,
        "count": len(found),
        "errors": errors,
        "results": turn(page, request),
    }
    return render(request, "worklist/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def worklist_date(request: HttpRequest, iso3: str) -> HttpResponse:
    """Show one date to confirm with its form; from a text that is sent, propose what it says."""
    if iso3 != iso3.upper():
        return in_capitals(request, "reporting:worklist-date", iso3)
    party, shown = party_shown(request, iso3), from_today(request)
    today = shown["today"]
    item = date_to_confirm(iso3=iso3, as_at=today, treaty=party.treaty)
    if item is None:
        done = _("%(state)s has no date to confirm: every open report has a firm date.")
        messages.info(request, done % {"state": party.state.local_name})
        return redirect(reverse("reporting:worklist") + kept(party.treaty))
    paste = ParagraphForm(request.POST if request.method == "POST" else None)
    proposal = show.proposal(item)
    if paste.is_bound and paste.is_valid():
        read = read_paragraph(paste.cleaned_data["text"], show.known(item))
        proposal = show.proposal(item, read=read, as_at=today)
    context: dict[str, Any] = {
        "row": show.date_row(item),
        "notice": shown["notice"],
        "party": party,
        "paste": paste,
        "errors": [*shown["errors"], *(problems(paste) if paste.is_bound else [])],
        "proposal": proposal,
        "form": proposed_form(
            initial=proposal.initial,
            notes=proposal.notes,
            action=proposal.action,
            party=party,
            as_at=today,
        ),
    }
    return render(request, "worklist/date.html", context)
