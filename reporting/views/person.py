"""What is stored about a person: shown, taken as a file, erased. The address is never in an address."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from reporting import permissions
from reporting.exports.person import label, person_json
from reporting.forms.errors import problems
from reporting.forms.person import EraseForm, PersonForm
from reporting.queries.person import stored_about
from reporting.services.errors import NotAllowedError
from reporting.services.person import erase_person, export_person
from reporting.views.acting import person as acting
from reporting.views.secretariat import whole_secretariat_only


@require_http_methods(["GET", "HEAD", "POST"])
@whole_secretariat_only
@never_cache
def person(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and show what is stored under it."""
    return _page(request, PersonForm(request.POST or None), None)


def _page(request: HttpRequest, form: PersonForm, erase: EraseForm | None) -> HttpResponse:
    found = stored_about(email=form.cleaned_data["email"]) if form.is_valid() else None
    account = found.account if found else None
    by = acting(request)
    context = {
        "form": form,
        "found": found,
        "counts": [(label(name), len(rows)) for name, rows in found.rows.items() if rows]
        if found
        else [],
        "erase": erase or (EraseForm(initial={"email": found.email}) if found else None),
        "may_erase": account is None or permissions.may_change_account(by, account),
        "errors": problems(erase) if erase else problems(form),
    }
    return render(request, "person/page.html", context)


@require_POST
@whole_secretariat_only
@never_cache
def person_file(request: HttpRequest) -> HttpResponse:
    """Send what is stored about a person as JSON."""
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _page(request, form, None)
    now = timezone.now()
    found = export_person(email=form.cleaned_data["email"], by=acting(request), at=now)
    answer = HttpResponse(person_json(found, at=now), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="person-{now.date()}.json"'
    return answer


@require_POST
@whole_secretariat_only
@never_cache
def person_erase(request: HttpRequest) -> HttpResponse:
    """Erase a person, and say where the person is still mentioned."""
    form, shown = EraseForm(request.POST), PersonForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, form)
    try:
        erased = erase_person(
            email=form.cleaned_data["email"], by=acting(request), at=timezone.now()
        )
    except NotAllowedError:
        form.add_error(
            None, _("Only an administrator erases an administrator, and nobody oneself.")
        )
        return _page(request, shown, form)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, shown, form)
    messages.success(request, _("The person is erased."))
    if erased.mentions:
        text = ngettext(
            "The name or the address still stands in %(count)s text. Correct it by hand: %(where)s.",
            "The name or the address still stands in %(count)s texts. Correct them by hand: %(where)s.",
            len(erased.mentions),
        )
        where = {"count": len(erased.mentions), "where": "; ".join(erased.mentions[:20])}
        messages.warning(request, text % where)
    return redirect("reporting:person")
