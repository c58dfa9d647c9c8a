"""The log of requests, in which an address cannot pretend to be a line of its own."""

from typing import Any

from gunicorn.glogging import Logger


class OneLineLogger(Logger):  # type: ignore[misc] # the package is untyped
    """Shows what a browser sent with every sign that is not plain text escaped."""

    def atoms(self, *args: Any) -> dict[str, str]:
        """Return the parts of a line; those that a browser chooses are escaped."""
        parts: dict[str, str] = super().atoms(*args)
        return {name: escaped(str(part)) for name, part in parts.items()}


def escaped(text: str) -> str:
    r"""Return the text on one line, with control signs written out.

    >>> escaped("/\n[web] forged")
    '/\\n[web] forged'
    """
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
