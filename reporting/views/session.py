"""The sessions of the Committee, and what hangs on each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting.forms.errors import problems
from reporting.forms.fact import version
from reporting.forms.refusals import put_on_fields
from reporting.forms.session import SessionForm
from reporting.models import Session
from reporting.queries.history import KINDS
from reporting.queries.session import days_on_record, session_summary, sessions
from reporting.services.errors import ConflictError, Difference
from reporting.services.fact import correct
from reporting.services.session import save_session
from reporting.views.as_at import from_today
from reporting.views.presenters.inbox import hanging
from reporting.views.secretariat import fact_shown, person, secretariat_only
from reporting.views.treaty import desk_treaty

_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@secretariat_only
def session_list(request: HttpRequest) -> HttpResponse:
    """Show the sessions on record, the latest first."""
    treaty, shown = desk_treaty(request), from_today(request)
    context = shown | {
        "sessions": sessions(treaties=[treaty]),
        "from_reviews": days_on_record(treaty=treaty, as_at=shown["today"]),
    }
    return render(request, "session/list.html", context)


@_METHODS
@secretariat_only
def session_new(request: HttpRequest) -> HttpResponse:
    """Record a session; the address can name its number."""
    today, number = timezone.localdate(), request.GET.get("number", "")
    known = {"number": number} if number.isascii() and number.isdecimal() else {}
    form = SessionForm(
        request.POST or None, treaty=desk_treaty(request), as_at=today, initial=known
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_session(session=form.instance, by=person(request), as_at=today)
        except ValidationError as error:
            put_on_fields(form, error)
        else:
            return _saved(request, saved)
    errors = problems(form) if form.is_bound else []
    return render(request, "session/new.html", {"form": form, "errors": errors})


@_METHODS
@secretariat_only
def session(request: HttpRequest, number: int) -> HttpResponse:
    """Show a session with what hangs on it; move it, cancel it, say that it was held."""
    found = get_object_or_404(Session, treaty=desk_treaty(request), number=number)
    form = _form(request.POST or None, found.pk)
    differences: tuple[Difference, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, _save(request, form))
        except ConflictError as error:
            if not error.differences:  # a second click: it is as it was to be
                return redirect("reporting:session", number)
            data = request.POST.copy()
            data["seen"] = str(found.version)
            form, differences = _form(data, found.pk), error.differences
            form.add_error(None, error.message)
        except ValidationError as error:
            put_on_fields(form, error)
    shown = from_today(request)
    context = shown | {
        "session": found,
        "items": [hanging(item) for item in session_summary(found).items],
        "form": form,
        "errors": [*shown["errors"], *(problems(form) if form.is_bound else [])],
        "differences": differences,
    }
    return render(request, "session/page.html", context)


def _form(data: Any, pk: int) -> SessionForm:
    instance = Session.objects.select_related("treaty").get(pk=pk)
    seen = str(instance.version)
    return SessionForm(
        data, treaty=instance.treaty, as_at=timezone.localdate(), instance=instance, seen=seen
    )


def _save(request: HttpRequest, form: SessionForm) -> Session:
    given = form.cleaned_data
    return save_session(
        session=form.instance,
        by=person(request),
        as_at=timezone.localdate(),
        seen=version(given["seen"]),
        reason=given["reason"],
    )


def _saved(request: HttpRequest, saved: Session) -> HttpResponse:
    flagged = len(session_summary(saved).flagged)
    text = _("Session %(number)s is saved.")
    if flagged:
        text = _("Session %(number)s is saved. Look again at what hangs on it: %(count)s.")
    messages.success(request, text % {"number": saved.number, "count": flagged})
    return redirect("reporting:session", saved.number)


@require_POST
@secretariat_only
def keep(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say that what hangs on a session that was moved is right as it is."""
    model: Any = KINDS.get(kind)
    if model is None or kind == "deposit":
        raise Http404
    fact = fact_shown(request, model, pk)
    try:
        correct(
            fact=fact,
            seen=version(request.POST.get("seen", "")),
            by=person(request),
            as_at=timezone.localdate(),
            reason=_("Still right after session %(number)s was moved") % {"number": fact.session},
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Kept as it is."))
    return redirect("reporting:inbox")
