"""The planner of the sessions, and what must be done before each."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reporting.forms.assignment import AssignmentForm
from reporting.forms.errors import Problem
from reporting.models import Assignment, Session
from reporting.queries.planner import is_ahead
from reporting.queries.planner import planner as plan_of
from reporting.queries.preparation import prepared
from reporting.queries.session import days_on_record
from reporting.rules.preparation import Step, counted_back
from reporting.services.assignment import assign
from reporting.views.as_at import as_typed, from_today
from reporting.views.presenters.pages import page_asked, turn
from reporting.views.presenters.planner import steps
from reporting.views.secretariat import person, secretariat_only
from reporting.views.treaty import desk_treaty

# Every State on record whose review was in absence had been overdue for more than six years; the
# second band of lateness begins at five.
YEARS_OVERDUE = 5
MOST_YEARS = 50
_SHOWN = 12
# So many rows of each list stand on a page.
PAGE_SIZE, PAGE_OF_ABSENCES = 100, "absences"


@require_safe
@secretariat_only
def planner(request: HttpRequest) -> HttpResponse:
    """Show what waits, and for which session each is planned."""
    shown, (years, wrong) = from_today(request), _years(request)
    today, treaty = shown["today"], desk_treaty(request)
    plan = plan_of(treaty=treaty, as_at=today, years=years)
    reports, no_reports = page_asked(Paginator(plan.reports, PAGE_SIZE), request)
    absences, no_absences = page_asked(
        Paginator(plan.absences, PAGE_SIZE), request, name=PAGE_OF_ABSENCES
    )
    context = shown | {
        "treaty": treaty,
        "plan": plan,
        "reports": reports,
        "turn_reports": turn(reports, request),
        "absences": absences,
        "turn_absences": turn(absences, request, name=PAGE_OF_ABSENCES),
        "past": None
        if plan.sittings
        else next(iter(days_on_record(treaty=treaty, as_at=today)), None),
        "years": years,
        "most_years": MOST_YEARS,
        "choices": [each.session for each in plan.sittings if is_ahead(each.session, as_at=today)],
        "errors": [*shown["errors"], *wrong, *no_reports, *no_absences],
        "years_are_wrong": bool(wrong),
    }
    return render(request, "planner/page.html", context)


def _years(request: HttpRequest) -> tuple[int, list[Problem]]:
    text = request.GET.get("years", "").strip()
    if not text:
        return YEARS_OVERDUE, []
    if text.isascii() and text.isdecimal() and len(text) < 4 and 0 < int(text) <= MOST_YEARS:
        return int(text), []
    places = {"text": as_typed(text, most=_SHOWN), "most": MOST_YEARS, "years": YEARS_OVERDUE}
    said = _("“%(text)s” is no number of years from 1 to %(most)s. The page shows %(years)s.")
    return YEARS_OVERDUE, [Problem(said % places, "#years")]


@require_POST
@secretariat_only
def assign_item(request: HttpRequest) -> HttpResponse:
    """Plan something for a session, move it, take it back; then show the plan again."""
    form = AssignmentForm(request.POST, treaty=desk_treaty(request))
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return _back(request)
    given = form.cleaned_data
    names = ("party", "submission", "session")
    try:
        found = assign(
            **{name: given[name] for name in names}, by=person(request), as_at=timezone.localdate()
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _said(given, found))
    return _back(request)


def _said(given: dict[str, Any], found: Assignment | None) -> str:
    places = {"state": given["party"].state.local_name}
    if found is None:
        return _("%(state)s is planned for no session.") % places
    places["number"] = str(found.session.number)
    return _("%(state)s is planned for session %(number)s.") % places


def _back(request: HttpRequest) -> HttpResponse:
    years = request.POST.get("years", "")
    kept = f"?years={years}" if years.isascii() and years.isdecimal() else ""
    return redirect(reverse("reporting:planner") + kept)


@require_safe
@secretariat_only
def preparation(request: HttpRequest, number: int) -> HttpResponse:
    """Show what must be sent, translated and answered before a session, and what is on record of it."""
    found = get_object_or_404(Session, treaty=desk_treaty(request), number=number)
    shown = from_today(request)
    today = shown["today"]
    plan = plan_of(treaty=found.treaty, as_at=today, years=YEARS_OVERDUE)
    items = [
        each for sitting in plan.sittings if sitting.session == found for each in sitting.items
    ]
    weeks = {
        Step.LIST_OF_ISSUES: settings.LIST_OF_ISSUES_WEEKS,
        Step.REPLIES: settings.REPLIES_WEEKS,
    }
    days = counted_back(starts_on=found.starts_on, ends_on=found.ends_on, weeks=weeks)
    context = shown | {
        "session": found,
        "steps": steps(days, today=today),
        "rows": prepared(items),
    }
    return render(request, "planner/preparation.html", context)
