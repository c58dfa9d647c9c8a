"""Texts that people type: without signs that turn the direction of what follows.

Arabic needs none of them: a page keeps each text apart from its neighbours. But one of them in a note
shows a file's name, or what stands behind the note, as another than it is.
"""

from typing import Any

from django.db import models

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Our Arabic texts that are places alone begin with it; see config.catalogues.
_RIGHT_TO_LEFT_MARK = "\u200f"
_AWAY = dict.fromkeys(map(ord, TURNING))


def straight(text: str) -> str:
    r"""Return the text without signs that turn the direction of writing.

    >>> straight("see \u202efdp.exe\u202c")
    'see fdp.exe'
    """
    return text.translate(_AWAY)


def unsigned(text: str) -> str:
    r"""Return a text of ours without the signs that keep its places apart in Arabic, as data hold it.

    >>> unsigned("\u200f\u206873\u2069")
    '73'
    """
    return straight(text).replace(_RIGHT_TO_LEFT_MARK, "")


class StraightTexts:
    """A row whose texts lose such signs when it is cleaned."""

    _meta: Any

    def clean_fields(self, exclude: Any = None) -> None:
        """Take the signs out of every text, then clean as ever."""
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            if isinstance(field, models.CharField | models.TextField) and isinstance(value, str):
                setattr(self, field.attname, straight(value))
        super().clean_fields(exclude=exclude)  # type: ignore[misc] # of the model beside it
