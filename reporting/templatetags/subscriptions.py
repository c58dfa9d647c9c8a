"""The addresses by which programs subscribe to a calendar."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import RequestContext
from django.urls import reverse
from django.utils.translation import get_language

from reporting import permissions

register = template.Library()


@register.inclusion_tag("components/subscribe.html", takes_context=True)
def subscribe(context: RequestContext, route: str, *places: str, **shown: bool) -> dict[str, Any]:
    """Show the addresses of a calendar: one opens the reader's program, one is for pasting.

    ``folded=True`` shows them behind a summary. Where programs would need to sign in, which they
    cannot, the page of the reader's own calendar is offered instead.
    """
    request: HttpRequest = context["request"]
    path = reverse(f"reporting:{route}", args=places) + _in_the_language_of_the_page()
    url = request.build_absolute_uri(path)
    return {
        "name": route,
        "path": path,
        "url": url,
        "webcal": f"webcal:{url.partition(':')[2]}",
        "opens": route == "private-calendar" or permissions.status_is_public(),
        "folded": shown.get("folded", False),
    }


def _in_the_language_of_the_page() -> str:
    """Return what makes an address answer so to a program, which has no cookie and no preference."""
    if len(settings.LANGUAGES_OFFERED) == 1:
        return ""
    return f"?{urlencode({'language': get_language() or settings.LANGUAGE_CODE})}"
