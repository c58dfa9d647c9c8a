"""The States parties, and what is on record about each."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from reporting import permissions
from reporting.forms.errors import problems
from reporting.forms.filters import StateSearchForm
from reporting.models import Obligation, State, StateParty, Treaty
from reporting.queries.alerts import state_alerts
from reporting.queries.all_treaties import all_treaties, treaties_of
from reporting.queries.plan import ReviewPlan, in_preparation, review_plans
from reporting.queries.session import days_on_record
from reporting.queries.state import StatePage, state_page, states_parties
from reporting.queries.state_fact import core_documents
from reporting.queries.timeline import reports_elsewhere, sessions_shown
from reporting.views.acting import person
from reporting.views.as_at import AsAt, read_as_at, treaty_asked
from reporting.views.fragment import wants_fragment
from reporting.views.presenters import state as show
from reporting.views.presenters import timeline
from reporting.views.presenters.ministry import review_plans_shown
from reporting.views.presenters.pages import page_asked, turn
from reporting.views.presenters.reminder import by_day
from reporting.views.state_code import in_capitals, no_such_state
from reporting.views.treaty import treaty_shown, usual

# Every State that there is fits on one page.
PAGE_SIZE = 250


@require_safe
@vary_on_headers("HX-Request")
def states(request: HttpRequest) -> HttpResponse:
    """Show the States parties of a day; to a script that asks for it, the list alone."""
    as_at, form, treaty = read_as_at(request), StateSearchForm(request.GET), treaty_shown(request)
    form.is_valid()
    kept = [("treaty", as_at.treaty)] if as_at.treaty else []
    kept += [(name, value) for name, value in form.cleaned_data.items() if value]
    found = states_parties(as_at=as_at.day, treaty=treaty, **form.cleaned_data)
    page, beyond = page_asked(Paginator(found, PAGE_SIZE), request)
    context = {
        "as_at": as_at,
        "treaty": treaty,
        "form": form,
        "errors": [*problems(form), *beyond],
        "rows": show.rows(page.object_list, query=as_at.query),
        "count": len(found),
        "results": turn(page, request),
        "kept": kept,
        "today_url": f"{request.path}?{urlencode(kept)}" if kept else request.path,
    }
    template = "state/_results.html" if wants_fragment(request) else "state/list.html"
    return render(request, template, context)


@require_safe
def state(request: HttpRequest, iso3: str) -> HttpResponse:
    """Show what is on record about one State and what it owes."""
    if iso3 != iso3.upper():
        return in_capitals(request, "reporting:state", iso3)
    as_at = read_as_at(request)
    bound = treaties_of(iso3=iso3, as_at=as_at.day)
    treaty = _treaty(request, bound)
    if treaty.code not in {as_at.treaty, usual(request)}:
        as_at = replace(as_at, treaty=treaty.code)
    try:
        page = state_page(iso3=iso3, treaty=treaty, as_at=as_at.day)
    except StateParty.DoesNotExist:
        raise no_such_state(iso3) from None
    context: dict[str, Any] = {
        "as_at": as_at,
        "treaty": treaty,
        "several_treaties": len(bound) > 1,
        "page": page,
        **_whole(request, page.party.state, as_at.day),
        "may_record": permissions.may_record(request.user, treaty),
        "may_act": permissions.may_act_for(request.user, page.party),
    }
    if whole := context["bound"]:
        elsewhere = whole.reported_in(treaty)
        context["page"] = page = replace(
            page,
            elsewhere=elsewhere,
            past_elsewhere=_ended_elsewhere(page.party, treaty, as_at.day),
            folding=whole.folding,
        )
    if page.is_party:
        context |= _picture(page, treaty, as_at)
    if context["may_act"] and as_at.is_today:
        told = state_alerts(person=person(request), state=page.party.state, as_at=as_at.day)
        context |= {"alerts": told, "coming": by_day(told.coming)}
    context |= show.sections(page, whole=context["bound"], as_at=as_at.day)
    return render(request, "state/page.html", context)


def _ended_elsewhere(party: StateParty, treaty: Treaty, day: date) -> list[Obligation]:
    """Return the reports of the Convention that were also those under the protocol and have ended."""
    found = reports_elsewhere([party], treaty=treaty, as_at=day)[party.state_id]
    return [row for row in found if not row.is_open(as_at=day)]


def _picture(page: StatePage, treaty: Treaty, as_at: AsAt) -> dict[str, Any]:
    """Return the timeline of the State."""
    axis = timeline.axis(first=treaty.in_force_on.year, as_at=as_at.day)
    return {
        "axis": axis,
        "strips": timeline.strips([page], axis=axis, query=as_at.query),
        "sessions": timeline.session_bars(
            sessions_shown(treaty=treaty),
            days_on_record(treaty=treaty, as_at=as_at.day),
            axis=axis,
        ),
        "legend": timeline.LEGEND,
    }


def _treaty(request: HttpRequest, bound: list[Treaty]) -> Treaty:
    """Return the treaty that is asked for, else the usual one, else the first that binds the State."""
    asked = treaty_asked(request)
    by_code = {each.code: each for each in bound}
    found = by_code.get(asked or usual(request))
    if found is None and not asked and bound:
        return bound[0]
    return found or treaty_shown(request)


def _whole(request: HttpRequest, state: State, day: date) -> dict[str, Any]:
    """Return what is of the State and no one treaty; ``all`` where several bind it on that day."""
    may_keep = permissions.may_keep_facts_of(request.user, state)
    bound = next(iter(all_treaties(as_at=day, states=State.objects.filter(pk=state.pk))), None)
    plans: list[ReviewPlan] = []
    if bound and may_keep and day == timezone.localdate():
        steps = (step for cycle in bound.cycles for step in cycle.steps.values())
        plans = review_plans(reports=in_preparation(steps, as_at=day))
    return {
        "bound": bound,
        "all": bound if bound and len(bound.treaties) > 1 else None,
        "documents": core_documents(state=state, as_at=day),
        "may_keep": may_keep,
        "plans": review_plans_shown(plans, as_at=day),
        "steps_read_only": not permissions.may_prepare_review(request.user, state),
    }
