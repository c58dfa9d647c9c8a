"""Marks in the bytes of a file that tell against it, found while it streams by."""

import re
from collections.abc import Iterable
from enum import StrEnum


class Mark(StrEnum):
    """What was found; the value names its group in the pattern."""

    VIRUS = "virus"
    LOCKED = "locked"
    SCRIPT = "script"


# The test string that every virus scanner knows, in two parts so that none finds it here.
_TEST_STRING = rb"X5O!P%@AP\[4\\PZX54\(P\^\)7CC\)7\}\$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!"
_PATTERN = re.compile(
    rb"(?P<virus>" + _TEST_STRING + rb")"
    rb"|(?P<locked>/Encrypt\s{0,9}(?:<<|\d{1,9}\s{1,9}\d{1,5}\s{1,9}R\b))"
    rb"|(?P<script>/(?:JavaScript|Launch)\b)"
)
# Looking for a pattern is slow, looking for these words is not: one of them is in each mark.
_WORDS = (b"X5O!P%@AP", b"/Encrypt", b"/JavaScript", b"/Launch")
_LONGEST = 128


def marks_in(chunks: Iterable[bytes]) -> frozenset[Mark]:
    """Return the marks in the chunks as if they were one; a mark may lie across two of them."""
    found: set[Mark] = set()
    before = b""
    for chunk in chunks:
        window = before + chunk
        if any(word in window for word in _WORDS):
            found |= {Mark(hit.lastgroup or "") for hit in _PATTERN.finditer(window)}
        before = window[-_LONGEST:]
    return frozenset(found)
