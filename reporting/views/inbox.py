"""What waits for the secretariat, and the decision on each report that was filed."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reporting import permissions
from reporting.forms.errors import problems
from reporting.forms.receipt import ConfirmForm, ReturnForm, ScheduleForm
from reporting.forms.refusals import put_on_fields
from reporting.models import Submission, SubmissionStatus
from reporting.queries.inbox import inbox
from reporting.services.errors import ConflictError, Difference
from reporting.services.preview import foresee
from reporting.services.receipt import (
    confirm_submission,
    return_submission,
    schedule_submission,
)
from reporting.views.as_at import from_today, treaty_asked
from reporting.views.presenters import inbox as show
from reporting.views.presenters.inbox import PAGE_SIZE
from reporting.views.presenters.pages import page_asked, turn
from reporting.views.secretariat import person, secretariat_only
from reporting.views.treaty import desk_treaties

_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@secretariat_only
def inbox_page(request: HttpRequest) -> HttpResponse:
    """Show everything that waits today."""
    context = _waiting(request)
    return render(request, "inbox/page.html", context)


@require_safe
@secretariat_only
def inbox_list(request: HttpRequest, kind: str) -> HttpResponse:
    """Show all that waits of one kind, page by page."""
    context = _waiting(request)
    section = next((each for each in context["sections"] if each.key == kind), None)
    if section is None:
        raise Http404
    page, errors = page_asked(Paginator(section.rows, PAGE_SIZE), request)
    context |= {
        "section": section,
        "rows": [section.show(row) for row in page.object_list],
        "errors": [*context["errors"], *errors],
        "results": turn(page, request),
    }
    return render(request, "inbox/list.html", context)


def _waiting(request: HttpRequest) -> dict[str, Any]:
    shown, treaties, asked = from_today(request), desk_treaties(request), treaty_asked(request)
    found = inbox(treaties=treaties, as_at=shown["today"])
    kept = f"?{urlencode({'treaty': asked})}" if asked else ""
    sections = show.sections(found, query=kept)
    return shown | {"sections": sections, "several": len(treaties) > 1, "kept": kept}


@_METHODS
@secretariat_only
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or return a filed report; say for which session a received one is scheduled."""
    found = _submission(request, pk)
    # Each form has a prefix of its own, by which we know which one was sent.
    step = next((name for name in _DECIDED if f"{name}-seen" in request.POST), "")
    forms = _forms(found, step, request.POST)
    sent = forms.get(step)
    differences: tuple[Difference, ...] = ()
    if step == "confirm" and sent and sent.can_be_tried:
        _say_what_else_is_wrong(request, found, sent)
    elif sent and sent.is_valid():
        try:
            messages.success(request, _DECIDED[step](request, pk, sent))
            return redirect("reporting:inbox")
        except ConflictError as error:
            if not error.differences:  # a second click: it is as it was to be
                return redirect("reporting:inbox")
            differences = error.differences
            forms = _forms(found, step, _renewed(request, found, step))
            forms[step].add_error(None, error.message)
        except ValidationError as error:
            put_on_fields(sent, error)
    context = {
        "submission": found,
        "forms": forms,
        "errors": problems(forms[step]) if sent else [],
        "differences": differences,
    }
    return render(request, "inbox/receipt.html", context)


def _say_what_else_is_wrong(request: HttpRequest, found: Submission, form: ConfirmForm) -> None:
    """Add what contradicts the day of receipt, where another field was not understood."""
    try:
        foresee(
            party=found.state_party,
            as_at=timezone.localdate(),
            change=lambda: _confirm(request, found.pk, form),
        )
    except ConflictError:
        pass  # said with its differences once the form is good
    except ValidationError as error:
        put_on_fields(form, error)


def _forms(submission: Submission, step: str, data: QueryDict) -> dict[str, Any]:
    """Return the forms that fit the state of the report, and the one that was sent."""
    names = [*_OFFERED[submission.status]]
    if step in _DECIDED and step not in names:
        names.append(step)
    return {name: _form(name, submission, data if name == step else None) for name in names}


def _form(name: str, submission: Submission, data: QueryDict | None) -> Any:
    initial = {
        "seen": submission.version,
        "received_on": submission.sent_on,
        "symbol": submission.symbol,
        "session": submission.session,
    }
    if name == "confirm":
        today = timezone.localdate()
        return ConfirmForm(data, submission=submission, as_at=today, initial=initial)
    return {"return": ReturnForm, "schedule": ScheduleForm}[name](data, initial=initial)


def _renewed(request: HttpRequest, submission: Submission, step: str) -> QueryDict:
    """Return what was typed, ready to be sent for the version on record now."""
    data = request.POST.copy()
    data[f"{step}-seen"] = str(submission.version)
    return data


def _confirm(request: HttpRequest, pk: int, form: ConfirmForm) -> str:
    given = form.cleaned_data
    confirm_submission(
        submission=_submission(request, pk),
        received_on=given["received_on"],
        symbol=given.get("symbol", ""),
        session=given.get("session"),
        by=person(request),
        as_at=timezone.localdate(),
        seen=given["seen"],
    )
    return _("Receipt confirmed.")


def _return(request: HttpRequest, pk: int, form: ReturnForm) -> str:
    found, given = _submission(request, pk), form.cleaned_data
    return_submission(
        submission=found,
        because=given["because"],
        by=person(request),
        as_at=timezone.localdate(),
        seen=given["seen"],
    )
    return _("Returned. What it was to meet is open again, and the ministry is told.")


def _schedule(request: HttpRequest, pk: int, form: ScheduleForm) -> str:
    schedule_submission(
        submission=_submission(request, pk),
        session=form.cleaned_data["session"],
        by=person(request),
        as_at=timezone.localdate(),
        seen=form.cleaned_data["seen"],
    )
    return _("The session is saved.")


_DECIDED: dict[str, Any] = {"confirm": _confirm, "return": _return, "schedule": _schedule}
_OFFERED: dict[str, tuple[str, ...]] = {
    SubmissionStatus.FILED: ("confirm", "return"),
    SubmissionStatus.RECEIVED: ("schedule",),
    SubmissionStatus.RETURNED: (),
}


def _submission(request: HttpRequest, pk: int) -> Submission:
    rows = Submission.objects.select_related(
        "state_party__state", "state_party__treaty", "filed_by"
    )
    found = get_object_or_404(rows, pk=pk)
    if not permissions.may_record(request.user, found.state_party.treaty_id):
        raise Http404
    return found
