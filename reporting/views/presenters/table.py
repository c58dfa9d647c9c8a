"""A published table as a page shows it: its parts, each with a heading and rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from reporting.exports.tables import Table


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one group; a table without groups is one part without a name."""

    name: str
    rows: list[Any]


def parts(table: Table, rows: Iterable[Any]) -> list[Part]:
    """Return the rows by their groups, in the order in which they come."""
    found = [list(members) for _key, members in groupby(rows, key=table.group_by)]
    name = table.group or (lambda _row: "")
    return [Part(name(members[0]), members) for members in found]
