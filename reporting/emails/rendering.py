"""One name -> subject, plain text and HTML, in the language of the reader."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from css_inline import CSSInliner
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils.translation import override

# Styles come from the template itself, so that writing a mail never fetches or reads a file.
_INLINER = CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)
_EMPTY_LINES = re.compile(r"\n\s*\n")


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
        return Rendered(
            subject=" ".join(_plain(f"emails/{name}.subject.txt", context).split()),
            text=_tidy(_plain(f"emails/{name}.txt", context)),
            html=_INLINER.inline(render_to_string(f"emails/{name}.html", dict(context))),
        )


def _plain(template: str, context: Mapping[str, Any]) -> str:
    found = Engine.get_default().get_template(template)
    return found.render(Context(context, autoescape=False))


def _tidy(text: str) -> str:
    """Leave one empty line between paragraphs, where the template's tags left several."""
    return _EMPTY_LINES.sub("\n\n", text).strip() + "\n"
