"""A text that counts something has a form for each number: in Arabic there are six."""

import re
from collections.abc import Iterator

import pytest

from config.catalogues import path_of, read, texts

# A place with a word that looks like a plural after it, or before it.
_PLACE = r"%\(\w+\)[sd]"
_AFTER = re.compile(rf"{_PLACE}(?:</?\w+>)? (?:[a-z]+ )??(?P<noun>[a-z]+s)\b")
_BEFORE = re.compile(rf"\b(?P<noun>[a-z]+s) {_PLACE}")
# What ends in an s and is counted by nobody; rows have their numbers.
_NO_NOUNS = frozenset(
    [
        *("address", "answers", "as", "begins", "considers", "covers", "enters", "fetches", "goes"),
        *("has", "invites", "is", "lasts", "less", "lies", "makes", "names", "others", "owes"),
        *("rows", "says", "shows", "stands", "starts", "this", "waits", "was"),
    ]
)
# Texts without a form for each number, and why they need none.
ALLOWED = {
    "the reports %(first)s to %(last)s run backwards": "numbers of reports, not how many",
    "The reports run backwards: %(last)s comes before %(first)s.": "numbers of reports",
}


def uncounted(text: str) -> Iterator[str]:
    """Go through the nouns of a text that stand in the plural beside a place.

    >>> list(uncounted("Then every %(every)s days, until %(day)s has come"))
    ['days']
    """
    for pattern in (_AFTER, _BEFORE):
        for found in pattern.finditer(text):
            if found["noun"] not in _NO_NOUNS:
                yield found["noun"]


def test_no_text_counts_without_a_form_for_each_number() -> None:
    messages = texts(read(path_of("fr"))).values()
    found = {
        message.id: nouns
        for message in messages
        if isinstance(message.id, str) and (nouns := list(uncounted(message.id)))
    }
    assert {text: nouns for text, nouns in found.items() if text not in ALLOWED} == {}
    assert ALLOWED.keys() - found.keys() == set(), "allowed for nothing"


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("%(words)s words at most.", ["words"]),
        ("%(low)s to %(high)s reports", ["reports"]),
        ("%(done)s of %(all)s steps done", ["steps"]),
        ("%(undated)s open reports", ["reports"]),
        ("%(count)s</strong> States", []),
        ("rows: %(rows)s", []),
        ("%(day)s lies before the deposit", []),
    ],
)
def test_a_counted_noun_is_found(text: str, nouns: list[str]) -> None:
    assert list(uncounted(text)) == nouns
