"""Documents, read back: headings, a heading row on each page, the language, the page."""

from dataclasses import replace
from io import BytesIO
from typing import Any

from django.utils.translation import override
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from reporting.exports.document import Line, Paper, as_docx

PAPER = Paper(
    title="Late States as at 22 November 2026",
    paragraphs=["The Convention", "2 entries"],
    heading=["State", "Due"],
    widths=[2, 1],
    wide=True,
    sources="Sources: the deposits",
)
LINES: list[Line] = [
    ("10 years or more", ["Côte d'Ivoire", "1 June 2013"]),
    ("10 years or more", ["A & <B>", "2011"]),
    ("less than 5 years", ["دولة", "2012"]),
]


def read(lines: list[Line], paper: Paper = PAPER) -> Any:
    with as_docx(paper, lines) as made:
        return Document(BytesIO(made.read()))


def test_each_group_is_a_table_under_its_heading() -> None:
    document = read(LINES)
    assert [(each.style.name, each.text) for each in document.paragraphs] == [
        ("Heading 1", PAPER.title),
        ("Body Text", "The Convention"),
        ("Body Text", "2 entries"),
        ("Heading 2", "10 years or more"),
        ("Heading 2", "less than 5 years"),
        ("Sources", "Sources: the deposits"),
    ]
    assert [
        [[cell.text for cell in row.cells] for row in each.rows] for each in document.tables
    ] == [
        [["State", "Due"], ["Côte d'Ivoire", "1 June 2013"], ["A & <B>", "2011"]],
        [["State", "Due"], ["دولة", "2012"]],
    ]


def test_the_heading_row_of_every_table_is_marked_as_one() -> None:
    for table in read(LINES).tables:
        marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marks == [True] + [False] * (len(marks) - 1)


def test_it_has_a_title_a_language_a_wide_page_and_page_numbers() -> None:
    document = read([])
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    assert [
        each.get(qn("w:instr")) for each in section.footer._element.iter(qn("w:fldSimple"))
    ] == [
        "PAGE",
        "NUMPAGES",
    ]
    assert (document.core_properties.title, document.core_properties.language) == (
        PAPER.title,
        "en",
    )
    (language,) = document.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"
    assert document.tables == []


def test_in_arabic_it_runs_from_right_to_left() -> None:
    with override("ar"):
        document = read(LINES)
    assert document.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    arabic, latin = document.tables[1].rows[1].cells
    assert arabic._tc.findall(".//" + qn("w:rtl"))
    assert not latin._tc.findall(".//" + qn("w:rtl")), "a year or a symbol is not turned round"
    assert document.core_properties.language == "ar"
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert document.styles["Normal"].element.pPr[0].tag == qn("w:bidi")
    plain = document.styles["Normal"].element.rPr
    assert plain.find(qn("w:szCs")).get(qn("w:val")) == plain.find(qn("w:sz")).get(qn("w:val"))


def test_every_run_in_arabic_is_marked_as_one() -> None:
    paper = replace(PAPER, title="الدول المتأخرة", heading=["الدولة", "الموعد"], sources="المصدر")
    with override("ar"):
        document = read([("عشر سنوات", ["دولة", "CMW/C/EGY/2-4"])], paper)
    for text in document.element.body.iter(qn("w:t")):
        is_turned = text.getparent().find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None
        assert is_turned == (max(text.text) > "\u0600"), text.text


def test_a_heading_in_arabic_sets_symbols_apart_and_no_arabic() -> None:
    paper = replace(
        PAPER,
        title="المادة \u206873\u2069 حتى \u206826 نوفمبر 2026\u2069، \u2068CMW/C/EGY/2-4\u2069",
    )
    with override("ar"):
        document = read([("أقل من \u2068عشر (10) سنوات\u2069", ["", ""])], paper)
    title, _first, _second, group, _sources = document.paragraphs
    assert title.text == "المادة 73 حتى 26 نوفمبر 2026، \u2068CMW/C/EGY/2-4\u2069"
    assert group.text == "أقل من عشر (10) سنوات"


def test_chinese_is_named_as_documents_name_it() -> None:
    with override("zh-hans"):
        document = read([])
    (language,) = document.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == document.core_properties.language == "zh-Hans"
