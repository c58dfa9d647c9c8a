"""XLSX: a frozen heading, columns as wide as they need, a sheet that says what the file is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reporting.exports.columns import Cell, defused
from reporting.exports.package import packed, safe

PART = "xl/worksheets/sheet1.xml"
# What a cell of a workbook can hold.
LONGEST = 32_767
_MARK = "</sheetData>"
_DIMENSION = r"<dimension [^>]*>"
_TEXT = '<c t="inlineStr"><is><t>%s</t></is></c>'
_NUMBER = "<c><v>%s</v></c>"
_EMPTY = "<c/>"
_NOTHING = {_TEXT % "", _NUMBER % ""}
_A4 = 9
_THREE_LINES = 42
_SHEET_NAME = 31
_NOT_IN_A_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The title of a workbook, the name and the heading of its first sheet, the widths of its columns in characters, which of them are numbers.

    ``about`` are the lines of the second sheet, each a name and what it says.
    """

    title: str
    name: str
    heading: Sequence[str]
    widths: Sequence[int]
    numeric: Sequence[bool]
    about: Sequence[tuple[str, str]] = field(default_factory=list)


def as_xlsx(sheet: Sheet, rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """Return the workbook as a temporary file, which its reader closes; texts are defused."""
    texts = _rows(sheet.numeric, rows)
    return packed(_shell(sheet), part=PART, mark=_MARK, texts=texts, without=_DIMENSION)


def _rows(numeric: Sequence[bool], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Go through the rows in the words of the format: texts in place, no cell says where it is."""
    template = "<row>" + "".join(_NUMBER if each else _TEXT for each in numeric) + "</row>"
    for row in rows:
        texts = ["" if cell is None else str(cell)[:LONGEST] for cell in defused(row)]
        text = template % tuple(safe(texts))
        for nothing in _NOTHING:
            text = text.replace(nothing, _EMPTY)
        yield text


def _shell(sheet: Sheet) -> IO[bytes]:
    made = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = Workbook(made, options)
    book.set_properties({"title": sheet.title, "author": _("Treaty Reporting Timetable")})
    book.set_custom_property("Language", get_language() or "en")
    heading = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E4EAE8", "bottom": 1}
    )
    first = book.add_worksheet(sheet.name.translate(_NOT_IN_A_SHEET_NAME)[:_SHEET_NAME].strip())
    for place, (name, width) in enumerate(zip(sheet.heading, sheet.widths, strict=True)):
        first.set_column(place, place, width)
        first.write_string(0, place, name, heading)
    first.set_row(0, _THREE_LINES)
    first.freeze_panes(1, 0)
    first.repeat_rows(0)
    _on_paper(first)
    _about(book, book.add_worksheet(_("About")), sheet.about)
    book.close()
    made.seek(0)
    return made


def _on_paper(worksheet: Worksheet) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer("&L&A&R&P / &N")
    if get_language_bidi():
        worksheet.right_to_left()


def _about(book: Any, worksheet: Worksheet, about: Sequence[tuple[str, str]]) -> None:
    name, says = book.add_format({"bold": True, "valign": "top"}), book.add_format()
    says.set_text_wrap()
    worksheet.set_column(0, 0, 24)
    worksheet.set_column(1, 1, 90)
    for line, (left, right) in enumerate(about):
        worksheet.write_string(line, 0, left, name)
        worksheet.write_string(line, 1, right, says)
    if get_language_bidi():
        worksheet.right_to_left()
