"""Facts about a State beside its treaties: added, corrected and taken off by those who keep them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reporting import permissions
from reporting.forms.errors import problems
from reporting.forms.refusals import put_on_fields
from reporting.forms.state_fact import FORMS, TakeOffForm
from reporting.models import State, StateFact
from reporting.queries.history import history_of
from reporting.queries.plan import steps_changed
from reporting.queries.state_fact import STATE_FACTS, state_fact_of
from reporting.services.errors import ConflictError
from reporting.services.state_fact import retract_state_fact, save_state_fact
from reporting.views.acting import person

_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@_METHODS
def state_fact_new(request: HttpRequest, iso3: str, kind: str) -> HttpResponse:
    """Put a fact on record."""
    state = _kept_by(request, iso3, kind)
    return _answer(request, kind, STATE_FACTS[kind](state=state))


@_METHODS
def state_fact(request: HttpRequest, iso3: str, kind: str, pk: int) -> HttpResponse:
    """Correct a fact, with the reason."""
    found = state_fact_of(state=_kept_by(request, iso3, kind), kind=kind, pk=pk)
    return _answer(request, kind, found) if found else _taken_off(iso3, kind, pk)


@_METHODS
def state_fact_take_off(request: HttpRequest, iso3: str, kind: str, pk: int) -> HttpResponse:
    """Take a fact off the record, with the reason."""
    found = state_fact_of(state=_kept_by(request, iso3, kind), kind=kind, pk=pk)
    if found is None:
        return _taken_off(iso3, kind, pk)
    form = TakeOffForm(request.POST or None, initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            retract_state_fact(fact=found, by=person(request), **form.cleaned_data)
        except ConflictError as error:
            _renew(form, request, found.version, error)
        else:
            messages.success(request, _("Taken off the record. Its history stays."))
            return redirect(_page(found.state))
    title = _("Take off the record: %(fact)s") % {"fact": found}
    return _form(request, found, form, title=title, steps_lost=steps_changed(found))


def _kept_by(request: HttpRequest, iso3: str, kind: str) -> State:
    """Return the State of which the person keeps such facts; 404 for every other."""
    state = State.objects.filter(iso3=iso3).first()
    if kind not in FORMS or state is None:
        raise Http404
    if not permissions.may_keep_facts_of(request.user, state):
        raise Http404
    return state


def _taken_off(iso3: str, kind: str, pk: int) -> HttpResponse:
    """Lead to the history, which says who took the fact off, when and why."""
    history = history_of(kind=kind, pk=pk)
    if history is None or history.state.iso3 != iso3:
        raise Http404
    return redirect("reporting:history", kind, pk)


def _answer(request: HttpRequest, kind: str, fact: Any) -> HttpResponse:
    today = timezone.localdate()
    version = fact.version if fact.pk else 0
    form = FORMS[kind](request.POST or None, state=fact.state, as_at=today, instance=fact)
    differences: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        known = {"seen": given.get("seen"), "reason": given.get("reason", "")}
        try:
            save_state_fact(fact=form.instance, by=person(request), as_at=today, **known)
        except ConflictError as error:
            _renew(form, request, version, error)
            differences = error.differences
        except ValidationError as error:
            put_on_fields(form, error)
        else:
            messages.success(request, _("Saved: %(fact)s.") % {"fact": form.instance})
            return redirect(_page(fact.state))
    title = str(fact._meta.verbose_name) if not fact.pk else _("Correct: %(fact)s") % {"fact": fact}  # noqa: SLF001 - Django's documented name
    return _form(request, fact, form, title=title, differences=differences)


def _renew(form: Any, request: HttpRequest, version: int, error: ConflictError) -> None:
    """Let what was typed be sent again for the version that is on record now."""
    form.data = request.POST.copy()
    form.data["seen"] = str(version)
    form.add_error(None, error.message)


def _form(
    request: HttpRequest, fact: StateFact, form: Any, *, title: str, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "fact": fact,
        "state": fact.state,
        "title": title,
        "errors": problems(form) if form.is_bound else [],
        "back_url": _page(fact.state),
    }
    return render(request, "state_fact/form.html", context | more)


def _page(state: State) -> str:
    return reverse("reporting:state", args=[state.iso3]) + "#state-facts"
