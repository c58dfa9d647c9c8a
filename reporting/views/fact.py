"""What all facts have in common: their history, and being taken off the record."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from reporting import permissions
from reporting.forms.fact import ReasonForm
from reporting.forms.receipt import SubmissionForm
from reporting.models import Submission
from reporting.queries.history import KINDS, FactHistory, history_of
from reporting.services.fact import retract
from reporting.views.presenters.facts import FORMS
from reporting.views.recording import Recording, answer, answer_correction
from reporting.views.secretariat import fact_shown, person, secretariat_only

_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@cache_control(private=True, no_store=True)
def history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show who changed a fact, when and why; to a ministry, of its own State alone."""
    found = history_of(kind=kind, pk=pk)
    if found is None or not _may_see(request, found):
        raise Http404
    change_url = _change_url(request, found, kind, pk) if found.is_on_record else ""
    return render(request, "fact/history.html", {"history": found, "change_url": change_url})


def _may_see(request: HttpRequest, found: FactHistory) -> bool:
    if found.party is None:
        return permissions.may_keep_facts_of(request.user, found.state)
    return permissions.may_act_for(request.user, found.party)


def _change_url(request: HttpRequest, found: FactHistory, kind: str, pk: int) -> str:
    """Return where the person corrects the fact; empty for whoever does not."""
    if found.party is None:
        return reverse("reporting:state-fact", args=[found.state.iso3, kind, pk])
    mends = permissions.may_record(request.user, found.party.treaty_id)
    return reverse(FORMS[kind], args=[pk]) if mends and kind in FORMS else ""


@_METHODS
@secretariat_only
def take_off(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take a fact off the record, after a look at what that does."""
    model: Any = KINDS.get(kind)
    if model is None or kind == "deposit":
        raise Http404
    if not model.objects.filter(pk=pk).exists() and history_of(kind=kind, pk=pk):
        return redirect("reporting:history", kind, pk)  # which says who took it off, when and why
    found, today = fact_shown(request, model, pk), timezone.localdate()

    def change(form: ReasonForm) -> None:
        given = form.cleaned_data
        retract(
            fact=fact_shown(request, model, pk),
            seen=given["seen"],
            by=person(request),
            as_at=today,
            reason=given["reason"],
        )

    work = Recording(
        party=found.state_party,
        as_at=today,
        title=_("Take off the record: %(fact)s") % {"fact": found},
        form=lambda data: ReasonForm(data, initial={"seen": found.version}),
        change=change,
        done=_("Taken off the record. Its history stays."),
        seen=lambda: found.version,
    )
    return answer(request, work)


@_METHODS
@secretariat_only
def submission_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is on record about something that a State has sent."""
    found = fact_shown(request, Submission, pk)
    return answer_correction(
        request,
        found=found,
        kind="submission",
        form=SubmissionForm,
        title=_("Correct what %(state)s submitted") % {"state": found.state_party.state},
    )
