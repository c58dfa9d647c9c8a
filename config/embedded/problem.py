"""What went wrong, in one sentence for the person who started the application."""

import errno
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import DatabaseError

FULL_DISK = "The disk is full: free some space, or set VAR_DIR to a folder on another disk."
# What preparing and starting can run into; anything else is a bug and shows its traceback.
EXPECTED = (ImproperlyConfigured, CommandError, DatabaseError, OSError)


class Problem(Exception):  # noqa: N818 - a sentence for the operator, not a fault of the program
    """One sentence that says what is wrong and what to do."""


def sentence(error: Exception) -> str:
    """Return the one sentence about an expected error."""
    if isinstance(error, OSError):
        return _about_file(error)
    text = " ".join(str(error).split())
    if not isinstance(error, DatabaseError):
        return text
    if "disk is full" in text or "No space left" in text:
        return FULL_DISK
    return f"The database cannot be used: {text}"


def _about_file(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return FULL_DISK
    where = f" ({Path(error.filename)})" if error.filename else ""
    return f"The application cannot start: {error.strerror or error}{where}."
