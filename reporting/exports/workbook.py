"""XLSX: a frozen heading, columns as wide as they need, a sheet that says what the file is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from io import BytesIO
from itertools import accumulate
from math import ceil
from textwrap import wrap
from typing import IO, Any
from unicodedata import east_asian_width

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reporting.exports.columns import REMEMBERED, Cell, defused
from reporting.exports.package import packed, safe

PART = "xl/worksheets/sheet1.xml"
# What a cell of a workbook can hold.
LONGEST = 32_767
_MARK = "</sheetData>"
_DIMENSION = r"<dimension [^>]*>"
_TEXT = '<c t="inlineStr"><is><t>%s</t></is></c>'
_NUMBER = "<c><v>%s</v></c>"
_EMPTY = "<c/>"
_A4 = 9
_POINTS_A_LINE = 15
# So many characters stand beside each other on a page at two thirds of their size, which can be read.
_ACROSS = 190
# Where a sheet is wider, each page begins with the columns that say of what State a row is, or of what else.
_REPEATED = 50
# Bold letters are wider than the figures by which a workbook measures its columns.
_BOLD = 0.85
_SAYING = 90
_SHEET_NAME = 31
_IN_A_HEADER = 200
_NOT_IN_A_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The title of a workbook, the name and the heading of its first sheet, the widths of its columns in characters, which of them are numbers.

    ``about`` are the lines of the second sheet, each a name and what it says. The title heads every
    sheet on paper; the day for which the rows are true stands on the tab, where there is one.
    """

    title: str
    name: str
    heading: Sequence[str]
    widths: Sequence[int]
    numeric: Sequence[bool]
    about: Sequence[tuple[str, str]] = field(default_factory=list)
    as_at: date | None = None

    @property
    def tab(self) -> str:
        """The name of the first sheet as a workbook allows it, with the day."""
        name = " ".join(self.name.translate(_NOT_IN_A_SHEET_NAME).split())
        if self.as_at is None:
            return name[:_SHEET_NAME].strip()
        day = f" {self.as_at.isoformat()}"
        room = _SHEET_NAME - len(day)
        return (name if len(name) <= room else f"{name[: room - 1].strip()}…") + day


def as_xlsx(sheet: Sheet, rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """Return the workbook as a temporary file, which its reader closes; texts are defused."""
    texts = _rows(sheet.numeric, rows)
    return packed(_shell(sheet), part=PART, mark=_MARK, texts=texts, without=_DIMENSION)


def _rows(numeric: Sequence[bool], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Go through the rows in the words of the format: texts in place, no cell says where it is."""
    text, number = _written(_TEXT), _written(_NUMBER)
    kinds = [number if each else text for each in numeric]
    for row in rows:
        made = [write(cell) for write, cell in zip(kinds, row, strict=True)]
        yield f"<row>{''.join(made)}</row>"


def _written(template: str) -> Callable[[Cell], str]:
    """Return what writes a cell; what comes up again soon is written once."""

    @lru_cache(REMEMBERED)
    def write(cell: Cell) -> str:
        if cell is None or cell == "":
            return _EMPTY
        return template % safe([str(each)[:LONGEST] for each in defused([cell])])[0]

    return write


def _shell(sheet: Sheet) -> IO[bytes]:
    made = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = Workbook(made, options)
    book.set_properties({"title": sheet.title, "author": _("Treaty Reporting Timetable")})
    book.set_custom_property("Language", get_language() or "en")
    heading = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E4EAE8", "bottom": 1}
    )
    first = book.add_worksheet(sheet.tab)
    for place, (name, width) in enumerate(zip(sheet.heading, sheet.widths, strict=True)):
        first.set_column(place, place, width)
        first.write_string(0, place, name, heading)
    lines = max(map(_lines, sheet.heading, sheet.widths), default=1)
    first.set_row(0, lines * _POINTS_A_LINE)
    first.freeze_panes(1, 0)
    first.repeat_rows(0)
    _across(first, sheet.widths)
    second = book.add_worksheet(_("About"))
    _about(book, second, sheet.about)
    second.fit_to_pages(1, 0)
    for each in (first, second):
        _on_paper(each, sheet.title)
    book.close()
    made.seek(0)
    return made


def _lines(words: str, width: int) -> int:
    """Return how many lines the words need in a column so wide, even if they are bold."""
    wide = sum(east_asian_width(letter) in "WF" for letter in words) * 2 > len(words)
    return len(wrap(words, max(1, int(width * _BOLD / (2 if wide else 1))))) or 1


def _across(worksheet: Worksheet, widths: Sequence[int]) -> None:
    """Let the sheet take as many pages beside each other as it needs to be read, and any number below."""
    together, repeated = sum(widths), 0
    pages = 1
    if together > _ACROSS:
        sums = list(accumulate(widths))
        repeated = sum(each <= _REPEATED for each in sums)
        beside = sums[repeated - 1] if repeated else 0
        pages = ceil((together - beside) / (_ACROSS - beside))
        worksheet.print_across()
    if repeated:
        worksheet.repeat_columns(0, repeated - 1)
    worksheet.fit_to_pages(pages, 0)


def _on_paper(worksheet: Worksheet, title: str) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.set_header(f"&L{title.replace('&', '&&')[:_IN_A_HEADER]}")
    worksheet.set_footer("&R&P / &N")
    if get_language_bidi():
        worksheet.right_to_left()


def _about(book: Any, worksheet: Worksheet, about: Sequence[tuple[str, str]]) -> None:
    name = book.add_format({"bold": True, "valign": "top"})
    says = book.add_format({"text_wrap": True, "valign": "top"})
    worksheet.set_column(0, 0, 24)
    worksheet.set_column(1, 1, _SAYING)
    for line, (left, right) in enumerate(about):
        worksheet.set_row(line, _lines(right, _SAYING) * _POINTS_A_LINE)
        worksheet.write_string(line, 0, left, name)
        worksheet.write_string(line, 1, right, says)
