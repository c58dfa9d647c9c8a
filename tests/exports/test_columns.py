"""Columns: one list for every form of a table."""

from datetime import date
from operator import itemgetter

import pytest

from reporting.exports.columns import (
    Cell,
    Column,
    Kind,
    cells,
    defused,
    documented,
    headings,
    names,
    numeric,
    shown,
    widths,
)
from reporting.rules.partial_date import PartialDate

COLUMNS: list[Column[list[object]]] = [
    Column("iso3", "ISO code", itemgetter(0), width=8, only_files=True),
    Column("due_on", "Due", itemgetter(1), Kind.DATE, note="the due date"),
    Column("seen_on", "Seen", itemgetter(2), Kind.DAY),
    Column("days", "Days", itemgetter(3), Kind.NUMBER, 5),
]


def test_a_partial_date_has_its_precision_in_a_column_of_its_own() -> None:
    rows = [
        ["IDN", "2013-09-01", date(2026, 11, 22), 3],
        ["SYR", "2011", None, -4],
        ["ZWE", PartialDate(2024, 11), None, 0],
        ["ALB", None, None, None],
    ]
    assert names(COLUMNS) == ["iso3", "due_on", "due_on_precision", "seen_on", "days"]
    assert list(cells(COLUMNS, rows)) == [
        ["IDN", "2013-09-01", "day", "2026-11-22", 3],
        ["SYR", "2011", "year", None, -4],
        ["ZWE", "2024-11", "month", None, 0],
        ["ALB", None, None, None, None],
    ]


def test_names_headings_widths_and_notes_go_together() -> None:
    assert headings(COLUMNS) == ["ISO code", "Due", "Due: known to the", "Seen", "Days"]
    assert widths(COLUMNS) == [8, 12, 10, 12, 5]
    assert numeric(COLUMNS) == [False, False, False, False, True]
    assert [name for name, _note in documented(COLUMNS)] == names(COLUMNS)
    assert [column.name for column in shown(COLUMNS)] == ["due_on", "seen_on", "days"]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"])
def test_no_spreadsheet_takes_a_text_for_a_formula(first: str) -> None:
    assert defused([f"{first}HYPERLINK(1)"]) == [f"'{first}HYPERLINK(1)"]


def test_numbers_and_other_texts_stay_as_they_are() -> None:
    line: list[Cell] = [-5, 0, None, "", "CMW/C/IDN/1", "a=b"]
    assert defused(line) == line
