"""What the secretariat does by hand: send again what failed, send one now, send itself a test."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from reporting import permissions
from reporting.models import Contact, Obligation
from reporting.queries.reminder import reminder_of
from reporting.services.reminder.acting import (
    retry_all_failed,
    retry_failed,
    send_now,
    send_test,
    why_no_alert,
)
from reporting.views.acting import person
from reporting.views.secretariat import secretariat_only


@require_POST
@secretariat_only
def reminder_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one that failed be sent again."""
    row = reminder_of(person=person(request), pk=pk)
    if row is None:
        raise Http404

    def retry() -> str:
        if retry_failed(reminder=row, by=person(request), now=timezone.now()):
            return _("It goes out again within a minute.")
        return _("It had not failed: nothing was changed.")

    _say(request, retry)
    return redirect("reporting:reminder", pk)


@require_POST
@secretariat_only
def reminders_retry(request: HttpRequest) -> HttpResponse:
    """Let everything that failed be sent again."""
    count = retry_all_failed(by=person(request), now=timezone.now())
    said = ngettext(
        "%(count)s reminder goes out again within a minute.",
        "%(count)s reminders go out again within a minute.",
        count,
    )
    nothing = _("Nothing can be sent again: their readers are not told any more.")
    messages.success(request, said % {"count": count} if count else nothing)
    return redirect("reporting:reminders")


@require_POST
@secretariat_only
def reminder_test(request: HttpRequest) -> HttpResponse:
    """Send the person who asks a test."""

    def send() -> str:
        by = person(request)
        subject = send_test(by=by, as_at=timezone.localdate(), now=timezone.now())
        return _("“%(subject)s” was sent to %(address)s.") % {
            "subject": subject,
            "address": by.email,
        }

    _say(request, send)
    return redirect("reporting:reminders")


@require_http_methods(["GET", "HEAD", "POST"])
@secretariat_only
def reminder_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who can be alerted to an obligation; alert the one who was chosen."""
    rows = Obligation.objects.select_related("state_party__state", "state_party__treaty")
    obligation = get_object_or_404(rows, pk=pk)
    if not permissions.may_alert(request.user, obligation.state_party):
        raise Http404
    state = obligation.state_party.state
    contacts = Contact.objects.seen_by(person(request)).told()
    contacts = contacts.filter(Q(state=state) | Q(state__isnull=True))
    if request.method == "POST":
        number = request.POST.get("contact", "")
        contact = contacts.filter(pk=int(number[:18]) if number.isdecimal() else 0).first()

        def send() -> str:
            if contact is None:
                raise ValidationError(_("This contact is not told any more: choose another one."))
            today, now = timezone.localdate(), timezone.now()
            send_now(
                obligation=obligation, contact=contact, by=person(request), as_at=today, now=now
            )
            return _("The alert to %(name)s goes out within a minute.") % {"name": contact.name}

        _say(request, send)
        return redirect("reporting:reminder-send", pk)
    context = {
        "obligation": obligation,
        "state": state,
        "contacts": contacts.order_by("-state"),
        "why_not": why_no_alert(obligation, as_at=timezone.localdate()),
    }
    return render(request, "reminder/send.html", context)


def _say(request: HttpRequest, act: Callable[[], str]) -> None:
    """Say what was done, or why it was not."""
    try:
        messages.success(request, act())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
