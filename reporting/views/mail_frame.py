"""An e-mail shown inside a page: its HTML at an address of its own, where it can do nothing."""

import re
from collections.abc import Callable

from csp.decorators import csp
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin

# An origin of its own, no script, no form, no request; only a page of ours may frame it.
IN_A_FRAME = {
    "default-src": ["'none'"],
    "img-src": ["data:"],
    "style-src": ["'unsafe-inline'"],
    "form-action": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": True,
}
# The links belong to the reader of the mail. New windows are not allowed, so here they lead nowhere.
_NOWHERE = '<base target="_blank">'
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)


def framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Lock what the view answers into a frame of our own pages."""
    return cache_control(private=True, no_store=True)(
        xframe_options_sameorigin(csp(IN_A_FRAME)(view))
    )


def mail_answer(html: str) -> HttpResponse:
    """Return the HTML of an e-mail, with links that lead nowhere."""
    head = _HEAD.search(html)
    at = head.end() if head else 0
    return HttpResponse(f"{html[:at]}{_NOWHERE}{html[at:]}")
