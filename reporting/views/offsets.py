"""The days of alerts: shown to the secretariat, set by administrators, who first see what changes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reporting import permissions
from reporting.forms.errors import problems
from reporting.forms.offsets import OffsetsForm
from reporting.forms.refusals import put_on_fields
from reporting.models import AlertOffsets, Kind
from reporting.services.errors import ConflictError, Difference
from reporting.services.reminder.offsets import preview_offsets, save_offsets, version
from reporting.views.acting import person
from reporting.views.secretariat import secretariat_only

DAYS = ("before", "after", "every", "until", "later")


@require_safe
@secretariat_only
def offsets_list(request: HttpRequest) -> HttpResponse:
    """Show the days in force for every kind of obligation."""
    context = {
        "rows": [(AlertOffsets.of(kind), _slug(kind)) for kind in Kind],
        "may_set": permissions.may_set_offsets(request.user),
    }
    return render(request, "offsets/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def offsets(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for the days of one kind, show what they change, save them."""
    found = next((each for each in Kind if _slug(each) == kind), None)
    if found is None or not permissions.may_set_offsets(request.user):
        raise Http404
    form = _form(found, request.POST or None)
    if request.method != "POST" or not form.is_valid() or request.POST.get("step") == "edit":
        return _ask(request, found, form)
    try:
        return _go_on(request, found, form)
    except ConflictError as error:
        data = request.POST.copy()
        data["seen"] = str(version(AlertOffsets.of(found)) or "")
        form = _form(found, data)
        form.add_error(None, error.message)
        return _ask(request, found, form, error.differences)
    except ValidationError as error:
        put_on_fields(form, error)
        return _ask(request, found, form)


def _go_on(request: HttpRequest, kind: Kind, form: OffsetsForm) -> HttpResponse:
    """Save what was confirmed, else show what it would do."""
    row, given = AlertOffsets.of(kind), form.cleaned_data
    for name in DAYS:
        setattr(row, name, given[name])
    if request.POST.get("step") == "save":
        seen = int(given["seen"][:18]) if given["seen"].isdecimal() else None
        save_offsets(offsets=row, by=person(request), seen=seen)
        messages.success(request, _("The days are saved. The next planning goes by them."))
        return redirect("reporting:offsets")
    outcome = preview_offsets(offsets=row, by=person(request), as_at=timezone.localdate())
    context: dict[str, Any] = {"form": form, "kind": kind, "row": row, "now": AlertOffsets.of(kind)}
    context |= {"outcome": outcome, "changed": [each for each in outcome.rows if each.changes]}
    return render(request, "offsets/preview.html", context)


def _ask(
    request: HttpRequest, kind: Kind, form: OffsetsForm, differences: tuple[Difference, ...] = ()
) -> HttpResponse:
    context = {
        "form": form,
        "kind": kind,
        "errors": problems(form) if form.is_bound else [],
        "differences": differences,
    }
    return render(request, "offsets/form.html", context)


def _form(kind: Kind, data: Any) -> OffsetsForm:
    row = AlertOffsets.of(kind)
    return OffsetsForm(data, offsets=row, seen=str(version(row) or ""))


def _slug(kind: Kind) -> str:
    return kind.value.replace(" ", "-")
