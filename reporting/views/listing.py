"""Importing a list of what States sent: look at it first, then put it on record as it was seen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reporting import permissions
from reporting.exports.listing import template_csv, template_xlsx
from reporting.forms.errors import problems
from reporting.forms.listing import ListForm
from reporting.forms.refusals import put_on_fields
from reporting.services.listing.importing import (
    Became,
    ListFile,
    Preview,
    import_list,
    preview_list,
)
from reporting.services.uploads import refused_fields
from reporting.views.acting import person
from reporting.views.as_at import read_as_at
from reporting.views.download import Contents, download
from reporting.views.imported import imported_parties, remember_parties
from reporting.views.looked_at import opened, say_changed, sealed

_SALT = "list"
_TEMPLATES: dict[str, Callable[[], Contents]] = {"csv": template_csv, "xlsx": template_xlsx}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """Ask for a list, show what it would do, and do it when that is confirmed."""
    if request.method == "POST" and "list" in request.POST:
        return _confirmed(request)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        for said in refused_fields(request).values():
            form.add_error("file", said)
        if form.is_valid() and (file := _file(form)):
            try:
                seen = preview_list(file=file, by=person(request), **_now())
            except ValidationError as error:
                put_on_fields(form, error, named={"__all__": "file"})
            else:
                return _show(request, file, seen)
    context = {
        "form": form,
        "errors": problems(form) if form.is_bound else [],
        "may_record": permissions.is_secretariat(request.user),
        "imported": imported_parties(request),
    }
    return render(request, "listing/page.html", context)


@require_safe
def import_template(request: HttpRequest, form: str) -> HttpResponse:
    """Hand out a file with the heading of such a list."""
    make = _TEMPLATES.get(form)
    if make is None:
        raise Http404
    return download(make(), name="list", as_at=read_as_at(request), form=form)


def _file(form: ListForm) -> ListFile | None:
    return ListFile(
        content=form.cleaned_data["file"].read(),
        encoding=form.cleaned_data["encoding"],
        strokes=form.cleaned_data["strokes"],
    )


def _confirmed(request: HttpRequest) -> HttpResponse:
    """Do what was seen; where that would be something else now, show it again."""
    given = opened(request, salt=_SALT)
    if given is None:
        return redirect("reporting:import")
    mark = given.pop("mark")
    file = ListFile(**given)
    try:
        seen, is_done = import_list(file=file, expected=mark, by=person(request), **_now())
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("reporting:import")
    if not is_done:
        say_changed(request)
        return _show(request, file, seen)
    remember_parties(request, [each.party for each in seen.lines])
    count = seen.count(Became.NEW) + seen.count(Became.CHANGED)
    said = ngettext(
        "%(count)s line was put on record.", "%(count)s lines were put on record.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("reporting:import")


def _show(request: HttpRequest, file: ListFile, seen: Preview) -> HttpResponse:
    shown = [each for each in Became if each is not Became.LEFT or seen.count(each)]
    more = {"encoding": file.encoding, "strokes": file.strokes, "mark": seen.mark}
    context = {
        "seen": seen,
        "counts": [(each.label, seen.count(each)) for each in shown],
        "left": seen.count(Became.LEFT),
        "sealed": sealed(content=file.content, salt=_SALT, **more) if seen.does_something else "",
    }
    return render(request, "listing/preview.html", context)


def _now() -> dict[str, Any]:
    return {"as_at": timezone.localdate(), "now": timezone.now()}
