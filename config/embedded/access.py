"""The log of requests: no address pretends to be a line of its own, none gives a secret away."""

import re
from typing import Any

from gunicorn.glogging import Logger

# Addresses that are their own proof: whoever reads one in the log could use it.
_PROOF = re.compile(
    r"^(/(?:alerts|calendar|invitation|account/password/reset)/)[^/]{12,}?(?=/|\.ics$|$)"
)


class OneLineLogger(Logger):  # type: ignore[misc] # the package is untyped
    """Shows what a browser sent, without secrets, every sign that is not plain text escaped."""

    def atoms(self, *args: Any) -> dict[str, str]:
        """Return the parts of a line; those that a browser chooses are escaped."""
        parts: dict[str, str] = super().atoms(*args)
        return {name: escaped(without_proof(str(part))) for name, part in parts.items()}


def without_proof(address: str) -> str:
    """Return the address without the part that would let its reader act as another.

    >>> without_proof("/calendar/ohl_QK968SmJ0cP1.ics")
    '/calendar/***.ics'
    """
    return _PROOF.sub(r"\1***", address)


def escaped(text: str) -> str:
    r"""Return the text on one line, with control signs written out.

    >>> escaped("/\n[web] forged")
    '/\\n[web] forged'
    """
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
