"""The contacts of a State, kept by its ministry and by the secretariat."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting.forms.contact import ContactForm
from reporting.forms.errors import problems
from reporting.forms.refusals import put_on_fields
from reporting.models import Contact, StateParty
from reporting.queries.contact import contact_of, contacts_of
from reporting.services.contact import FIELDS, save_contact, tell, version
from reporting.services.errors import ConflictError
from reporting.views.acting import acting_for, person

_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def contacts(request: HttpRequest, iso3: str) -> HttpResponse:
    """Show who is told for the State."""
    party = acting_for(request, iso3)
    context = {"party": party, "contacts": contacts_of(state=party.state)}
    return render(request, "contact/list.html", context)


@_METHODS
def contact_new(request: HttpRequest, iso3: str) -> HttpResponse:
    """Add somebody."""
    party = acting_for(request, iso3)
    return _asked(request, party, Contact(state=party.state), ContactForm(request.POST or None))


@_METHODS
def contact(request: HttpRequest, iso3: str, pk: int) -> HttpResponse:
    """Change what is known of somebody."""
    party = acting_for(request, iso3)
    found = _found(party, pk)
    initial = {name: getattr(found, name) for name in FIELDS} | {"seen": version(found)}
    return _asked(request, party, found, ContactForm(request.POST or None, initial=initial))


@require_POST
def contact_tell(request: HttpRequest, iso3: str, pk: int) -> HttpResponse:
    """Let somebody be told again, or no longer."""
    party = acting_for(request, iso3)
    active = request.POST.get("active") == "yes"
    changed = tell(contact=_found(party, pk), active=active, by=person(request))
    said = _("%(name)s is told again.") if active else _("%(name)s is no longer told.")
    messages.success(request, said % {"name": changed.name})
    return redirect("reporting:state-contacts", iso3)


def _found(party: StateParty, pk: int) -> Contact:
    found = contact_of(state=party.state, pk=pk)
    if found is None:
        raise Http404
    return found


def _asked(
    request: HttpRequest, party: StateParty, asked: Contact, form: ContactForm
) -> HttpResponse:
    context = {"party": party, "contact": asked, "name": asked.name, "form": form}
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        seen = given.pop("seen") or 0
        for name, value in given.items():
            setattr(asked, name, value)
        try:
            save_contact(contact=asked, by=person(request), seen=seen, as_at=timezone.localdate())
        except ConflictError as error:
            context["differences"] = error.differences
            form.data = request.POST.copy()
            form.data["seen"] = str(version(asked))
            form.add_error(None, error.message)
        except ValidationError as error:
            put_on_fields(form, error)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": asked.name})
            return redirect("reporting:state-contacts", party.state.iso3)
    return render(request, "contact/form.html", context | {"errors": problems(form)})
