"""Who may keep an answer: what depends on whoever looks is kept by no cache that others share."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin

# Pages that show recovery codes, secrets of second factors, proofs in their address.
_ACCOUNT = ("account_", "mfa_", "admin:password_")


class PrivateMiddleware(MiddlewareMixin):
    """Tells shared caches to keep nothing that is for one person, and browsers to ask again.

    That is what somebody signed in is shown, a program with a token gets, and what sets a cookie.
    Pages that show secrets or people forbid to keep them at all (``no-store``), each at its view;
    a form that somebody fills in does not, or a browser that goes back would have forgotten it.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add to what the view has said about its answer; take nothing away."""
        match = request.resolver_match
        if match and match.view_name.startswith(_ACCOUNT):
            patch_cache_control(response, private=True, no_store=True)
        elif _is_for_one_person(request, response):
            again = {} if "no-store" in response.get("Cache-Control", "") else {"no_cache": True}
            patch_cache_control(response, private=True, **again)
        return response


def _is_for_one_person(request: HttpRequest, answer: HttpResponseBase) -> bool:
    is_signed_in: bool = getattr(request, "was_signed_in", False)
    return is_signed_in or "Authorization" in request.headers or bool(answer.cookies)
