"""Text for the shell in columns."""

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise


def table(heading: Sequence[str | Promise], rows: Iterable[Sequence[str]]) -> str:
    """Return a heading and rows, each column as wide as its longest cell.

    >>> print(table(("a", "of"), [("long", "b")]), end="")
    a     of
    long  b
    """
    lines = [list(map(str, heading)), *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in lines
    )
