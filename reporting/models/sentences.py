"""What the date engine says, in the reader's language."""

from typing import Protocol

from django.utils.translation import get_language, gettext, ngettext

from reporting.models.dates import long_date
from reporting.rules import wording
from reporting.rules.saying import Count, SayDate, Translate


class Said(Protocol):
    """A sentence, an error or an explanation of the date engine."""

    def text(self, *, translate: Translate, count: Count, say_date: SayDate) -> str:
        """Return it in the language of ``translate``."""


def translated(said: Said) -> str:
    """Return what the engine says."""
    return said.text(translate=gettext, count=ngettext, say_date=long_date)


class Quoted(str):
    """What stands as it was recorded, in English, in a page of another language."""

    __slots__ = ()


def source_in_words(stored: str) -> str:
    """Return a stored source: "article 73" is translated, a symbol or a title stays, ``Quoted``."""
    said = wording.source_in_words(stored, translate=gettext, say_date=long_date)
    is_foreign = said == stored and not (get_language() or "en").startswith("en")
    return Quoted(said) if said and is_foreign else said
