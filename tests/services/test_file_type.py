"""Documents are told by what they contain."""

import random
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError

from reporting.models import DocumentType
from reporting.services import file_type as checks
from reporting.services.file_type import file_type
from reporting.services.marks import Mark, marks_in
from tests.files import CONTENT_TYPES, PDF, VIRUS, WORD, docx, odt, zipped


def told(content: bytes) -> DocumentType:
    return file_type(BytesIO(content), marks=marks_in([content]))


def why_not(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        told(content)
    return caught.value.messages[0]


def test_the_three_types_are_told_by_their_content() -> None:
    assert [told(each) for each in (PDF, docx(), odt())] == [
        DocumentType.PDF,
        DocumentType.DOCX,
        DocumentType.ODT,
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"#!/bin/sh\nrm -rf /",
        b"MZ\x90\x00" + b"\x00" * 100,
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
        b"<html>" + PDF,
        b"\n" + PDF,
        b"PK\x05\x06" + b"\x00" * 18,
        zipped({"index.html": "<script>"}),
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}),
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(content: bytes) -> None:
    assert why_not(content) == "This file is neither PDF nor DOCX nor ODT, whatever its name says."


def test_a_virus_is_refused_also_where_it_is_packed_into_a_document() -> None:
    said = "This file looks infected: it contains the signature of a virus."
    for content in (VIRUS, PDF + VIRUS, docx(**{"word/media/1.bin": b"x" * 500_000 + VIRUS})):
        assert why_not(content) == said


def test_a_mark_that_lies_across_two_chunks_is_found() -> None:
    whole = b"x" * 1000 + VIRUS + b"x" * 1000
    for cut in range(1000, 1068):
        assert marks_in([whole[:cut], whole[cut:]]) == {Mark.VIRUS}
    assert marks_in([bytes([each]) for each in whole]) == {Mark.VIRUS}


def test_an_old_or_locked_word_file_is_named_as_such() -> None:
    assert "an old Word file" in why_not(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PDF[:200], "the end of the PDF is missing"),
        (PDF.replace(b"/Size 4", b"/Size 4 /Encrypt 9 0 R"), "is locked"),
        (PDF.replace(b"/Size 4", b"/Encrypt<</Filter/Standard>>"), "is locked"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction<</S/JavaScript/JS(x)>>"), "a script"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction<</S/Launch/F(x)>>"), "starts a program"),
    ],
)
def test_a_pdf_that_is_cut_locked_or_acts_is_refused(content: bytes, said: str) -> None:
    assert said in why_not(content)


def test_a_pdf_may_speak_of_encryption() -> None:
    assert told(PDF.replace(b"%%EOF", b"(how to /Encrypt a report)\n%%EOF")) == DocumentType.PDF


@pytest.mark.parametrize(
    "content",
    [
        docx(**{"word/vbaProject.bin": b"x"}),
        docx(**{"word/activeX/activeX1.xml": b"x"}),
        zipped(
            {
                "[Content_Types].xml": CONTENT_TYPES.replace(
                    WORD, "application/vnd.ms-word.document.macroEnabled.main+xml"
                )
            }
        ),
        odt(**{"Basic/Standard/Module1.xml": "Sub Main"}),
        odt(**{"Scripts/python/x.py": "import os"}),
    ],
)
def test_a_document_with_macros_is_refused(content: bytes) -> None:
    assert "contains macros" in why_not(content)


def test_a_document_that_carries_a_program_is_refused() -> None:
    assert why_not(docx(**{"word/embeddings/a.EXE": b"MZ"})) == "This file contains a program."


def test_another_office_file_is_no_text_document() -> None:
    sheet = CONTENT_TYPES.replace("wordprocessingml.document", "spreadsheetml.sheet")
    assert "no text document" in why_not(zipped({"[Content_Types].xml": sheet}))


def test_a_locked_open_document_is_refused() -> None:
    locked = odt(**{"META-INF/manifest.xml": "<manifest:encryption-data/>"})
    assert why_not(locked) == "This file is locked by a password."
    assert "damaged" in why_not(zipped({"mimetype": "application/vnd.oasis.opendocument.text"}))


def test_a_zip_bomb_is_refused_before_it_fills_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LARGEST_UNPACKED", 1_000_000)
    bomb = docx(**{f"word/media/{number}": b"\x00" * 300_000 for number in range(4)})
    assert len(bomb) < 10_000
    assert "unpacks to far more" in why_not(bomb)


def test_an_archive_of_very_many_parts_is_refused_before_its_directory_is_read() -> None:
    many = docx(**{f"word/{'x' * 200}{number}": b"" for number in range(10_000)})
    assert why_not(many) == "This file has more parts than a document has."


def test_two_parts_of_one_name_are_refused() -> None:
    twice = docx(**{"word/Document.xml": b"another one"})
    assert why_not(twice) == "This file is locked by a password, or damaged."


def test_whatever_is_broken_in_an_archive_is_refused_in_a_sentence() -> None:
    chance = random.Random(20261122)  # noqa: S311 - no secret
    for whole in (docx(), odt()):
        for _turn in range(1500):
            broken = bytearray(whole)
            for _place in range(chance.choice((1, 1, 2, 8))):
                broken[chance.randrange(4, len(broken))] = chance.randrange(256)
            cut = bytes(broken[: chance.choice((len(broken), chance.randrange(len(broken))))])
            with suppress(ValidationError):
                assert told(cut) in DocumentType
