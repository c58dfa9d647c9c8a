"""Sentences that the engine hands out: English, with named places, and ready to translate.

The engine knows no language. Whoever shows a sentence passes ``translate`` (gettext), ``count``
(ngettext) and ``say_date``; without them it is English with dates in words.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

Translate = Callable[[str], str]
Count = Callable[[str, str, int], str]


class Dated(Protocol):
    """A date, or one that is known by its month or year."""

    @property
    def year(self) -> int:
        """The year, which is always known."""

    @property
    def month(self) -> int | None:
        """The month, where it is known."""

    @property
    def day(self) -> int | None:
        """The day of the month, where it is known."""

    def isoformat(self) -> str:
        """Return the ISO form, cut to what is known."""


SayDate = Callable[[Any], str]
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogues."""
    return text


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Mark a text that counts for the catalogues."""
    return one, many


def counted_in_english(one: str, many: str, number: int) -> str:
    """Return the form of a text that goes with the number.

    >>> counted_in_english("%(years)s year", "%(years)s years", 8)
    '%(years)s years'
    """
    return one if number == 1 else many


def date_in_words(day: Dated) -> str:
    """Return the date in English words with its own precision.

    >>> from datetime import date
    >>> date_in_words(date(2013, 9, 1))
    '1 September 2013'
    """
    parts = (day.day, day.month and _MONTHS[day.month - 1], f"{day.year}")
    return " ".join(str(part) for part in parts if part)


class Sentence(NamedTuple):
    """A text with named places, in which stand numbers, words, dates and other sentences.

    >>> day = Sentence("%(number)s days", {"number": 3})
    >>> str(Sentence("It came after %(time)s.", {"time": day}))
    'It came after 3 days.'
    """

    template: str
    places: Mapping[str, object] = MappingProxyType({})
    many: str = ""
    number: int = 0

    def text(
        self,
        *,
        translate: Translate = str,
        count: Count = counted_in_english,
        say_date: SayDate = date_in_words,
    ) -> str:
        """Return it in the language of ``translate`` and ``count``."""
        said = {
            name: _said(place, translate=translate, count=count, say_date=say_date)
            for name, place in self.places.items()
        }
        if self.many:
            return count(self.template, self.many, self.number) % said
        return translate(self.template) % said

    def __str__(self) -> str:
        """Return it in English."""
        return self.text()


def _said(place: object, *, translate: Translate, count: Count, say_date: SayDate) -> str:
    if isinstance(place, Sentence):
        return place.text(translate=translate, count=count, say_date=say_date)
    return say_date(place) if hasattr(place, "isoformat") else str(place)


def say(template: str, **places: object) -> Sentence:
    """Return the sentence with what stands in its places."""
    return Sentence(template, places)


def say_counted(forms: tuple[str, str], number: int, **places: object) -> Sentence:
    """Return the sentence in the form that goes with the number.

    >>> str(say_counted(("%(years)s year", "%(years)s years"), 1, years=1))
    '1 year'
    """
    one, many = forms
    return Sentence(one, places, many, number)
