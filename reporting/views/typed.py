"""What a person typed whose session had ended meanwhile: kept until that person has signed in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

# Forms that take an hour to fill in, and whose page asks for what was kept.
KEPT = {"reporting:submission-new"}
_KEY = "typed"
# All words of such a form; a stranger who sends more is not to fill the sessions.
_MOST = 20_000


class TypedMiddleware:
    """Keeps the words of a form in the session before its sender is led to sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand before what leads to the sign-in page."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Keep what was sent, and say on the sign-in page that it is kept."""
        match = request.resolver_match
        if request.method != "POST" or request.user.is_authenticated:
            return
        if match is None or match.view_name not in KEPT:
            return
        words = request.POST.copy()
        words.pop("csrfmiddlewaretoken", None)
        text = words.urlencode()
        if len(text) <= _MOST:
            request.session[_KEY] = {"path": request.path, "words": text}
            said = _(
                "You were signed out. Sign in, and go on with the form: what you typed is kept."
            )
            messages.warning(request, said)


def take_typed(request: HttpRequest) -> QueryDict | None:
    """Return once what was typed into the form of this address, and say that it is there."""
    kept = request.session.get(_KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[_KEY]
    said = _("What you typed is here again. Choose the files again, and send the form.")
    messages.info(request, said)
    return QueryDict(kept["words"], mutable=True)
