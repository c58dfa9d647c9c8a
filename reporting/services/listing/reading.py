"""From the bytes of a CSV file or a workbook to lines of cells: values only, nothing guessed."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from reporting.services.errors import refused
from reporting.services.office import refuse_unsafe_archive

LARGEST = 1024 * 1024
# Unpacked, a workbook of a thousand lines is far smaller.
LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_LINES, MOST_COLUMNS, LONGEST_CELL = 1000, 40, 5000
_ZIP, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = ";\t,"
# What a cell of a workbook holds; that of a formula which gave an empty text says that it is a text.
_NUMBER, _FORMULA = "n", "f"


class Encoding(models.TextChoices):
    """How the signs of a CSV file are written, where it is not Unicode: nobody can tell by looking."""

    UNICODE = "utf-8", gettext_lazy("Unicode (CSV UTF-8)")
    WESTERN = "cp1252", gettext_lazy("Western European (Windows-1252)")
    CYRILLIC = "cp1251", gettext_lazy("Cyrillic (Windows-1251)")
    ARABIC = "cp1256", gettext_lazy("Arabic (Windows-1256)")
    CHINESE = "gb18030", gettext_lazy("Chinese (GB 18030)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, by its number there, and its cells.

    ``unsaved`` are the places of the cells with a formula whose value is not in the file.
    """

    number: int
    cells: list[str]
    unsaved: frozenset[int] = frozenset()


def read_lines(*, content: bytes, encoding: str) -> list[Line]:
    """Return the lines that hold anything, the heading first.

    Raise ValidationError with a sentence where the file cannot be read as it is, or is too large.
    """
    if len(content) > LARGEST:
        sentence = _("The file is larger than %(most)s.") % {"most": filesizeformat(LARGEST)}
        raise refused(sentence)
    if content.startswith(_OLD_WORKBOOK):
        raise refused(
            _("This is a workbook of the old form (XLS), or locked. Save it as XLSX or CSV.")
        )
    is_workbook = content.startswith(_ZIP)
    found = _of_workbook(content) if is_workbook else _of_text(_decoded(content, encoding))
    lines: list[Line] = []
    for line in found:
        if any(line.cells) or line.unsaved:
            lines.append(_bounded(line))
        if len(lines) > MOST_LINES + 1:
            sentence = _("There are too many lines: at most %(most)s. Import the file in parts.")
            raise refused(sentence % {"most": MOST_LINES})
    if len(lines) < 2:
        raise refused(_("The file has no lines below its heading."))
    return lines


def _bounded(line: Line) -> Line:
    last = max(line.unsaved, default=-1)
    while len(line.cells) > last + 1 and not line.cells[-1]:
        line.cells.pop()
    if len(line.cells) > MOST_COLUMNS or any(len(cell) > LONGEST_CELL for cell in line.cells):
        sentence = _("Line %(line)s is too long.") % {"line": line.number}
        raise refused(sentence)
    if any("\x00" in cell for cell in line.cells):
        sentence = _("Line %(line)s: there is a NUL character.") % {"line": line.number}
        raise refused(sentence)
    return line


def _decoded(content: bytes, encoding: str) -> str:
    if content.startswith(_UTF_16):
        encoding = "utf-16"
    elif encoding == Encoding.UNICODE or content.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        sentence = _(
            "Line %(line)s is not written in this encoding. Save the file as “CSV UTF-8” or as XLSX, "
            "or choose the encoding below."
        )
        raise refused(sentence % {"line": line}) from error


def _of_text(text: str) -> Iterator[Line]:
    """Go through the lines; what separates the cells is what the heading has most of."""
    start = 0
    if text[:4].lower() == "sep=":  # what Excel writes for itself
        start, text = 1, text.partition("\n")[2]
    heading = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=heading.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = start + 1
    try:
        for cells in reader:
            yield Line(number, [cell.strip() for cell in cells])
            number = start + reader.line_num + 1
    except csv.Error as error:
        sentence = _("Line %(line)s cannot be read: %(reason)s.")
        raise refused(sentence % {"line": number, "reason": error}) from error


def _of_workbook(content: bytes) -> Iterator[Line]:
    """Go through the lines of the first sheet; of formulas the value that was last computed."""
    try:
        refuse_unsafe_archive(BytesIO(content), most=LARGEST_UNPACKED)
        with ZipFile(BytesIO(content)) as archive:
            _refuse_entities(archive)
        found = list(_lines_of_sheet(content))
    except ValidationError:
        raise
    except (BadZipFile, Exception) as error:
        raise refused(_("This workbook is damaged and cannot be read.")) from error
    yield from found


def _lines_of_sheet(content: bytes) -> Iterator[Line]:
    """Go through the lines; programs compute no formula, so a value that is not in the file is not known."""
    rows = _rows(content, data_only=True)
    empty = {
        (line, place)
        for line, cells in enumerate(rows)
        for place, cell in enumerate(cells)
        if cell.value is None and getattr(cell, "data_type", "") == _NUMBER
    }
    written = _rows(content, data_only=False) if empty else []
    unsaved: dict[int, set[int]] = {}
    for line, place in empty:
        if written[line][place].data_type == _FORMULA:
            unsaved.setdefault(line, set()).add(place)
    for line, cells in enumerate(rows):
        values = [_text(cell.value) for cell in cells]
        yield Line(line + 1, values, frozenset(unsaved.get(line, ())))


def _rows(content: bytes, *, data_only: bool) -> list[tuple[Any, ...]]:
    """Return the cells of the first sheet; of formulas what was computed last, or what they are."""
    book = load_workbook(BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(max_row=MOST_LINES * 10, max_col=MOST_COLUMNS + 1))
    book.close()
    return rows


def _refuse_entities(archive: ZipFile) -> None:
    """Refuse a part that declares a type of document: no program that writes workbooks does."""
    for info in archive.infolist():
        with archive.open(info) as part:
            start = part.read(4096)
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise refused(_("This file declares entities, which no workbook does."))


def _text(value: Any) -> str:
    """Return the value of a cell as it would stand in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
