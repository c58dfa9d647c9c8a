"""Pictures and maps of a day, which are the same for everybody who asks for them."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.html import json_script
from django.utils.safestring import SafeString

from reporting.queries.memory import remembered_markup
from reporting.rules.regimes import REGIMES
from reporting.views.as_at import AsAt


class Drawn(NamedTuple):
    """The pictures as markup, and what the script draws of them."""

    pictures: SafeString
    frame: SafeString


def drawn(
    template: str, of: Callable[[], Mapping[str, Any]], *question: object, as_at: AsAt
) -> Drawn:
    """Return the template rendered with these values, of which ``frame`` is for the script.

    The drawing of today is remembered until an obligation changes: it names every State. That of
    another day, of which there are as many as anybody thinks of, is drawn each time.
    """

    def draw() -> Drawn:
        values = of()
        markup = render_to_string(template, {**values, "as_at": as_at})
        return Drawn(markup, json_script(values["frame"], "frame"))

    if not as_at.is_today or as_at.treaty not in {"", *REGIMES}:
        return draw()
    return remembered_markup(draw, template, as_at.day, as_at.query, *question)
