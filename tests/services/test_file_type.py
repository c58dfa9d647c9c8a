"""Documents are told by what they contain."""

import random
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError

from reporting.models import DocumentType
from reporting.services.file_type import file_type
from reporting.services.marks import Mark, marks_in
from reporting.services.office import office_type
from reporting.services.pdf import MOST_PIECES, check_pdf
from tests.files import (
    CONTENT_TYPES,
    OPEN_XML,
    PDF,
    VIRUS,
    WORD,
    docx,
    odt,
    packed_pdf,
    related,
    zipped,
)


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


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "word/../../evil.txt", "/etc/evil", "..\\evil.txt", "C:\\evil.txt"]
)
def test_a_part_that_would_be_unpacked_somewhere_else_is_refused(name: str) -> None:
    for content in (docx(**{name: "x"}), odt(**{name: "x"})):
        assert "a name that leads outside of it" in why_not(content)


def test_a_pdf_ends_where_it_says_so() -> None:
    archive = zipped({"a.txt": "x"})
    end = b"startxref\n180\n%%EOF\n"
    ended = archive[:-2] + bytes([len(end), 0]) + end  # the end of the PDF as the comment
    for content in (PDF + archive, PDF + ended, PDF + b"x" * 1100):
        assert "Something else follows the end of this PDF" in why_not(content)
    assert told(PDF + b"\0" * 512) is DocumentType.PDF


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
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction<</S/J#61vaScript/JS(x)>>"), "a script"),
        (PDF.replace(b"/Catalog", b"/Catalog /A<</S/#4aava#53#63ript/JS(x)>>"), "a script"),
        (PDF.replace(b"/Catalog", b"/Catalog /A<</S/L#61unch/F(x)>>"), "starts a program"),
        (PDF.replace(b"/Catalog", b"/Catalog /Names<</EmbeddedFiles 9 0 R>>"), "other files"),
        (PDF.replace(b"/Catalog", b"/Catalog /X<</Type/Embedded#46ile>>"), "other files"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction<</S/URI/URI(http://x)>>"), "an address"),
        (PDF.replace(b"/Page ", b"/Page /AA<</O<</S/URI/URI(http://x)>>>> "), "an address"),
        (packed_pdf(b"/OpenAction<</S/JavaScript/JS(x)>>"), "a script"),
        (packed_pdf(b"/OpenAction<</S/#4aavaScript/JS(x)>>"), "a script"),
        (packed_pdf(b"/Names<</EmbeddedFiles 9 0 R>>"), "other files"),
        (packed_pdf(b"/AcroForm<</XFA(x)>>"), "a script"),
        (packed_pdf(b"/OpenAction<</S/GoTo/Next[<</S/URI/URI(http://x)>>]>>"), "an address"),
        (packed_pdf(b"/OpenAction<</S/SubmitForm/F(http://x)>>"), "sends a form"),
        (packed_pdf()[:-60] + b"startxref\n5\n%%EOF", "is damaged"),
        (PDF.replace(b"/Catalog /Pages 2", b"/Catalog /Pages 9"), "is damaged"),
    ],
)
def test_a_pdf_that_is_cut_locked_or_acts_is_refused(content: bytes, said: str) -> None:
    assert said in why_not(content)


@pytest.mark.parametrize(
    "content",
    [
        packed_pdf(),
        packed_pdf(b"/OpenAction [3 0 R /Fit]"),
        packed_pdf(b"/OpenAction <</S /GoTo /D [3 0 R /Fit]>>"),
        PDF.replace(b"/Page ", b"/Page /Annots [<</A <</S /URI /URI (https://www.un.org)>>>>] "),
    ],
)
def test_a_pdf_may_lead_its_reader_and_offer_links(content: bytes) -> None:
    assert told(content) == DocumentType.PDF


def test_a_pdf_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.services.pdf.LARGEST_UNPACKED", 1000)
    with pytest.raises(ValidationError, match="is damaged"):
        check_pdf(BytesIO(packed_pdf(b"/X (" + b"x" * 1000 + b")")), marks=frozenset())


def test_a_pdf_whose_catalogue_unpacks_to_megabytes_is_refused_at_once() -> None:
    """It would be read sign by sign: 70 MB, packed to 70 KB, took more than three minutes."""
    bomb = packed_pdf(b"/X (" + b"x" * 20_000_000 + b")")
    assert len(bomb) < 50_000
    begun = time.process_time()
    assert "is damaged" in why_not(bomb)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "inside",
    [
        b"/X(" + b"a" * MOST_PIECES + b")",
        b"/X<" + b"41" * (MOST_PIECES // 2) + b">",
        b" " * MOST_PIECES,
        b"%\n" * MOST_PIECES,
    ],
    ids=["a string", "a string in hexadecimal", "a gap", "remarks"],
)
def test_a_pdf_that_is_read_sign_by_sign_without_end_is_refused(inside: bytes) -> None:
    large = PDF.replace(b"/Type /Catalog", b"/Type /Catalog " + inside)
    assert large != PDF
    with pytest.raises(ValidationError, match="damaged"):
        file_type(BytesIO(large), marks=frozenset())


class Read(BytesIO):
    """A file that counts how often it is read."""

    times = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.times += 1
        return super().read(size)


def test_a_pdf_without_a_table_is_read_no_further_than_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.services.pdf.MOST_PIECES", 1000)
    objects = b"".join(b"%d 0 obj\n<</A 1>>\nendobj\n" % number for number in range(1000))
    file = Read(b"%PDF-1.7\n" + objects + b"trailer\n<</Root 1 0 R>>\nstartxref\n1\n%%EOF\n")
    with pytest.raises(ValidationError, match="damaged"):
        file_type(file, marks=frozenset())
    assert 1000 <= file.times < 1100


def test_a_pdf_may_speak_of_encryption() -> None:
    assert told(PDF.replace(b"/Catalog", b"/Catalog /X (how to /Encrypt it)")) == DocumentType.PDF


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


@pytest.mark.parametrize(
    ("part", "kind", "target"),
    [
        ("word/_rels/settings.xml.rels", "attachedTemplate", "https://evil.example/t.dotm"),
        ("word/_rels/document.xml.rels", "oleObject", "file:///server/x"),
        ("word/_rels/webSettings.xml.rels", "frame", "//server/x"),
        ("word/_rels/document.xml.RELS", "subDocument", "https://evil.example/x.docx"),
        ("word/_rels/header1.xml.rels", "image", "https://evil.example/pixel.png"),
    ],
)
def test_a_word_document_that_fetches_something_is_refused(
    part: str, kind: str, target: str
) -> None:
    said = why_not(docx(**{part: related(kind, target, TargetMode="External")}))
    assert said == (
        f"This file fetches {target} when it is opened. Take that link or template out, or save the "
        "file as PDF."
    )
    wide = related(kind, target, TargetMode="&#69;xternal").replace("1.0", '1.0" encoding="utf-16')
    assert "when it is opened" in why_not(docx(**{part: wide.encode("utf-16")}))


@pytest.mark.parametrize(("kind", "said"), [("oleObject", "object"), ("vba&#80;roject", "macros")])
def test_what_word_hands_to_another_program_is_refused(kind: str, said: str) -> None:
    related_to = related(kind, "embeddings/harmless.bin")
    assert said in why_not(docx(**{"word/_rels/document.xml.rels": related_to}))


def test_a_word_document_may_have_links_and_pictures_of_its_own() -> None:
    link = related("hyperlink", "https://www.un.org/", TargetMode="External")
    picture = related("image", "media/image1.png")
    parts = {"word/_rels/document.xml.rels": link, "word/_rels/header1.xml.rels": picture}
    assert told(docx(**parts)) == DocumentType.DOCX


OPEN_NAMES = (
    f'xmlns:office="{OPEN_XML}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:d" xmlns:script="urn:s" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script:event-listener script:event-name='dom:load'/>", "contains macros"),
        ("<text:a xlink:href='vnd.sun.star.script:x?language=Python'/>", "contains macros"),
        ("<text:section-source xlink:href='https://evil.example/x.odt'/>", "fetches https://evil"),
        ("<draw:image xlink:href='file:///server/x'/>", "fetches file:///server/x"),
        ("<office:dde-source office:dde-topic='cmd'/>", "fetches cmd"),
        ("<text:p>" * 1001 + "</text:p>" * 1001, "damaged"),
        ("<text:p>", "damaged"),
        ("<text:a xlink:href='https://www.un.org/'/><draw:image xlink:href='Pictures/1.png'/>", ""),
    ],
)
def test_an_open_document_may_link_but_not_act(inside: str, said: str) -> None:
    content = odt(**{"content.xml": f"<office:document {OPEN_NAMES}>{inside}</office:document>"})
    if said:
        assert said in why_not(content)
    else:
        assert told(content) == DocumentType.ODT


def test_a_declaration_of_entities_is_read_nowhere() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert "damaged" in why_not(odt(**{"content.xml": bomb}))
    assert "damaged" in why_not(docx(**{"word/_rels/document.xml.rels": bomb}))


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
    monkeypatch.setattr("reporting.services.office.LARGEST_UNPACKED", 1_000_000)
    bomb = docx(**{f"word/media/{number}": b"\x00" * 300_000 for number in range(4)})
    assert len(bomb) < 10_000
    with pytest.raises(ValidationError, match="unpacks to far more"):
        office_type(BytesIO(bomb))


MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    "bomb",
    [
        lambda: docx(**{"word/media/1.bin": bytes(101 * MEGABYTE)}),
        lambda: odt(**{"content.xml": "<a>" + "<b/>" * 200_000 + "</a>"}),
        lambda: odt(**{"content.xml": "<a x='" + "b" * (20 * MEGABYTE) + "'/>"}),
        lambda: odt(**{"styles.xml": "<a " + " ".join(f"x{n}='1'" for n in range(300_000)) + "/>"}),
    ],
    ids=["zeros", "elements", "a value", "attributes"],
)
def test_a_zip_bomb_takes_little_memory_and_time(
    bomb: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reporting.services.office.MOST_ELEMENTS", 50_000)  # for the sake of time
    content = bomb()
    assert len(content) < MEGABYTE
    tracemalloc.start()
    begun = time.process_time()
    said = why_not(content)
    seconds, most = time.process_time() - begun, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said == "This file unpacks to far more than a document holds."
    assert most < 20 * MEGABYTE
    assert seconds < 15  # of one core; measured one to three


def test_pictures_that_are_packed_already_are_no_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.services.office.LARGEST_UNPACKED", 1000)
    picture = random.Random(1).randbytes(100_000)  # noqa: S311 - no secret
    assert told(docx(**{"word/media/1.png": picture})) is DocumentType.DOCX


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
