"""The home of a ministry, and the steps of its plan."""

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
from reporting.queries.all_treaties import all_treaties
from reporting.queries.ministry import homes
from reporting.queries.plan import Plan, plans, report_in_preparation
from reporting.queries.state_fact import core_documents
from reporting.rules.schedule import MONTHS_BEFORE
from reporting.services.milestone import StepName, plan_milestone, tick_milestone
from reporting.views.acting import acting_for, person
from reporting.views.as_at import AsAt, from_today, treaty_asked
from reporting.views.fragment import wants_fragment
from reporting.views.presenters.ministry import homes_shown, named, step_shown
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
    treaties = {each.party.treaty for bound in under_all for each in bound.treaties}
    context = from_today(request) | {
        "homes": homes_shown(found, as_at=today),
        "treaty": asked or (treaties.pop() if len(treaties) == 1 else None),
        "all": [(each, core_documents(state=each.state, as_at=today)) for each in under_all],
        "day": AsAt(day=today, today=today),
    }
    return render(request, "ministry/page.html", context)


@require_POST
def milestone_tick(request: HttpRequest, iso3: str, report: int, step: str) -> HttpResponse:
    """Tick a step, or take the tick off."""
    name, _plan = _named(request, iso3, report, step)
    today = timezone.localdate()
    done_on = today if request.POST.get("done") == "yes" else None
    try:
        tick_milestone(step=name, done_on=done_on, by=person(request), as_at=today)
    except ValidationError:
        raise Http404 from None  # the report was filed since the page was opened
    return _step_again(request, name)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: HttpRequest, iso3: str, report: int, step: str) -> HttpResponse:
    """Ask when a step is to be done and by whom; in the page's list, or on a page of its own."""
    name, plan = _named(request, iso3, report, step)
    found = plan.step(step)
    address = reverse("reporting:milestone", args=[iso3, report, step])
    address += kept(name.state_party.treaty)
    initial = {"planned_on": found.planned_on, "owner": found.milestone.owner}
    shown = step_shown(found, as_at=timezone.localdate())
    form = MilestoneForm(
        request.POST or None,
        address=address,
        leads_to=f"change-{shown.html_id}",
        initial=initial,
        auto_id=f"id_{shown.html_id}_%s",  # a page can hold several
    )
    if request.method == "POST" and form.is_valid():
        try:
            plan_milestone(
                step=name, by=person(request), as_at=timezone.localdate(), **form.cleaned_data
            )
        except ValidationError as error:
            put_on_fields(form, error)
        else:
            return _step_again(request, name)
    context = {"form": form, "step": shown}
    if wants_fragment(request):
        return render(request, "ministry/_step_form.html", context)
    return render(request, "ministry/step.html", context | {"errors": problems(form)})


def _named(request: HttpRequest, iso3: str, report: int, step: str) -> tuple[StepName, Plan]:
    """Return the step of that address and its plan; 404 where there is none for this person."""
    party = acting_for(request, iso3)
    today = timezone.localdate()
    prepared = report_in_preparation(party=party, report=report, as_at=today)
    if prepared is None or step not in MONTHS_BEFORE:
        raise Http404
    (plan,) = plans(party=party, reports=[prepared])
    return StepName(state_party=party, report=report, step=step), plan


def _step_again(request: HttpRequest, name: StepName) -> HttpResponse:
    """Show the step as it is now: to a script the step alone, else the page where it stands."""
    iso3 = name.state_party.state.iso3
    if wants_fragment(request):
        _name, plan = _named(request, iso3, name.report, name.step)
        step = step_shown(plan.step(name.step), as_at=timezone.localdate())
        done_id = f"{named(name.state_party)}-{name.report}"
        context = {"step": step, "plan": plan, "done_id": done_id}
        return render(request, "ministry/_step_again.html", context)
    if permissions.is_secretariat(request.user):
        return redirect(reverse("reporting:state", args=[iso3]) + kept(name.state_party.treaty))
    place = f"#step-{named(name.state_party)}-{name.report}-{name.step}"
    return redirect(reverse("reporting:my") + place)
