"""The page on which people see where they are signed in, and close what they do not know."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reporting.queries.signed_in import signed_in
from reporting.services.sessions import close_others, close_session
from reporting.views.acting import person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """List one's sessions; close one of them, or all but this one."""
    key, who = request.session.session_key, person(request)
    if request.method == "POST":
        _close(request)
        return redirect("reporting:own-sessions")
    return render(request, "person/sessions.html", {"sessions": signed_in(user=who, key=key)})


def _close(request: HttpRequest) -> None:
    who, now, asked = person(request), timezone.now(), request.POST.get("close", "")
    if asked == "others":
        count = close_others(user=who, kept=request.session.session_key, at=now)
        said = ngettext("%(count)s session is closed.", "%(count)s sessions are closed.", count)
        messages.success(request, said % {"count": count})
    elif asked.isascii() and asked.isdecimal() and len(asked) < 18:
        this = {row.pk: row.is_this for row in signed_in(user=who, key=request.session.session_key)}
        if this.get(int(asked)) is False and close_session(user=who, pk=int(asked), at=now):
            messages.success(request, _("The session is closed."))
