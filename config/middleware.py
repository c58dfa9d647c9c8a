"""Who may ask, and in which language the answer is.

Every address needs a signed-in user, unless config.public_pages names its route.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from config.public_pages import FILES, PUBLIC_PAGES, STATUS_PAGES


def is_public(route: str) -> bool:
    """Return whether anybody may open the route of that name."""
    return route in PUBLIC_PAGES or (settings.PUBLIC_STATUS_PAGES and route in STATUS_PAGES)


class OfferedLocaleMiddleware(LocaleMiddleware):
    """Answers in a language that is offered, else in English.

    A page that declares a language around texts of another one is read aloud wrongly.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language as Django does, where there is a catalogue for it."""
        super().process_request(request)
        if translation.get_language() not in settings.LANGUAGES_OFFERED:
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE


class SignedInMiddleware(LoginRequiredMiddleware):
    """Leads visitors to the sign-in page, and from there back to where they wanted to go.

    A program that asks for a file is told that it needs a sign-in: it would take the page to sign
    in for the file. A browser, which asks for HTML by name, is led there.

    What a view says about itself (``login_not_required``) counts for nothing: the list does.
    """

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponseBase],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Let the request through, or answer in the view's place."""
        match = request.resolver_match
        if (match and is_public(match.view_name)) or request.user.is_authenticated:
            return None
        if (
            match
            and match.view_name in FILES
            and "text/html" not in request.headers.get("Accept", "")
        ):
            return _needs_a_sign_in()
        return _to_sign_in(request)


def _needs_a_sign_in() -> HttpResponse:
    """Say so with 401; there is no password that a program could send along."""
    return HttpResponse(
        _("This file needs a sign-in. Sign in with a browser, and download it there.") + "\n",
        status=HTTPStatus.UNAUTHORIZED,
        content_type="text/plain; charset=utf-8",
        headers={"WWW-Authenticate": "Session", "Cache-Control": "no-store", "Vary": "Accept"},
    )


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect; a script that asks for a fragment leaves the page for the one to sign in."""
    htmx = getattr(request, "htmx", None)
    if not htmx:
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    here = urlsplit(htmx.current_url_abs_path or "/")
    back = f"{here.path}?{here.query}" if here.query else here.path
    answer = redirect_to_login(back, resolve_url(settings.LOGIN_URL))
    return HttpResponseClientRedirect(answer.url)
