"""A text as it is read: its visible signs, their plain form in which words are looked for, its sentences."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from reporting.rules.vocabulary import FULL_STOP

_PLAIN = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u2013": "-", "\u2014": "-", "\u00b0": "o"})
T = TypeVar("T")


class Span(NamedTuple):
    """A part of the text, from one place to before another."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A value, the words that it was read in, and where they stand in the text."""

    value: T
    words: str
    span: Span


def visible(text: str) -> str:
    r"""Return the text in its usual letters, without signs that nobody sees, and with plain spaces.

    >>> visible("le\u00a01\u1d49\u02b3\u202f mai\u200f 2028")
    'le 1er mai 2028'
    """
    usual = unicodedata.normalize("NFKC", text)
    shown = "".join(sign for sign in usual if sign.isspace() or sign.isprintable())
    lines = (" ".join(line.split()) for line in shown.splitlines())
    return "\n".join(line for line in lines if line)


def folded(text: str) -> str:
    r"""Return the text in small letters, plain apostrophes and dashes, each sign in its place.

    >>> folded("À l\u2019État, 1\u00b0")
    "a l'etat, 1o"
    """
    plain = text.translate(_PLAIN)
    return "".join(unicodedata.normalize("NFD", sign)[0].lower()[0] for sign in plain)


class Text:
    """A text in both forms, sign for sign, and the sentences of it."""

    def __init__(self, text: str) -> None:
        """Take the text as it was pasted."""
        self.shown = visible(text)
        self.folded = folded(self.shown)
        self.sentences = list(self._sentences())
        self._starts = [each.start for each in self.sentences]

    def _sentences(self) -> Iterator[Span]:
        start = 0
        for stop in FULL_STOP.finditer(self.shown):
            yield Span(start, stop.start("end"))
            start = stop.end()
        if start < len(self.shown):
            yield Span(start, len(self.shown))

    def around(self, span: Span) -> Span:
        """Return the sentence in which the part begins."""
        return self.sentences[bisect_right(self._starts, span.start) - 1]

    def read(self, value: T, span: Span) -> Read[T]:
        """Return the value with the words of that part."""
        return Read(value, self.shown[slice(*span)], span)
