"""Text for the shell: columns, and counts in words."""

from collections.abc import Iterable, Sequence


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a heading and rows, each column as wide as its longest cell.

    >>> print(table(("a", "of"), [("long", "b")]), end="")
    a     of
    long  b
    """
    lines = [heading, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in lines
    )


def counted(number: int, name: str) -> str:
    """Return the number with the name of what is counted.

    >>> counted(1, "mail"), counted(0, "mail")
    ('1 mail', '0 mails')
    """
    return f"{number} {name}{'s'[: number != 1]}"
