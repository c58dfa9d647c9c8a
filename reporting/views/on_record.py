"""Saying that what a State has sent under a treaty is on record: first it is seen what would be mailed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reporting import permissions
from reporting.forms.errors import problems
from reporting.forms.on_record import OnRecordForm, TakeBackForm
from reporting.forms.refusals import put_on_fields
from reporting.models import StateParty
from reporting.services.errors import ConflictError
from reporting.services.on_record import (
    Statement,
    mailed_once_on_record,
    say_on_record,
    take_back_on_record,
)
from reporting.services.second_click import remember, was_saved
from reporting.views.acting import acting_for, person
from reporting.views.presenters.on_record import mailed
from reporting.views.treaty import kept

TAKE_BACK = f"{TakeBackForm.prefix}-because"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def on_record(request: HttpRequest, iso3: str) -> HttpResponse:
    """Ask for the day, show what would be mailed, save it; or take it back with a reason."""
    party = acting_for(request, iso3)
    if not permissions.may_state_record(request.user, party):
        raise Http404
    if TAKE_BACK in request.POST:
        return _take_back(request, party)
    form = _form(party, request.POST if "on" in request.POST else None)
    if not form.is_valid() or request.POST.get("step") == "edit":
        return _ask(request, party, form)
    try:
        return _go_on(request, party, form)
    except ConflictError as error:
        data = request.POST.copy()
        data["seen"] = str(party.version)
        form = _form(party, data)
        form.add_error(None, error.message)
    except ValidationError as error:
        put_on_fields(form, error)
    return _ask(request, party, form)


def _go_on(request: HttpRequest, party: StateParty, form: OnRecordForm) -> HttpResponse:
    """Save what was confirmed, else show what would be mailed."""
    statement = Statement(party=party, **form.cleaned_data)
    given: dict[str, Any] = {
        "said": statement,
        "by": person(request),
        "as_at": timezone.localdate(),
        "now": timezone.now(),
    }
    if request.POST.get("step") == "save":
        _save_once(request, given)
        said = _(
            "What %(state)s has sent under %(treaty)s is on record: it is alerted from now on."
        )
        places = {"state": party.state, "treaty": party.treaty.code}
        messages.success(request, said % places)
        return redirect(_page(party))
    found = mailed(mailed_once_on_record(**given), as_at=given["as_at"])
    ways = {"address": _address(party), "back_url": _page(party)}
    context = {"party": party, "form": form, "on": statement.on, "mailed": found} | ways
    return render(request, "on_record/preview.html", context)


def _save_once(request: HttpRequest, given: dict[str, Any]) -> None:
    """Put the statement on record, unless a second click asks for what the first one has done."""
    statement: Statement = given["said"]
    mark = f"on record {statement.party.pk} {statement.on} {statement.seen}"
    try:
        with transaction.atomic():
            say_on_record(**given)
            remember(session=request.session, mark=mark)
    except ConflictError:
        statement.party.refresh_from_db()
        stands = statement.party.on_record_as_at == statement.on
        if not stands or not was_saved(session=request.session, mark=mark):
            raise


def _take_back(request: HttpRequest, party: StateParty) -> HttpResponse:
    form = TakeBackForm(request.POST)
    if form.is_valid():
        try:
            take_back_on_record(party=party, by=person(request), **form.cleaned_data)
        except ValidationError as error:
            put_on_fields(form, error)
        else:
            said = _("Taken back: nobody is alerted to what %(state)s owes under %(treaty)s.")
            places = {"state": party.state, "treaty": party.treaty.code}
            messages.success(request, said % places)
            return redirect(_page(party))
    return _ask(request, party, _form(party, None), form)


def _ask(
    request: HttpRequest,
    party: StateParty,
    form: OnRecordForm,
    take_back: TakeBackForm | None = None,
) -> HttpResponse:
    asked = take_back if take_back is not None else TakeBackForm(initial={"seen": party.version})
    context = {
        "party": party,
        "form": form,
        "take_back": asked,
        "errors": [*problems(form), *problems(asked)],
        "back_url": _page(party),
    }
    return render(request, "on_record/page.html", context)


def _form(party: StateParty, data: Any) -> OnRecordForm:
    initial = {"seen": party.version, "on": timezone.localdate()}
    return OnRecordForm(data, initial=initial)


def _page(party: StateParty) -> str:
    return reverse("reporting:state", args=[party.state.iso3]) + kept(party.treaty)


def _address(party: StateParty) -> str:
    return reverse("reporting:on-record", args=[party.state.iso3]) + kept(party.treaty)
