"""The contacts of all States and of the secretariat."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reporting import permissions
from reporting.forms.directory import DirectoryForm
from reporting.forms.errors import problems
from reporting.forms.fact import version as read_version
from reporting.forms.refusals import put_on_fields
from reporting.models import Contact
from reporting.queries.directory import directory
from reporting.services.contact import save_contact, version
from reporting.services.errors import ConflictError, Difference
from reporting.views.secretariat import person, secretariat_only
from reporting.views.treaty import desk_treaty

_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@secretariat_only
@never_cache
def contacts(request: HttpRequest) -> HttpResponse:
    """Show everybody who is told, and the States of which nobody is."""
    found = directory(treaty=desk_treaty(request), person=person(request))
    changeable = [
        each
        for told in (found.secretariat, *found.states)
        for each in told.contacts
        if told.state or permissions.may_keep_contact(request.user, each)
    ]
    context = {"directory": found, "changeable": changeable}
    return render(request, "directory/list.html", context)


@_METHODS
@secretariat_only
def contact_new(request: HttpRequest) -> HttpResponse:
    """Add a contact of the secretariat or of a State."""
    form = DirectoryForm(request.POST or None, treaty=desk_treaty(request), by=person(request))
    return _answer(request, form)


@_METHODS
@secretariat_only
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a contact, or tell it no longer."""
    found = get_object_or_404(Contact.objects.select_related("state"), pk=pk)
    if not permissions.may_keep_contact(request.user, found):
        raise Http404
    form = DirectoryForm(
        request.POST or None,
        treaty=desk_treaty(request),
        by=person(request),
        instance=found,
        seen=str(version(found)),
    )
    return _answer(request, form)


def _answer(request: HttpRequest, form: DirectoryForm) -> HttpResponse:
    differences: tuple[Difference, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            seen = read_version(form.cleaned_data["seen"])
            save_contact(
                contact=form.instance,
                by=person(request),
                seen=seen,
                as_at=timezone.localdate(),
                treaties=form.cleaned_data.get("treaties"),
            )
        except ConflictError as error:
            differences = error.differences
            form.data = request.POST.copy()
            form.data["seen"] = str(version(Contact.objects.get(pk=form.instance.pk)))
            form.add_error(None, error.message)
        except ValidationError as error:
            put_on_fields(form, error)
        else:
            messages.success(request, _("The contact is saved."))
            return redirect("reporting:contacts")
    errors = problems(form) if form.is_bound else []
    context = {"form": form, "errors": errors, "differences": differences}
    return render(request, "directory/form.html", context)
