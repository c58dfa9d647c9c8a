"""What all facts have in common: their history, and being taken off the record."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reporting import permissions
from reporting.forms.fact import ReasonForm
from reporting.forms.receipt import SubmissionForm
from reporting.models import CommitteeDecision, Review, Submission
from reporting.queries.history import KINDS, history_of
from reporting.services.fact import correct, retract
from reporting.views.presenters.facts import FORMS
from reporting.views.recording import Recording, answer, saved_text
from reporting.views.secretariat import person, secretariat_only


@require_safe
def history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show who changed a fact, when and why; to a ministry, of its own State alone."""
    found = history_of(kind=kind, pk=pk)
    if found is None or not permissions.may_act_for(request.user, found.party.state):
        raise Http404
    context: dict[str, Any] = {"history": found, "change_url": ""}
    if permissions.may_record(request.user) and found.is_on_record and kind in FORMS:
        context["change_url"] = reverse(FORMS[kind], args=[pk])
    return render(request, "fact/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def take_off(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take a fact off the record, after a look at what that does."""
    found = _fact(kind, pk)
    today = timezone.localdate()

    def form(data: Any) -> ReasonForm:
        return ReasonForm(data, initial={"seen": found.version})

    def change(form: ReasonForm) -> None:
        given = form.cleaned_data
        fact: Any = _fact(kind, pk)
        retract(
            fact=fact, seen=given["seen"], by=person(request), as_at=today, reason=given["reason"]
        )

    title = _("Take off the record: %(fact)s") % {"fact": found}
    done = _("Taken off the record. Its history stays.")
    work = Recording(
        found.state_party, today, title, form, change, done, seen=lambda: found.version
    )
    return answer(request, work)


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def submission_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is on record about something that a State has sent."""
    found = _fact("submission", pk)
    party, today = found.state_party, timezone.localdate()

    def form(data: Any) -> SubmissionForm:
        fresh: Any = _fact("submission", pk)
        seen = str(found.version)
        return SubmissionForm(data, party=party, as_at=today, instance=fresh, seen=seen)

    def change(form: SubmissionForm) -> object:
        given = form.cleaned_data
        return correct(
            fact=form.instance,
            seen=given["seen"],
            by=person(request),
            as_at=today,
            reason=given["reason"],
        )

    title = _("Correct what %(state)s submitted") % {"state": party.state}
    work = Recording(
        party,
        today,
        title,
        form,
        change,
        saved_text(),
        seen=lambda: found.version,
        context={"fact": found, "kind": "submission"},
    )
    return answer(request, work)


def _fact(kind: str, pk: int) -> Submission | Review | CommitteeDecision:
    model: Any = KINDS.get(kind)
    if model is None or kind == "deposit":
        raise Http404
    found: Submission | Review | CommitteeDecision = get_object_or_404(
        model.objects.select_related("state_party__state", "state_party__treaty"), pk=pk
    )
    return found
