"""Recording, correcting and withdrawing the decisions and requests of the Committee."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting.forms.decision import DecisionForm, WithdrawalForm
from reporting.models import CommitteeDecision, StateParty
from reporting.queries.history import withdrawal_of
from reporting.services.fact import record
from reporting.views.presenters.worklist import WORKLIST
from reporting.views.recording import (
    Recording,
    answer,
    answer_correction,
    corrected,
    is_second_click,
)
from reporting.views.secretariat import fact_shown, party_shown, person, secretariat_only
from reporting.views.treaty import kept

_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@_METHODS
@secretariat_only
def decision_new(request: HttpRequest, iso3: str) -> HttpResponse:
    """Record a decision or a request; the address can fill in what is known of it."""
    party, today = party_shown(request, iso3), timezone.localdate()
    given = {name: value for name, value in request.GET.items() if name in DecisionForm.base_fields}
    to_worklist = request.GET.get("then") == WORKLIST
    work = Recording(
        party=party,
        as_at=today,
        title=_("Record a decision or a request to %(state)s") % {"state": party.state},
        form=lambda data: DecisionForm(data, party=party, as_at=today, initial=given),
        change=lambda form: record(fact=form.instance, by=person(request), as_at=today),
        done=_saved_for(party) if to_worklist else "",
        back_to=reverse("reporting:worklist") if to_worklist else "",
    )
    return answer(request, work)


def _saved_for(party: StateParty) -> str:
    """Say that it is saved on a page that does not show the dates which follow."""
    address = reverse("reporting:state", args=[party.state.iso3]) + kept(party.treaty)
    text = escape(_("Saved for %(state)s.")) % {"state": escape(party.state.local_name)}
    return format_html('{} <a href="{}">{}</a>', text, address, _("The dates that follow from it"))


@_METHODS
@secretariat_only
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a decision."""
    found = fact_shown(request, CommitteeDecision, pk)
    return answer_correction(
        request,
        found=found,
        kind="decision",
        form=DecisionForm,
        title=_("Correct a decision about %(state)s") % {"state": found.state_party.state},
        may_withdraw=not found.withdrawn_on,
    )


@_METHODS
@secretariat_only
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the Committee took a decision back."""
    found = fact_shown(request, CommitteeDecision, pk)
    if found.withdrawn_on:
        return _withdrawn_already(request, found)
    today = timezone.localdate()

    def form(data: Any) -> WithdrawalForm:
        return WithdrawalForm(data, decision=found, as_at=today, initial={"seen": found.version})

    def change(form: WithdrawalForm) -> object:
        withdrawn = fact_shown(request, CommitteeDecision, pk)
        withdrawn.withdrawn_on = form.cleaned_data["withdrawn_on"]
        return corrected(request, form, fact=withdrawn, as_at=today)

    work = Recording(
        party=found.state_party,
        as_at=today,
        title=_("Withdraw: %(decision)s") % {"decision": found},
        form=form,
        change=change,
        seen=lambda: found.version,
    )
    return answer(request, work)


def _withdrawn_already(request: HttpRequest, found: CommitteeDecision) -> HttpResponse:
    """Lead to the history, which says why; after a second click, to where the first has led."""
    if is_second_click(request):
        return redirect("reporting:state", found.state_party.state.iso3)
    version = withdrawal_of(found)
    text = _("%(decision)s was withdrawn already, by %(person)s on %(day)s. Nothing was changed.")
    places = {
        "decision": found,
        "person": version.by or _("the fact files"),
        "day": date_format(version.at, "DATE_FORMAT"),
    }
    messages.info(request, text % places)
    return redirect("reporting:history", "decision", found.pk)
