"""Icons as inline SVG, from the installed icon package."""

import re
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Icons that point somewhere turn round where the text runs from right to left.
POINTING = frozenset({"arrow-left", "arrow-right", "chevron-left", "chevron-right", "play-fill"})
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Return the drawing, hidden from screen readers: the word beside it says what it means."""
    kind = "icon icon-pointing" if name in POINTING else "icon"
    return format_html(
        '<svg class="{}" viewBox="0 0 16 16" width="16" height="16" fill="currentColor"'
        ' aria-hidden="true" focusable="false">{}</svg>',
        kind,
        _drawing(name),
    )


def _drawing(name: str) -> SafeString:
    file = Path(settings.NODE_MODULES, "bootstrap-icons", "icons", f"{name}.svg")
    try:
        found = _DRAWING.search(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = f"The icon “{name}” is not installed ({file}). Run `make install`."
        raise ImproperlyConfigured(message) from None
    if found is None:
        message = f"{file} holds no drawing."
        raise ImproperlyConfigured(message)
    # The file comes from the package whose version and digest the lock names.
    return mark_safe(found[1].strip())  # noqa: S308 # nosec B308, B703 # see above
