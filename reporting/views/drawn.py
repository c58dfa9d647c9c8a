"""Pictures and maps of a day, which are the same for everybody who asks for them."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from django.template.loader import render_to_string
from django.utils.html import json_script
from django.utils.safestring import SafeString

from reporting.queries.memory import remembered_markup
from reporting.rules.regimes import REGIMES
from reporting.views.as_at import AsAt

T = TypeVar("T")


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

    if not as_at.is_today:
        return draw()
    return drawn_once(draw, template, as_at.query, *question, as_at=as_at)


def drawn_once(draw: Callable[[], T], *question: object, as_at: AsAt) -> T:
    """Return what is the same for everybody who asks today, drawn once until an obligation changes.

    What somebody thinks of as a treaty, and is none, is not remembered.
    """
    if as_at.treaty not in {"", *REGIMES}:
        return draw()
    return remembered_markup(draw, as_at.today, as_at.treaty, *question)
