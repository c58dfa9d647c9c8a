"""Who may ask, in which charset, and in which language the answer is.

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
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django_htmx.http import HttpResponseClientRedirect

from config.charset import is_taken
from config.public_pages import FILES, PROGRAMS, PUBLIC_PAGES, STATUS_PAGES
from reporting.api.problems import fault as problem
from reporting.views.outage import PROGRAMS as API

LANGUAGE_PARAMETER = "language"
_SHOWN = 20


def is_public(route: str) -> bool:
    """Return whether anybody may open the route of that name."""
    if route.startswith(f"{PROGRAMS}:"):
        return True
    return route in PUBLIC_PAGES or (settings.PUBLIC_STATUS_PAGES and route in STATUS_PAGES)


class ChosenLanguageMiddleware(LocaleMiddleware):
    """Answers in the language of the address (``?language=fr``), which holds for this visit.

    It may come from the link of a mail, so the browser forgets it when it is closed: what lasts is the
    setting of an account, and what the browser asks for. Without one: what the browser kept, the setting of whoever is signed in, what the browser asks
    for, English. Only what is offered counts: a page that declares a language around texts of
    another one is read aloud wrongly.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language; note on the request what the page has to say about it."""
        asked = request.GET.get(LANGUAGE_PARAMETER, "")
        chosen = offered_variant(asked)
        self._note(request, asked="" if chosen else asked, chosen=chosen)
        request.was_signed_in = request.user.is_authenticated  # type: ignore[attr-defined] # read below, once the view has answered
        translation.activate(
            chosen
            or offered_variant(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
            or offered_variant(getattr(request.user, "language", ""))
            or wanted_by_browser(request.headers.get("Accept-Language", ""))
            or settings.LANGUAGE_CODE
        )
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Keep what was chosen; whoever signs in gets the language of the setting again."""
        answer: HttpResponseBase = super().process_response(request, response)
        patch_vary_headers(answer, ("Cookie",))
        if chosen := getattr(request, "language_chosen", ""):
            answer.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        elif _signed_in_with_a_setting(request):
            answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
        return answer

    @staticmethod
    def _note(request: HttpRequest, *, asked: str, chosen: str) -> None:
        signs = asked[:_SHOWN]
        shown = "".join(sign for sign in signs if sign.isprintable()).strip()
        # Of signs that nobody sees, their names.
        shown = shown or " ".join(f"U+{ord(sign):04X}" for sign in signs)
        request.language_refused = shown  # type: ignore[attr-defined] # the page says it
        request.language_chosen = chosen  # type: ignore[attr-defined] # kept in a cookie below


def offered_variant(code: str) -> str:
    """Return the language that is offered for that code, as ``zh-hans`` for ``zh-CN``, or nothing."""
    try:
        found = translation.get_supported_language_variant(code.lower()) if code else ""
    except LookupError:
        return ""
    return found if found in settings.LANGUAGES_OFFERED else ""


def wanted_by_browser(header: str) -> str:
    """Return the first language of the header that is offered, or nothing."""
    wanted = (code for code, _weight in parse_accept_lang_header(header))
    return next(filter(None, map(offered_variant, wanted)), "")


def _signed_in_with_a_setting(request: HttpRequest) -> bool:
    """Whether this request has signed in somebody who has chosen a language for every browser."""
    if getattr(request, "was_signed_in", True) or not request.user.is_authenticated:
        return False
    return bool(request.user.language)


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


class CharsetMiddleware:
    """Refuses a request that names another charset, before anything reads its query or its form.

    Django raises for a form in another one, and again where that error is answered.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand within what puts headers on every answer, and before everything else."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, to be read as UTF-8; or say why not."""
        named = (request.content_params or {}).get("charset")
        if named is None:
            return self.get_response(request)
        request.encoding = "utf-8"  # Django takes no other name of it for a form
        return self.get_response(request) if is_taken(named) else _in_another_charset(request)


def _in_another_charset(request: HttpRequest) -> HttpResponse:
    wanted = wanted_by_browser(request.headers.get("Accept-Language", ""))
    with translation.override(wanted or settings.LANGUAGE_CODE):
        said = _("The request names a charset other than UTF-8. Send it in UTF-8.")
        if request.path_info.startswith(API):
            answer = problem(HTTPStatus.BAD_REQUEST, said)
        else:
            answer = HttpResponse(
                f"{said}\n", status=HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8"
            )
        answer["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    answer["Cache-Control"] = "no-store"
    return answer
