"""Workbooks, read back with another library than the one that wrote them."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.utils.translation import override

from reporting.exports.columns import Cell
from reporting.exports.package import safe
from reporting.exports.workbook import LONGEST, PART, Sheet, as_xlsx

SHEET = Sheet(
    title="Obligations as at 2026-11-22",
    name="Late: [10 years/more]",
    heading=["state", "due_on", "days"],
    widths=[28, 12, 8],
    numeric=[False, False, True],
    about=[("As at", "2026-11-22")],
)


def read(rows: list[list[Cell]]) -> openpyxl.Workbook:
    with as_xlsx(SHEET, rows) as made:
        return openpyxl.load_workbook(BytesIO(made.read()))


def test_numbers_are_numbers_and_texts_are_texts() -> None:
    book = read([["Côte d'Ivoire", "2011", -5], ["A & <B>", None, None], ["دولة", "=1", 0]])
    assert list(book.worksheets[0].values) == [
        ("state", "due_on", "days"),
        ("Côte d'Ivoire", "2011", -5),
        ("A & <B>", None, None),
        ("دولة", "'=1", 0),
    ]
    assert list(book.worksheets[1].values) == [("As at", "2026-11-22")]


def test_the_heading_is_frozen_repeated_and_as_wide_as_it_needs() -> None:
    book = read([])
    sheet = book.worksheets[0]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert sheet.column_dimensions["A"].width == pytest.approx(28.7, abs=0.1)
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.title, book.properties.title) == ("Late   10 years more", SHEET.title)
    assert [(each.name, each.value) for each in book.custom_doc_props.props] == [("Language", "en")]


def test_a_workbook_in_arabic_runs_from_right_to_left() -> None:
    with override("ar"):
        book = read([])
    assert [sheet.sheet_view.rightToLeft for sheet in book.worksheets] == [True, True]
    assert book.custom_doc_props["Language"].value == "ar"


def test_what_a_cell_cannot_hold_is_left_out() -> None:
    (_heading, row) = read([["a\x00b\x0bc", "x" * 40_000, None]]).worksheets[0].values
    assert row[0] == "abc"
    assert len(str(row[1])) == LONGEST
    assert safe(["a&b", "\ufffe", "<"]) == ["a&amp;b", "", "&lt;"]


def test_the_sheet_does_not_say_how_large_it_was_before_its_rows_came() -> None:
    with as_xlsx(SHEET, [["a", None, 1]]) as made:
        sheet = ZipFile(made).read(PART).decode()
    assert "<dimension" not in sheet
