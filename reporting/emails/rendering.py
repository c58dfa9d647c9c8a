"""One name -> subject, plain text and HTML, in the language of the reader."""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from secrets import token_hex
from typing import Any

from css_inline import CSSInliner
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import override

# Styles come from the template itself, so that writing a mail never fetches or reads a file. The rules
# for the dark stay in a tag of their own: they cannot stand on the elements.
_INLINER = CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True)
_EMPTY_LINES = re.compile(r"\n\s*\n")
_INDENTED = re.compile(r"\n\s+")
# What stands for the words of one reader in a mail that is written for many; nobody can type it.
_MARK = f"own-{token_hex(8)}-"
_OWN = re.compile(rf"{_MARK}([a-z]+)-")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The parts of an e-mail; the subject is one line."""

    subject: str
    text: str
    html: str


def render(name: str, *, context: Mapping[str, Any], language: str) -> Rendered:
    """Render templates/emails/<name>.subject.txt, .txt and .html in that language.

    In the two .txt files nothing is escaped; in the .html file everything is, as on a page.
    """
    with override(language):
        html = render_to_string(f"emails/{name}.html", dict(context))
        return Rendered(
            subject=" ".join(_plain(f"emails/{name}.subject.txt", context).split()),
            text=_tidy(_plain(f"emails/{name}.txt", context)),
            html=_INDENTED.sub("\n", _INLINER.inline(html)),
        )


def render_for(
    own: Mapping[str, str], name: str, *, context: Mapping[str, Hashable], language: str
) -> Rendered:
    """Render as ``render`` does, with the words of one reader in the places of ``own``.

    What many readers get is rendered once for all of them. So the templates can put ``own.name`` in
    its place and cannot ask what is in it.
    """
    shared = _rendered(name, tuple(context.items()), tuple(own), language)
    return Rendered(
        subject=shared.subject,
        text=_OWN.sub(lambda found: own[found[1]], shared.text),
        html=_OWN.sub(lambda found: escape(own[found[1]]), shared.html),
    )


@lru_cache(maxsize=128)
def _rendered(
    name: str, context: tuple[tuple[str, Hashable], ...], own: tuple[str, ...], language: str
) -> Rendered:
    places = {each: f"{_MARK}{each}-" for each in own}
    return render(name, context={**dict(context), "own": places}, language=language)


def _plain(template: str, context: Mapping[str, Any]) -> str:
    found = Engine.get_default().get_template(template)
    return found.render(Context(context, autoescape=False))


def _tidy(text: str) -> str:
    """Leave one empty line between paragraphs, where the template's tags left several."""
    return _EMPTY_LINES.sub("\n\n", text).strip() + "\n"
