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
from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.forms.errors import problems
from reporting.forms.fact import FactForm
from reporting.forms.refusals import put_on_fields
from reporting.models import StateParty
from reporting.services.errors import ConflictError, Difference
from reporting.services.fact import correct
from reporting.services.preview import Outcome, OutcomeChangedError, carry_out, foresee
from reporting.services.second_click import remember, was_saved
from reporting.views.presenters.preview import shown
from reporting.views.secretariat import fact_shown, person
from reporting.views.treaty import kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A change that somebody makes: its form as sent, what it does once the form is good.

    ``form`` builds the form of what was sent (of nothing, for an empty one); ``change`` does the
    work through a service, ``seen`` returns the version that is on record now, ``doubt`` what is
    said before the change is confirmed; ``back_to`` is where somebody came from who goes on there,
    and not to the page of the State.
    """

    party: StateParty
    as_at: date
    title: str
    form: Callable[[QueryDict | None], Any]
    change: Callable[[Any], object]
    done: str = ""
    seen: Callable[[], object] = str
    doubt: Callable[[Any], str] = lambda _form: ""
    back_to: str = ""
    template: str = "fact/form.html"
    context: dict[str, Any] = field(default_factory=dict)


def answer(request: HttpRequest, work: Recording) -> HttpResponse:
    """Show the form, the preview, or where the change leads once it is made."""
    if request.method != "POST":
        return _ask(request, work, work.form(None))
    form = work.form(request.POST)
    if not form.is_valid():
        _say_what_else_is_wrong(work, form)
        return _ask(request, work, form)
    if request.POST.get("step") == "edit":
        return _ask(request, work, form)
    try:
        return _go_on(request, work, form)
    except ConflictError as error:
        return _ask(request, work, _renewed(request, work, error), error.differences)
    except ValidationError as error:
        put_on_fields(form, error)
        return _ask(request, work, form)


def answer_correction(
    request: HttpRequest, *, found: Any, kind: str, form: type[FactForm], title: str, **context: Any
) -> HttpResponse:
    """Answer where a fact that is on record is corrected on its form."""
    today = timezone.localdate()

    def build(data: QueryDict | None) -> FactForm:
        fresh = fact_shown(request, type(found), found.pk)
        return form(
            data, party=found.state_party, as_at=today, instance=fresh, seen=str(found.version)
        )

    work = Recording(
        party=found.state_party,
        as_at=today,
        title=title,
        form=build,
        change=lambda form: corrected(request, form, fact=form.instance, as_at=today),
        seen=lambda: found.version,
        context={"fact": found, "kind": kind, **context},
    )
    return answer(request, work)


def corrected(request: HttpRequest, form: Any, *, fact: Any, as_at: date) -> object:
    """Save a changed fact as the person who asks, with the reason that the form gives."""
    given = form.cleaned_data
    return correct(
        fact=fact,
        seen=given["seen"],
        by=person(request),
        as_at=as_at,
        reason=given.get("reason", ""),
    )


def _say_what_else_is_wrong(work: Recording, form: Any) -> None:
    """Add what the services would refuse, where the form has understood what that rests on."""
    if not getattr(form, "can_be_tried", False):
        return
    try:
        foresee(party=work.party, as_at=work.as_at, change=lambda: work.change(form))
    except ConflictError:
        pass  # said with its differences once the form is good
    except ValidationError as error:
        put_on_fields(form, error)


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
        if not is_second_click(request):
            return _preview(request, work, form, error.outcome, has_changed=True)
    except ValidationError:
        if not is_second_click(request):
            raise
    messages.success(request, work.done or _("Saved. The dates below follow from it."))
    return redirect(work.back_to or _page(work))


def is_second_click(request: HttpRequest) -> bool:
    """Return whether the same person has just saved just this."""
    return was_saved(session=request.session, mark=request.POST.get("expected", ""))


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
        "doubt": work.doubt(form),
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
    address = reverse("reporting:state", args=[work.party.state.iso3])
    return address + kept(work.party.treaty)
