"""Where the links of an e-mail lead, without signing in: acknowledge, preferences, unsubscribe.

Opening a page changes nothing: programs that follow the links of a mail only look. The token in the
address is the proof, and nothing of a session is used, so no form needs another one; mail programs
that unsubscribe with one click (RFC 8058) have none.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from reporting.emails import links
from reporting.forms.alerts import LanguageForm
from reporting.forms.errors import problems
from reporting.models import Contact
from reporting.queries.message import told_by
from reporting.services.reminder import reader

View = Callable[[HttpRequest, str], HttpResponse]


def _from_a_mail(view: View) -> View:
    """Answer the friendly way where a link does not work, and keep the address to this site."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = view(request, token)
        except links.BrokenLinkError:
            response = render(request, "alerts/broken.html", status=410)
        response["Referrer-Policy"] = "strict-origin"
        return response

    return answer


@_from_a_mail
def acknowledge(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the reader has seen to what a mail tells, and keep that."""
    message = links.message_of(token)
    if request.method == "POST":
        message = reader.acknowledge(message=message, at=timezone.now())
    context = {"message": message, "obligations": told_by(message)}
    return render(request, "alerts/acknowledge.html", context)


@_from_a_mail
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether a reader wants no more mails, and stop them."""
    contact = links.contact_of(links.UNSUBSCRIBE, token)
    if request.method == "POST":
        contact = reader.unsubscribe(contact=contact, at=timezone.now())
    return render(request, "alerts/unsubscribe.html", _of(contact))


@_from_a_mail
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Show who is told as what, and let the reader choose the language, stop and come back."""
    contact = links.contact_of(links.PREFERENCES, token)
    form = LanguageForm(initial={"language": contact.language})
    saved = False
    if request.POST.get("told") == "no":
        contact = reader.unsubscribe(contact=contact, at=timezone.now())
    elif request.POST.get("told") == "yes":
        contact = reader.subscribe(contact=contact)
    elif request.method == "POST":
        form = LanguageForm(request.POST)
        if saved := form.is_valid():
            language = form.cleaned_data["language"]
            contact = reader.choose_language(contact=contact, language=language)
    context = {**_of(contact), "form": form, "errors": problems(form), "saved": saved}
    return render(request, "alerts/preferences.html", context)


def _of(contact: Contact) -> dict[str, Any]:
    return {"contact": contact, "preferences": links.to_reader(links.PREFERENCES, contact)}
