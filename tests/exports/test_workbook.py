"""Workbooks, read back with another library than the one that wrote them."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.utils.translation import override

from reporting.exports.columns import Cell, names, numeric, widths
from reporting.exports.package import safe
from reporting.exports.records import EXPORTS
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
    assert (sheet.title, book.properties.title) == ("Late 10 years more", SHEET.title)
    assert [(each.name, each.value) for each in book.custom_doc_props.props] == [("Language", "en")]


def test_each_sheet_has_the_whole_title_on_paper_and_fits_across_one_page() -> None:
    long = replace(
        SHEET, title="Reports & replies by State party and regional group as at 2026-11-22"
    )
    with as_xlsx(long, []) as made:
        book = openpyxl.load_workbook(BytesIO(made.read()))
    for sheet in book.worksheets:
        assert sheet.oddHeader.left.text == long.title.replace("&", "&&")
        assert sheet.oddFooter.right.text == "&P / &N"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in {(None, 0), (1, 0)}


def test_the_tab_says_the_day_and_cuts_the_name_for_it() -> None:
    assert replace(SHEET, name="Obligations", as_at=date(2017, 12, 31)).tab == (
        "Obligations 2017-12-31"
    )
    late = replace(SHEET, name="Late and non-reporting States", as_at=date(2017, 12, 31))
    assert late.tab == "Late and non-report… 2017-12-31"
    assert len(late.tab) == 31


@pytest.mark.parametrize(
    ("words", "width", "height"),
    [
        ("Date due", 12, None),
        ("Date due known to the day, month or year", 12, 75),
        ("应报告日期", 8, 30),
    ],
)
def test_the_row_of_the_heading_is_as_high_as_its_words_need(
    words: str, width: int, height: int | None
) -> None:
    with as_xlsx(replace(SHEET, heading=[words], widths=[width], numeric=[False]), []) as made:
        book = openpyxl.load_workbook(BytesIO(made.read()))
    assert book.worksheets[0].row_dimensions[1].height == height


def test_what_is_said_of_the_file_has_the_lines_that_it_needs() -> None:
    with as_xlsx(
        replace(SHEET, about=[("As at", "2026-11-22"), ("Sources", "a b " * 60)]), []
    ) as made:
        about = openpyxl.load_workbook(BytesIO(made.read())).worksheets[1]
    assert [about.row_dimensions[line].height for line in (1, 2)] == [None, 60]


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


def test_a_wide_sheet_takes_pages_side_by_side_that_each_say_what_their_rows_are() -> None:
    wide = replace(
        SHEET,
        heading=["as_at", "iso3", "state", *"abcdefgh"],
        widths=[12, 8, 28, *[40] * 8],
        numeric=[False] * 11,
    )
    with as_xlsx(wide, []) as made:
        sheet, about = openpyxl.load_workbook(BytesIO(made.read())).worksheets
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (3, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$C")
    assert sheet.page_setup.pageOrder == "overThenDown"
    assert about.print_title_cols is None


def test_the_obligations_print_at_a_size_that_can_be_read() -> None:
    columns = EXPORTS["obligations"].columns
    wide = replace(SHEET, heading=names(columns), widths=widths(columns), numeric=numeric(columns))
    with as_xlsx(wide, []) as made:
        sheet = openpyxl.load_workbook(BytesIO(made.read())).worksheets[0]
    assert sheet.print_title_cols == "$A:$C"
    assert sheet.page_setup.fitToWidth == 3
