"""E-mail addresses that break where a reader expects it."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def breakable(email: str) -> SafeString:
    """Return the address so that it breaks before its @, and a long domain before its dots."""
    name, _at, domain = email.rpartition("@")
    parts = format_html_join("", "<wbr>.{}", ((part,) for part in domain.split(".")[1:]))
    first = domain.partition(".")[0]
    return format_html(
        '<span translate="no">{}<wbr><span class="domain">@{}{}</span></span>', name, first, parts
    )
