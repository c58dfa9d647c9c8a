"""Recording, correcting and withdrawing the decisions and requests of the Committee."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.forms.decision import DecisionForm, WithdrawalForm
from reporting.models import CommitteeDecision
from reporting.services.fact import correct, record
from reporting.views.recording import Recording, answer, saved_text
from reporting.views.secretariat import party_shown, person, secretariat_only

_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@_METHODS
@secretariat_only
def decision_new(request: HttpRequest, iso3: str) -> HttpResponse:
    """Record a decision or a request; the address can fill in what is known of it."""
    party, today = party_shown(iso3), timezone.localdate()
    given = {name: value for name, value in request.GET.items() if name in DecisionForm.base_fields}

    def form(data: Any) -> DecisionForm:
        return DecisionForm(data, party=party, as_at=today, initial=given)

    def change(form: DecisionForm) -> object:
        return record(fact=form.instance, by=person(request), as_at=today)

    title = _("Record a decision or a request to %(state)s") % {"state": party.state}
    return answer(request, Recording(party, today, title, form, change, saved_text()))


@_METHODS
@secretariat_only
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a decision."""
    found = _found(pk)
    party, today = found.state_party, timezone.localdate()

    def form(data: Any) -> DecisionForm:
        return DecisionForm(
            data, party=party, as_at=today, instance=_found(pk), seen=str(found.version)
        )

    def change(form: DecisionForm) -> object:
        given = form.cleaned_data
        return correct(
            fact=form.instance,
            seen=given["seen"],
            by=person(request),
            as_at=today,
            reason=given["reason"],
        )

    title = _("Correct a decision about %(state)s") % {"state": party.state}
    work = Recording(
        party,
        today,
        title,
        form,
        change,
        saved_text(),
        seen=lambda: found.version,
        context={"fact": found, "kind": "decision", "may_withdraw": not found.withdrawn_on},
    )
    return answer(request, work)


@_METHODS
@secretariat_only
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the Committee took a decision back."""
    found = _found(pk)
    if found.withdrawn_on:
        raise Http404
    party, today = found.state_party, timezone.localdate()

    def form(data: Any) -> WithdrawalForm:
        initial = {"seen": found.version}
        return WithdrawalForm(data, decision=found, as_at=today, initial=initial)

    def change(form: WithdrawalForm) -> object:
        withdrawn, given = _found(pk), form.cleaned_data
        withdrawn.withdrawn_on = given["withdrawn_on"]
        return correct(
            fact=withdrawn,
            seen=given["seen"],
            by=person(request),
            as_at=today,
            reason=given["reason"],
        )

    title = _("Withdraw: %(decision)s") % {"decision": found}
    work = Recording(party, today, title, form, change, saved_text(), seen=lambda: found.version)
    return answer(request, work)


def _found(pk: int) -> CommitteeDecision:
    rows = CommitteeDecision.objects.select_related("state_party__state", "state_party__treaty")
    return get_object_or_404(rows, pk=pk)
