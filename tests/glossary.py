"""Whether a translation uses the words of docs/glossary.csv, in any of their inflections.

A word counts by its beginning, which inflection leaves alone in these languages; what it does not
leave alone stands in docs/glossary_forms.csv, with the reason.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
# What stands in a sentence without being a word of it: places, tags, addresses.
_NO_WORDS = re.compile(r"%\(\w+\)[sdr]|</?\w[^>]*>|\S+@\S+|https?://\S+|as at least")
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLE = re.compile(r"^(?:ال|وال|بال|لل|كال)")
# How many letters inflection may change at the end of a word.
_ENDING = {"ru": 3, "fr": 2, "es": 2, "ar": 1, "id": 0}
# Shorter words, articles and prepositions, do not count, unless there are no others.
_SHORTEST = {"ru": 4, "fr": 4, "es": 4, "ar": 3, "id": 4}
_LEAST = 3


def folded(text: str) -> str:
    """Return the text without accents, vowel signs and capitals."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("\u2019", "'")
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def stems(term: str, language: str) -> list[str]:
    """Return what every inflection of the term's longer words has in common.

    >>> stems("заключительные замечания", "ru")
    ['заключитель', 'замеча']
    >>> stems("rapport valant", "fr")
    ['rappo', 'vala']
    """
    words = _WORD.findall(folded(term))
    if language == "zh":
        return words
    if language == "ar":
        words = [_ARTICLE.sub("", word) for word in words]
    longer = [word for word in words if len(word) >= _SHORTEST[language]] or words
    return [word[: max(_LEAST, len(word) - _ENDING[language])] for word in longer]


@cache
def terms() -> list[dict[str, str]]:
    """Return the rows of the glossary, the longest English term first."""
    with (DOCS / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: -len(row["en"]))


@cache
def other_forms() -> dict[tuple[str, str], list[str]]:
    """Return by term and language what is taken for the term, too."""
    found = defaultdict(list)
    with (DOCS / "glossary_forms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["en"], row["lang"]].append(folded(row["also"]))
    return found


def missing(english: str, said: str, language: str) -> list[str]:
    """Return the terms of the English text that the translation does not use.

    A term inside of a longer one is not asked for apart.

    >>> missing("The initial report", "Le rapport initial", "fr")
    []
    >>> missing("The initial report", "Le premier rapport", "fr")
    ['initial report']
    """
    left, found = _NO_WORDS.sub(" ", english).casefold(), folded(said)
    lacking = []
    for row in terms():
        pattern = rf"\b{re.escape(row['en'].casefold())}s?\b"
        if not re.search(pattern, left):
            continue
        left = re.sub(pattern, " ", left)
        is_used = all(stem in found for stem in stems(row[language], language))
        others = other_forms().get((row["en"], language), ())
        if not is_used and not any(other in found for other in others):
            lacking.append(row["en"])
    return lacking
