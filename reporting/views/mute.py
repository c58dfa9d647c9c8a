"""Mutes: what holds alerts back, for how long and why; and ending that."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reporting import permissions
from reporting.forms.errors import problems
from reporting.forms.mute import MuteForm
from reporting.forms.refusals import put_on_fields
from reporting.models import Contact, Mute, Obligation, State
from reporting.models.dates import long_date
from reporting.queries import mute as query
from reporting.services.reminder.mute import end_mute, mute_alerts
from reporting.views.acting import person
from reporting.views.secretariat import secretariat_only
from reporting.views.treaty import kept, treaty_shown


@require_safe
@secretariat_only
@never_cache
def mutes(request: HttpRequest) -> HttpResponse:
    """Show what holds alerts back, what will, and what did; each with what it held back."""
    found = query.mutes(person=person(request), as_at=timezone.localdate())
    return render(request, "mute/list.html", {"mutes": found})


@require_http_methods(["GET", "HEAD", "POST"])
def mute_new(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Hold back the alerts on one obligation, to one contact or to one State."""
    mute, today = _of(kind, pk), timezone.localdate()
    if mute is None or not permissions.may_mute(request.user, mute):
        raise Http404
    form = MuteForm(request.POST or None, initial={"starts_on": today})
    if request.method == "POST" and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(mute, name, value)
        try:
            mute_alerts(mute=mute, by=person(request), as_at=today, now=timezone.now())
        except ValidationError as error:
            put_on_fields(form, error)
        else:
            said = _("%(what)s: alerts are held back until %(day)s.")
            messages.success(request, said % {"what": mute.what, "day": long_date(mute.until)})
            return redirect(_page(request, mute))
    context = {"form": form, "mute": mute, "back_url": _page(request, mute)}
    return render(request, "mute/new.html", context | {"errors": problems(form)})


@require_POST
def mute_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let alerts go out again from today on."""
    mute = query.mute_of(person=person(request), pk=pk)
    if mute is None or not permissions.may_mute(request.user, mute):
        raise Http404
    end_mute(mute=mute, by=person(request), as_at=timezone.localdate())
    messages.success(request, _("%(what)s: alerts go out again.") % {"what": mute.what})
    if permissions.is_secretariat(request.user):
        return redirect("reporting:mutes")
    return redirect(_page(request, mute))


def _of(kind: str, pk: int) -> Mute | None:
    """Return an unsaved mute of the thing of that kind and number, if there is one."""
    if kind == "contact":
        contact = Contact.objects.select_related("state").filter(pk=pk).first()
        return Mute(contact=contact) if contact else None
    if kind == "state":
        state = State.objects.filter(pk=pk).first()
        return Mute(state=state) if state else None
    if kind == "obligation":
        rows = Obligation.objects.select_related(
            "state_party__state", "state_party__treaty"
        ).filter(pk=pk)
        obligation = rows.first()
        return Mute(obligation=obligation) if obligation else None
    return None


def _page(request: HttpRequest, mute: Mute) -> str:
    """Return the address of the page on which the thing is shown, under the treaty of a duty or else that asked for."""
    if mute.about is None:
        return reverse("reporting:contacts")
    if mute.contact:
        return reverse("reporting:state-contacts", args=[mute.about.iso3])
    treaty = mute.state_party.treaty if mute.state_party else treaty_shown(request)
    return reverse("reporting:state", args=[mute.about.iso3]) + kept(treaty)
