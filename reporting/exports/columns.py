"""A column: its name in files, its heading for people, and how its cell is read off a row.

One list of columns makes the page, the CSV, the workbook and the document of a table.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import get_language_bidi, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from reporting.models import Treaty
from reporting.models.text import unsigned
from reporting.queries.lines import parsed
from reporting.rules.partial_date import PartialDate

R = TypeVar("R")
V = TypeVar("V")
Text = str | Promise
Cell = str | int | None
Value = str | int | date | PartialDate | None

# What a spreadsheet takes for the beginning of a formula, in any keyboard's form of the sign.
_FIRST_OF_A_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
# Of what comes up again in a file, so much is remembered: a file of any length takes no more memory.
REMEMBERED = 1000
DAY_NOTE = _("the day for which the line is true")
_PRECISIONS: dict[int, Text] = {10: "day", 7: "month", 4: "year"}
_PRECISIONS_IN_WORDS: dict[int, Text] = {
    10: pgettext_lazy("how precise a date is", "day"),
    7: pgettext_lazy("how precise a date is", "month"),
    4: pgettext_lazy("how precise a date is", "year"),
}


class Kind(Enum):
    """What stands in a column."""

    TEXT = auto()
    NUMBER = auto()
    DAY = auto()  # always known to the day
    DATE = auto()  # partial; in files its precision stands in the next column
    STATE = auto()  # the name of the State whose ``iso3`` the row has


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column; ``width`` is in characters, ``note`` says in files' documentation what it holds.

    ``absent`` gives the words that people read where there is no value and that means something.
    Rows that agree in ``by`` have the same value: it is worked out once for many of them. ``is_prose``
    is of sentences, which keep the signs that hold names and numbers apart from right-to-left text.
    """

    name: str
    label: Text
    value: Callable[[R], Value]
    kind: Kind = Kind.TEXT
    width: int = 16
    note: Text = ""
    only_files: bool = False
    absent: Callable[[R], Text] | None = None
    by: Callable[[R], Hashable] | None = None
    is_prose: bool = False

    def reader(self) -> Callable[[R], Value]:
        """Return what reads its cells off the rows of one file or page, in one language."""
        return once(self.value, self.by) if self.by else self.value

    @property
    def is_number(self) -> bool:
        """Whether numbers stand in it."""
        return self.kind is Kind.NUMBER


Columns = Sequence[Column[Any]]


def once(value: Callable[[R], V], by: Callable[[R], Hashable]) -> Callable[[R], V]:
    """Return what works the value out once for rows that agree in ``by`` and come near each other."""
    known: dict[Hashable, V] = {}

    def read(row: R) -> V:
        key = by(row)
        if key in known:
            return known[key]
        if len(known) == REMEMBERED:
            known.clear()
        found = known[key] = value(row)
        return found

    return read


def with_data_as_at(columns: Columns, treaty: Treaty) -> Columns:
    """Return the columns, and last the day of the list from which States parties are known, if any."""
    known = treaty.data_as_at
    if known is None:
        return columns
    note = _("the day for which the States parties to the treaty are true")
    return (
        *columns,
        Column("data_as_at", _("Data as at"), lambda _row: known, Kind.DAY, note=note),
    )


def names(columns: Columns) -> list[str]:
    """Return the names of the cells that ``cells`` gives: a date has two."""
    return [name for column in columns for name in _named(column)]


def _named(column: Column[Any]) -> Iterator[str]:
    yield column.name
    if column.kind is Kind.DATE:
        yield f"{column.name}_precision"


def numeric(columns: Columns) -> list[bool]:
    """Return which of the cells that ``cells`` gives are numbers."""
    return [column.kind is Kind.NUMBER for column in columns for _name in _named(column)]


def cells(columns: Columns, rows: Iterable[Any], *, in_words: bool = False) -> Iterator[list[Cell]]:
    """Go through the rows as lists of cells: dates as ISO text with their precision beside it.

    The precision is a code for programs, or said to people ``in_words``. No sign that only turns the
    direction of writing stands in a name or a symbol: it would be equal to no other then.
    """
    said = {
        size: str(each)
        for size, each in (_PRECISIONS_IN_WORDS if in_words else _PRECISIONS).items()
    }
    readers: list[Callable[[Any], Any]] = []
    days: list[int] = []
    partial: list[int] = []
    for column in columns:
        days += [len(readers)] * (column.kind in {Kind.DATE, Kind.DAY})
        partial += [len(readers)] * (column.kind is Kind.DATE)
        readers += [_straight(column), *[_nothing] * (column.kind is Kind.DATE)]
    for row in rows:
        line = [read(row) for read in readers]
        for place in days:
            if isinstance(line[place], date | PartialDate):
                line[place] = line[place].isoformat()
        for place in partial:
            if text := line[place]:
                line[place + 1] = said[len(text)]
        yield line


def _straight(column: Column[Any]) -> Callable[[Any], Any]:
    read = column.reader()
    if column.is_prose or column.kind not in {Kind.TEXT, Kind.STATE} or not get_language_bidi():
        return read

    def without_signs(row: Any) -> Any:
        found = read(row)
        return unsigned(found) if isinstance(found, str) else found

    return without_signs


def _nothing(_row: Any) -> None:
    """Keep the place of a precision."""


def shown(columns: Columns) -> list[Column[Any]]:
    """Return the columns that people read on a page and on paper."""
    return [column for column in columns if not column.only_files]


def known_date(value: Value) -> PartialDate | date | None:
    """Return the date in a cell of a date column."""
    return parsed(value) if isinstance(value, str) or value is None else value  # type: ignore[return-value] # only date columns ask


def defused(line: Iterable[Cell]) -> list[Cell]:
    """Return the cells so that no spreadsheet takes a text for a formula; numbers stay numbers."""
    return [
        f"'{cell}" if isinstance(cell, str) and cell[:1] in _FIRST_OF_A_FORMULA else cell
        for cell in line
    ]


def headings(columns: Columns) -> list[str]:
    """Return the headings of the cells that ``cells`` gives, in the reader's language."""
    found = []
    for column in columns:
        found.append(str(column.label))
        if column.kind is Kind.DATE:
            found.append(gettext("%(column)s: known to the") % {"column": column.label})
    return [unsigned(each) for each in found]


def widths(columns: Columns) -> list[int]:
    """Return the widths of the cells that ``cells`` gives, in characters."""
    wide = {Kind.DATE: 12, Kind.DAY: 12}
    return [
        width
        for column in columns
        for width in ([wide.get(column.kind, column.width)] + [10] * (column.kind is Kind.DATE))
    ]


def precisions() -> str:
    """Say how a partial date stands in a file."""
    return gettext(
        "ISO 8601; a date that is known by its month or its year is cut to it, and the next column "
        "says so. An empty cell is not on record."
    )


def documented(columns: Columns) -> list[tuple[str, str]]:
    """Return the name of each cell that ``cells`` gives, and what it holds."""
    notes = []
    for column in columns:
        notes.append((column.name, str(column.note)))
        if column.kind is Kind.DATE:
            notes.append((f"{column.name}_precision", gettext("day, month or year")))
    return notes
