"""The home of a ministry, and the steps of its plan."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting import permissions
from reporting.forms.errors import problems
from reporting.forms.milestone import MilestoneForm
from reporting.forms.refusals import put_on_fields
from reporting.models import State
from reporting.queries.all_treaties import AllTreaties, all_treaties
from reporting.queries.ministry import homes
from reporting.queries.plan import (
    Plan,
    ReviewPlan,
    plans,
    report_in_preparation,
    reports_in_preparation,
    review_in_preparation,
    review_plans,
)
from reporting.queries.state_fact import core_documents
from reporting.rules.schedule import MONTHS_BEFORE
from reporting.services.milestone import (
    ReviewStepName,
    StepName,
    plan_milestone,
    tick_milestone,
)
from reporting.views.acting import acting_for, person
from reporting.views.as_at import AsAt, from_today, treaty_asked
from reporting.views.fragment import wants_fragment
from reporting.views.presenters.ministry import (
    PlanShown,
    StepShown,
    homes_shown,
    plan_id,
    review_plans_shown,
    step_shown,
)
from reporting.views.treaty import kept, treaty_shown


@require_safe
def my(request: HttpRequest) -> HttpResponse:
    """Show a ministry what it has before it; lead the secretariat to its inbox."""
    if permissions.is_secretariat(request.user):
        return redirect("reporting:inbox")
    today = timezone.localdate()
    asked = treaty_shown(request) if treaty_asked(request) else None
    found = homes(person=person(request), treaty=asked, as_at=today)
    mine = person(request).states.all()
    under_all = all_treaties(as_at=today, states=mine)
    prepared = _reviews_prepared(under_all, today)
    treaties = {each.party.treaty for bound in under_all for each in bound.treaties}
    context = from_today(request) | {
        "homes": homes_shown(found, as_at=today),
        "states": {each.party.state_id for each in found},
        "treaty": asked or (treaties.pop() if len(treaties) == 1 else None),
        "all": [
            (each, core_documents(state=each.state, as_at=today), prepared[each.state.pk])
            for each in under_all
        ],
        "day": AsAt(day=today, today=today),
    }
    return render(request, "ministry/page.html", context)


def _reviews_prepared(found: Iterable[AllTreaties], today: date) -> dict[int, list[PlanShown]]:
    """Return by State the plans for national reports, in two queries for any number of States."""
    reports = reports_in_preparation(states=[each.state.pk for each in found], as_at=today)
    shown: dict[int, list[PlanShown]] = defaultdict(list)
    for plan in review_plans(reports=[row for rows in reports.values() for row in rows]):
        state = plan.report.review.state_id
        shown[state] += review_plans_shown([plan], as_at=today)
    return shown


@require_POST
def milestone_tick(request: HttpRequest, iso3: str, report: int, step: str) -> HttpResponse:
    """Tick a step, or take the tick off."""
    return _ticked(request, _under_treaty(request, iso3, report, step))


@require_POST
def review_milestone_tick(request: HttpRequest, iso3: str, cycle: int, step: str) -> HttpResponse:
    """Tick a step of a national report, or take the tick off."""
    return _ticked(request, _for_review(request, iso3, cycle, step))


@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: HttpRequest, iso3: str, report: int, step: str) -> HttpResponse:
    """Ask when a step is to be done and by whom; in the page's list, or on a page of its own."""
    return _changed(request, _under_treaty(request, iso3, report, step))


@require_http_methods(["GET", "HEAD", "POST"])
def review_milestone(request: HttpRequest, iso3: str, cycle: int, step: str) -> HttpResponse:
    """Ask the same of a step of a national report."""
    return _changed(request, _for_review(request, iso3, cycle, step))


@dataclass(frozen=True, slots=True)
class _Found:
    """A step, its plan, and how both are found again; ``page`` is where the secretariat sees it."""

    name: StepName | ReviewStepName
    plan: Plan | ReviewPlan
    again: Callable[[], "_Found"]
    page: str

    @property
    def step(self) -> StepShown:
        """The step as it is shown today."""
        return step_shown(self.plan.step(self.name.step), as_at=timezone.localdate())


def _under_treaty(request: HttpRequest, iso3: str, report: int, step: str) -> _Found:
    """Return the step of that address; 404 where there is none for this person."""
    party = acting_for(request, iso3)
    today = timezone.localdate()
    prepared = report_in_preparation(party=party, report=report, as_at=today)
    if prepared is None or step not in MONTHS_BEFORE:
        raise Http404
    (plan,) = plans(party=party, reports=[prepared])
    return _Found(
        StepName(state_party=party, report=report, step=step),
        plan,
        partial(_under_treaty, request, iso3, report, step),
        reverse("reporting:state", args=[iso3]) + kept(party.treaty),
    )


def _for_review(request: HttpRequest, iso3: str, cycle: int, step: str) -> _Found:
    """Return the step of a national report; 404 where there is none for this person."""
    state = State.objects.filter(iso3=iso3).first()
    if state is None or not permissions.may_prepare_review(request.user, state):
        raise Http404
    report = review_in_preparation(state=state, cycle=cycle, as_at=timezone.localdate())
    if report is None or step not in MONTHS_BEFORE:
        raise Http404
    (plan,) = review_plans(reports=[report])
    return _Found(
        ReviewStepName(review=report.review, step=step),
        plan,
        partial(_for_review, request, iso3, cycle, step),
        reverse("reporting:state", args=[iso3]) + "#state-facts",
    )


def _ticked(request: HttpRequest, found: _Found) -> HttpResponse:
    today = timezone.localdate()
    done_on = today if request.POST.get("done") == "yes" else None
    try:
        tick_milestone(step=found.name, done_on=done_on, by=person(request), as_at=today)
    except ValidationError:
        raise Http404 from None  # the report was filed since the page was opened
    return _step_again(request, found)


def _changed(request: HttpRequest, found: _Found) -> HttpResponse:
    shown = found.step
    initial = {"planned_on": shown.planned_on, "owner": shown.milestone.owner}
    form = MilestoneForm(
        request.POST or None,
        address=shown.change_url,
        leads_to=f"change-{shown.html_id}",
        initial=initial,
        auto_id=f"id_{shown.html_id}_%s",  # a page can hold several
    )
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        try:
            plan_milestone(step=found.name, by=person(request), as_at=today, **form.cleaned_data)
        except ValidationError as error:
            put_on_fields(form, error)
        else:
            return _step_again(request, found)
    context = {"form": form, "step": shown}
    if wants_fragment(request):
        return render(request, "ministry/_step_form.html", context)
    return render(request, "ministry/step.html", context | {"errors": problems(form)})


def _step_again(request: HttpRequest, found: _Found) -> HttpResponse:
    """Show the step as it is now: to a script the step alone, else the page where it stands."""
    if wants_fragment(request):
        now = found.again()
        context = {"step": now.step, "plan": now.plan, "done_id": plan_id(now.plan)}
        return render(request, "ministry/_step_again.html", context)
    if permissions.is_secretariat(request.user):
        return redirect(found.page)
    return redirect(reverse("reporting:my") + f"#step-{found.step.html_id}")
