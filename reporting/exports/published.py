"""A published table as a file: CSV, workbook or document, each true for a day."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, cached_property
from typing import IO, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.emails.item import data_as_at
from reporting.exports.columns import (
    DAY_NOTE,
    Cell,
    Column,
    Columns,
    Kind,
    cells,
    headings,
    known_date,
    names,
    numeric,
    once,
    precisions,
    shown,
    widths,
    with_data_as_at,
)
from reporting.exports.document import Line, Paper, as_docx
from reporting.exports.files import as_csv
from reporting.exports.tables import Table
from reporting.exports.workbook import Sheet, as_xlsx
from reporting.models import Treaty
from reporting.models.dates import long_date
from reporting.queries import words
from reporting.queries.kept import Kept
from reporting.queries.lines import Lines

_DASH = "\u2013"


class Published:
    """A table with its rows on a day; its counts are asked for once.

    Of a table that is shown ``in_full`` the rows are read first where they are few, and counted here.
    """

    def __init__(self, table: Table, *, as_at: date, treaty: Treaty, in_full: bool = False) -> None:
        """Find the rows."""
        self.table, self.as_at, self.treaty = table.under(treaty), as_at, treaty
        rows = table.rows(as_at=as_at, treaty=treaty)
        self.rows = rows.in_full() if in_full else rows

    @property
    def title(self) -> str:
        """The title with the day."""
        places = {"table": self.table.title, "day": long_date(self.as_at)}
        return _("%(table)s as at %(day)s") % places

    @cached_property
    def size(self) -> tuple[int, int]:
        """How many entries there are, sums apart, and of how many States."""
        if isinstance(self.rows, Kept | Lines):
            return self.rows.counts
        of_states = [row.iso3 for row in self.rows if row.iso3]
        return len(of_states), len(set(of_states))

    @property
    def counts(self) -> str:
        """How many entries there are, and of how many States, in words."""
        count, states = self.size
        return " · ".join(
            (
                ngettext("%(count)s entry", "%(count)s entries", count) % {"count": count},
                ngettext("%(count)s State", "%(count)s States", states) % {"count": states},
            )
        )

    @cached_property
    def unconfirmed(self) -> str:
        """What is said where something that was filed counts before its receipt is confirmed."""
        if isinstance(self.rows, Kept):
            return words.unconfirmed(self.rows.order.unconfirmed)
        rows = self.table.rows(as_at=self.as_at, treaty=self.treaty)
        return words.unconfirmed(rows.count_unconfirmed())


def table_csv(table: Table, *, as_at: date, treaty: Treaty) -> Iterator[str]:
    """Go through the text of the table as CSV; the day stands in every line."""
    columns = with_data_as_at(_with_day(table.columns, as_at), treaty)
    return as_csv(
        names(columns), cells(columns, table.rows(as_at=as_at, treaty=treaty), in_words=True)
    )


def table_xlsx(table: Table, *, as_at: date, treaty: Treaty) -> IO[bytes]:
    """Return the table as a workbook, whose second sheet says the day, the count and the sources."""
    found = Published(table, as_at=as_at, treaty=treaty, in_full=True)
    sheet = Sheet(
        title=found.title,
        name=str(found.table.title),
        as_at=as_at,
        heading=headings(table.columns),
        widths=widths(table.columns),
        numeric=numeric(table.columns),
        about=[
            (_("Table"), str(found.table.title)),
            (_("As at"), as_at.isoformat()),
            (_("Treaty"), treaty.local_name),
            *((_("Data"), known) for known in [data_as_at(treaty)] if known),
            (_("Entries"), found.counts),
            *((_("Not confirmed"), said) for said in [found.unconfirmed] if said),
            (_("Sources"), str(found.table.sources)),
            (_("Dates"), precisions()),
        ],
    )
    return as_xlsx(sheet, cells(table.columns, found.rows, in_words=True))


def table_docx(table: Table, *, as_at: date, treaty: Treaty) -> IO[bytes]:
    """Return the table as a document for a word processor."""
    found = Published(table, as_at=as_at, treaty=treaty, in_full=True)
    columns = shown(table.columns)
    paper = Paper(
        title=found.title,
        paragraphs=[
            treaty.local_name,
            *filter(None, [data_as_at(treaty)]),
            str(table.sentence),
            found.counts,
            *filter(None, [found.unconfirmed]),
        ],
        heading=[str(column.label) for column in columns],
        widths=[column.width for column in columns],
        wide=table.wide,
        sources=str(found.table.sources),
    )
    return as_docx(paper, _lines(table, columns, found.rows))


def _lines(table: Table, columns: list[Column[Any]], rows: Iterable[Any]) -> Iterator[Line]:
    readers = [_in_words(column) for column in columns]
    group = once(table.group, table.group_by) if table.group else lambda _row: ""
    for row in rows:
        yield group(row), [read(row) for read in readers]


def _in_words(column: Column[Any]) -> Callable[[Any], str]:
    """Return what reads a cell as people do; what is not there is a dash, or said.

    Days and figures that come up again are said once in a file.
    """
    value, absent = column.reader(), column.absent
    said: Callable[[Any], str] = cache(_SAID[column.kind]) if column.kind in _SAID else str

    def read(row: Any) -> str:
        found = value(row)
        if found is None or found == "":
            return str(absent(row) if absent else "") or _DASH
        return said(found)

    return read


def _day(value: Any) -> str:
    day = known_date(value)
    return words.day(day) if day else _DASH


_SAID: dict[Kind, Callable[[Any], str]] = {
    Kind.DATE: _day,
    Kind.DAY: _day,
    Kind.NUMBER: number_format,
}


def _with_day(columns: Columns, as_at: date) -> Columns:
    def day(row: Any) -> Cell:
        del row
        return as_at.isoformat()

    return (Column("as_at", _("As at"), day, Kind.DAY, note=DAY_NOTE), *columns)
