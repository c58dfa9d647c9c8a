"""The three steps of every change to a fact: enter it, see what it does, do exactly that."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.forms.errors import problems
from reporting.forms.refusals import put_on_fields
from reporting.models import StateParty
from reporting.services.errors import ConflictError, Difference
from reporting.services.preview import Outcome, OutcomeChangedError, carry_out, foresee
from reporting.services.second_click import remember, was_saved
from reporting.views.presenters.preview import shown


@dataclass(frozen=True, slots=True)
class Recording:
    """A change that somebody makes: its form as sent, what it does once the form is good.

    ``form`` builds the form of what was sent (of nothing, for an empty one); ``change`` does the
    work through a service, ``seen`` returns the version that is on record now.
    """

    party: StateParty
    as_at: date
    title: str
    form: Callable[[QueryDict | None], Any]
    change: Callable[[Any], object]
    done: str
    seen: Callable[[], object] = str
    template: str = "fact/form.html"
    context: dict[str, Any] = field(default_factory=dict)


def answer(request: HttpRequest, work: Recording) -> HttpResponse:
    """Show the form, the preview, or where the change leads once it is made."""
    if request.method != "POST":
        return _ask(request, work, work.form(None))
    form = work.form(request.POST)
    if not form.is_valid() or request.POST.get("step") == "edit":
        return _ask(request, work, form)
    try:
        return _go_on(request, work, form)
    except ConflictError as error:
        return _ask(request, work, _renewed(request, work, error), error.differences)
    except ValidationError as error:
        put_on_fields(form, error)
        return _ask(request, work, form)


def _go_on(request: HttpRequest, work: Recording, form: Any) -> HttpResponse:
    """Make the change if it was confirmed, else show what it would do."""

    def change() -> object:
        return work.change(form)

    if request.POST.get("step") != "save":
        outcome = foresee(party=work.party, as_at=work.as_at, change=change)
        return _preview(request, work, form, outcome)
    expected = request.POST.get("expected", "")
    try:
        with transaction.atomic():
            carry_out(party=work.party, as_at=work.as_at, change=change, expected=expected)
            remember(session=request.session, mark=expected)
    except OutcomeChangedError as error:
        if not was_saved(session=request.session, mark=expected):
            return _preview(request, work, form, error.outcome, has_changed=True)
    messages.success(request, work.done)
    return redirect(_page(work))


def _ask(
    request: HttpRequest, work: Recording, form: Any, differences: tuple[Difference, ...] = ()
) -> HttpResponse:
    context = {
        "form": form,
        "party": work.party,
        "title": work.title,
        "errors": problems(form) if form.is_bound else [],
        "differences": differences,
        "back_url": _page(work),
    }
    return render(request, work.template, context | work.context)


def _preview(
    request: HttpRequest,
    work: Recording,
    form: Any,
    outcome: Outcome,
    *,
    has_changed: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "party": work.party,
        "title": work.title,
        "outcome": outcome,
        "moves": shown(outcome, as_at=work.as_at),
        "has_changed": has_changed,
        "back_url": _page(work),
    }
    return render(request, "fact/preview.html", context)


def _renewed(request: HttpRequest, work: Recording, error: ConflictError) -> Any:
    """Return the form with what was typed, ready to be sent for the version on record now."""
    data = request.POST.copy()
    data["seen"] = str(work.seen())
    form = work.form(data)
    form.is_valid()
    form.add_error(None, error.message)
    return form


def _page(work: Recording) -> str:
    return reverse("reporting:state", args=[work.party.state.iso3])


def saved_text() -> str:
    """Return what is said after a change."""
    return _("Saved. The dates below follow from it.")
