"""How an obligation stands, always as colour, word and icon together."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from reporting.models.status import STATUS_LABELS
from reporting.rules.status import Status
from reporting.templatetags.icons import icon

register = template.Library()

ICONS = {
    Status.OVERDUE: "exclamation-octagon",
    Status.DUE_SOON: "hourglass-split",
    Status.UPCOMING: "calendar-event",
    Status.AWAITING_CONSIDERATION: "inbox",
    Status.UNCONFIRMED: "question-circle",
    Status.NO_DATE: "calendar-x",
    Status.MET: "check-circle",
    Status.CONSIDERED_IN_ABSENCE: "eye",
    Status.SUPERSEDED: "arrow-repeat",
    Status.LAPSED: "slash-circle",
    Status.WITHDRAWN: "x-circle",
}


@register.simple_tag
def badge(status: Status) -> SafeString:
    """Return the status as a badge."""
    return _badge(status, get_language() or "en")


@lru_cache(maxsize=256)
def _badge(status: Status, _language: str) -> SafeString:
    return format_html(
        '<span class="status status-{}">{} {}</span>',
        status.name.lower().replace("_", "-"),
        icon(ICONS[status]),
        STATUS_LABELS[status],
    )
