"""Importing deposits from the Treaty Collection: look at them first, then put them on record."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reporting import permissions
from reporting.forms.depositary import DepositsForm
from reporting.forms.errors import problems
from reporting.forms.refusals import put_on_fields
from reporting.models import Treaty
from reporting.services.depositary.importing import (
    Became,
    Preview,
    StatusFile,
    import_deposits,
    preview_deposits,
)
from reporting.services.depositary.reading import slimmed
from reporting.services.uploads import refused_fields
from reporting.views.looked_at import opened, say_changed, sealed
from reporting.views.secretariat import person, secretariat_only

_SALT = "deposits"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def import_deposits_page(request: HttpRequest) -> HttpResponse:
    """Ask for the file, show what it would do, and do it when that is confirmed."""
    if request.method == "POST" and "deposits" in request.POST:
        return _confirmed(request)
    own = [each for each in Treaty.objects.all() if permissions.may_record(request.user, each)]
    form = DepositsForm(request.POST or None, request.FILES or None, treaties=own)
    if request.method == "POST":
        for said in refused_fields(request).values():
            form.add_error("file", said)
        if form.is_valid():
            content = form.cleaned_data["file"].read()
            try:
                file = StatusFile(content=slimmed(content), code=form.cleaned_data["treaty"])
                seen = preview_deposits(file=file, by=person(request), as_at=timezone.localdate())
            except ValidationError as error:
                put_on_fields(form, error, named={"__all__": "file"})
            else:
                return _show(request, file, seen)
    context = {"form": form, "errors": problems(form) if form.is_bound else []}
    return render(request, "depositary/page.html", context)


def _confirmed(request: HttpRequest) -> HttpResponse:
    """Do what was seen; where that would be something else now, show it again."""
    given = opened(request, salt=_SALT)
    if given is None:
        return redirect("reporting:import-deposits")
    mark = given.pop("mark")
    file = StatusFile(**given)
    try:
        seen, is_done = import_deposits(
            file=file,
            expected=mark,
            by=person(request),
            as_at=timezone.localdate(),
            now=timezone.now(),
        )
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("reporting:import-deposits")
    if not is_done:
        say_changed(request)
        return _show(request, file, seen)
    count = seen.count(Became.NEW) + seen.count(Became.CHANGED)
    said = ngettext(
        "%(count)s deposit was put on record.", "%(count)s deposits were put on record.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("reporting:import-deposits")


def _show(request: HttpRequest, file: StatusFile, seen: Preview) -> HttpResponse:
    more = {"code": file.code, "mark": seen.mark}
    context = {
        "seen": seen,
        "counts": [(each.label, seen.count(each)) for each in Became if each is not Became.WRONG],
        "shown": [each for each in seen.lines if each.became is not Became.SAME],
        "is_wrong": bool(seen.count(Became.WRONG)),
        "sealed": sealed(content=file.content, salt=_SALT, **more) if seen.does_something else "",
    }
    return render(request, "depositary/preview.html", context)
