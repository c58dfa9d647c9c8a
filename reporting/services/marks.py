"""Marks in the bytes of a file that tell against it, found while it streams by."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum


class Mark(StrEnum):
    """What was found."""

    VIRUS = "virus"
    LOCKED = "locked"
    SCRIPT = "script"
    CARRIES = "carries"
    CALLS = "calls"


# The test string that every virus scanner knows, in two parts so that none finds it here.
_TEST_STRING = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!"
# The names by which a PDF says that it is locked, or that it acts: without them it is not.
_NAMES = {
    b"Encrypt": Mark.LOCKED,
    b"JavaScript": Mark.SCRIPT,
    b"Launch": Mark.SCRIPT,
    b"EmbeddedFile": Mark.CARRIES,
    b"EmbeddedFiles": Mark.CARRIES,
    b"FileAttachment": Mark.CARRIES,
    b"RichMedia": Mark.CARRIES,
    b"GoToE": Mark.CARRIES,
    b"SubmitForm": Mark.CALLS,
    b"ImportData": Mark.CALLS,
}
# Any letter of a name may be written as its number: /J#61vaScript.
_NAME = re.compile(rb"/((?:[A-Za-z]|#[0-9A-Fa-f]{2}){5,60})")
_NUMBER = re.compile(rb"#([0-9A-Fa-f]{2})")
_LONGEST = 256


def marks_in(chunks: Iterable[bytes]) -> frozenset[Mark]:
    """Return the marks in the chunks as if they were one; a mark may lie across two of them."""
    found: set[Mark] = set()
    before = b""
    for chunk in chunks:
        window = before + chunk
        if _TEST_STRING in window:
            found.add(Mark.VIRUS)
        found.update(_NAMES[name] for name in _names(window) if name in _NAMES)
        before = window[-_LONGEST:]
    return frozenset(found)


def has_virus(chunks: Iterable[bytes]) -> bool:
    """Whether the signature of a virus is in the chunks as if they were one; nothing else is looked for."""
    before = b""
    for chunk in chunks:
        window = before + chunk
        if _TEST_STRING in window:
            return True
        before = window[-_LONGEST:]
    return False


def _names(window: bytes) -> Iterator[bytes]:
    for name in set(_NAME.findall(window)):
        yield (
            _NUMBER.sub(lambda hit: bytes.fromhex(hit[1].decode()), name) if b"#" in name else name
        )
