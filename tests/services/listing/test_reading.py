"""Lists as Excel and others write them."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from reporting.services.listing.reading import LARGEST, MOST_LINES, Encoding, Line, read_lines

HEADING = ["treaty", "first_report", "note"]


def read(content: bytes, encoding: str = Encoding.UNICODE) -> list[Line]:
    return read_lines(content=content, encoding=encoding)


def refused(content: bytes, encoding: str = Encoding.UNICODE) -> str:
    with pytest.raises(ValidationError) as error:
        read(content, encoding)
    return " ".join(error.value.messages)


def workbook(*rows: Sequence[object]) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("treaty,first_report,note\r\nCMW,1,Müller\r\n".encode(), Encoding.UNICODE),
        ("\ufefftreaty;first_report;note\r\nCMW;1;Müller\r\n".encode(), Encoding.UNICODE),
        ("\ufefftreaty;first_report;note\nCMW;1;Müller\n".encode(), Encoding.CYRILLIC),
        ("treaty\tfirst_report\tnote\nCMW\t1\tMüller\n".encode("utf-16"), Encoding.UNICODE),
        ("treaty;first_report;note\r\nCMW;1;Müller\r\n".encode("cp1252"), Encoding.WESTERN),
        ('treaty,first_report,note\n"CMW", 1 ,"Müller"\n\n,,\n'.encode(), Encoding.UNICODE),
        ("treaty,first_report,note,,\nCMW,1,Müller,,\n".encode(), Encoding.UNICODE),
    ],
)
def test_csv_is_read_as_programs_of_many_languages_write_it(content: bytes, encoding: str) -> None:
    assert read(content, encoding) == [Line(1, HEADING), Line(2, ["CMW", "1", "Müller"])]


def test_russian_excel_writes_semicolons_and_its_own_encoding() -> None:
    content = "sep=;\r\ntreaty;note\r\nCMW;доклад\r\n".encode("cp1251")
    assert read(content, Encoding.CYRILLIC)[1] == Line(3, ["CMW", "доклад"])
    assert "Line 3 is not written in this encoding." in refused(content)


def test_a_workbook_is_read_by_its_values() -> None:
    content = workbook(
        HEADING,
        ["CMW", 1.0, datetime(2012, 5, 31)],  # noqa: DTZ001 - a workbook has no time zones
        [None, None, None],
        ["CRC", 2, date(2013, 1, 2)],
        ["CRC", True, "=1+1"],
    )
    assert read(content) == [
        Line(1, HEADING),
        Line(2, ["CMW", "1", "2012-05-31"]),
        Line(4, ["CRC", "2", "2013-01-02"]),
        Line(5, ["CRC", "yes", ""], frozenset({2})),  # what the formula says was never computed
    ]


def test_a_formula_that_gave_an_empty_text_is_an_empty_cell() -> None:
    content = workbook(HEADING, ["CMW", 1, '=""'])
    saved = rewritten(content, b'<c r="C2">', b'<c r="C2" t="str">')
    assert read(content)[1].unsaved == frozenset({2})
    assert read(saved)[1] == Line(2, ["CMW", "1"])


def rewritten(content: bytes, *pairs: bytes) -> bytes:
    """Return the workbook with texts of its sheet replaced, as another program would have written it."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            for before, after in zip(pairs[::2], pairs[1::2], strict=True):
                part = part.replace(before, after) if "sheet1" in name else part
            new.writestr(name, part)
    return out.getvalue()


def test_what_is_no_list_is_refused_with_a_sentence() -> None:
    assert "no lines below its heading" in refused(b"")
    assert "no lines below its heading" in refused(b"treaty,first_report\n")
    assert "XLS" in refused(b"\xd0\xcf\x11\xe0" + b"\x00" * 600)
    assert "damaged" in refused(b"PK\x03\x04 and nothing more")
    assert "Line 2 cannot be read" in refused(b'treaty\n"CMW\n')
    assert "Line 2: there is a NUL" in refused(b"treaty\nC\x00MW\n")
    assert "Line 2 is too long" in refused(b"treaty\n" + b"a" * 5001 + b"\n")
    assert "larger than" in refused(b"a" * (LARGEST + 1))
    assert "too many lines: at most 1000" in refused(b"treaty\n" + b"CMW\n" * (MOST_LINES + 1))
    assert len(read(b"treaty\n" + b"CMW\n" * MOST_LINES)) == MOST_LINES + 1


def test_a_workbook_that_is_a_bomb_or_declares_entities_is_refused() -> None:
    whole = workbook(HEADING, ["CMW", 1, ""])
    bomb, entities = BytesIO(whole), BytesIO(whole)
    with ZipFile(bomb, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/nothing.bin", b"\x00" * (21 * 1024 * 1024))
    assert "unpacks to far more" in refused(bomb.getvalue())
    with ZipFile(entities, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>')
    assert "declares entities" in refused(entities.getvalue())


def test_a_workbook_with_a_sheet_that_says_it_is_endless_is_read_by_what_is_in_it() -> None:
    content, changed = BytesIO(workbook(HEADING, ["CMW", 1, "x"])), BytesIO()
    with ZipFile(content) as old, ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"')
            new.writestr(name, data)
    assert read(changed.getvalue())[1] == Line(2, ["CMW", "1", "x"])
