"""Importing deposits from the Treaty Collection: look at them first, then put them on record."""

import base64

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
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
from reporting.views.secretariat import person, secretariat_only

_SALT = "deposits"
# A form with a preview is no draft: after an hour it is looked at again.
_LONGEST = 60 * 60


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
    try:
        given = signing.loads(request.POST["deposits"], salt=_SALT, max_age=_LONGEST)
    except signing.BadSignature:
        messages.warning(request, _("This preview is too old. Choose the file again."))
        return redirect("reporting:import-deposits")
    file = StatusFile(content=base64.b64decode(given["content"]), code=given["code"])
    seen, is_done = import_deposits(
        file=file,
        expected=given["mark"],
        by=person(request),
        as_at=timezone.localdate(),
        now=timezone.now(),
    )
    if not is_done:
        said = _("What is on record has changed meanwhile. Nothing was saved: look at it again.")
        messages.warning(request, said)
        return _show(request, file, seen)
    count = seen.count(Became.NEW) + seen.count(Became.CHANGED)
    said = ngettext(
        "%(count)s deposit was put on record.", "%(count)s deposits were put on record.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("reporting:import-deposits")


def _show(request: HttpRequest, file: StatusFile, seen: Preview) -> HttpResponse:
    given = {
        "content": base64.b64encode(file.content).decode(),
        "code": file.code,
        "mark": seen.mark,
    }
    token = signing.dumps(given, salt=_SALT, compress=True) if seen.does_something else ""
    counts = {each.value: seen.count(each) for each in Became}
    shown = [each for each in seen.lines if each.became is not Became.SAME]
    context = {"seen": seen, "shown": shown, "counts": counts, "deposits": token}
    return render(request, "depositary/preview.html", context)
