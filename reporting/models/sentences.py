"""What the date engine says, in the reader's language."""

from typing import Protocol

from django.utils.translation import gettext, ngettext

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


def source_in_words(stored: str) -> str:
    """Return a stored source: a symbol or a title stays as it is, "article 73" is translated."""
    return wording.source_in_words(stored, translate=gettext, say_date=long_date)
