"""DOCX: the table on paper, with real headings, a heading row on every page, page numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import IO, Any

from django.utils.translation import get_language, get_language_bidi, to_locale
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_DIRECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from reporting.exports.package import packed, safe

PART = "word/document.xml"
# The paragraph of the sources is the only one in its style; the tables stand before it.
_MARK = '<w:p><w:pPr><w:pStyle w:val="Sources"/></w:pPr>'
_MARGIN, _SHORT, _LONG = 15, 210, 297
_TWENTIETHS_A_MM = 56.69
# The plain style is that of a cell, so that a cell need not name one.
_CELL = "<w:tc><w:p><w:r>{run}</w:r></w:p></w:tc>"
_HEADING = '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r>{run}</w:r></w:p>'
_RUN = "<w:t>%s</w:t>"
_STYLES_USED = {
    *("Normal", "BodyText", "Heading1", "Heading2", "Header", "Footer"),
    *("DefaultParagraphFont", "TableNormal", "NoList", "TableGrid"),
}
_PARTS_NOT_USED = {"numbering", "customXml", "stylesWithEffects", "thumbnail"}
_RIGHT_TO_LEFT = "<w:rPr><w:rtl/></w:rPr>"
# Hebrew, Arabic, and their forms for presentation: a symbol among them stays from left to right.
_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_OF_RIGHT_TO_LEFT = re.compile(f"[{_LETTERS}]")
# A number, or a text without Latin letters, that is set apart from its like.
_OF_NO_LATIN = "[^\u2066-\u2069A-Za-z]*"
_SET_APART = re.compile(f"\u2068(\\d+|{_OF_NO_LATIN}[{_LETTERS}]{_OF_NO_LATIN})\u2069")

Line = tuple[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands around the rows; ``widths`` are the shares of the columns."""

    title: str
    paragraphs: Sequence[str]
    heading: Sequence[str]
    widths: Sequence[int]
    wide: bool
    sources: str


def as_docx(paper: Paper, lines: Iterable[Line]) -> IO[bytes]:
    """Return the document as a temporary file, which its reader closes.

    A line is the group that it belongs to and its cells: each group is a table under its heading,
    without a name it is a table under none.
    """
    paper = _in_line(paper) if get_language_bidi() else paper
    document = Document(BytesIO(_template(_language())))
    _page(document, paper)
    document.add_heading(paper.title, level=1)
    for paragraph in paper.paragraphs:
        document.add_paragraph(paragraph, style="Body Text")
    table = _table_without_rows(document, paper)
    document.add_paragraph(paper.sources, style="Sources")
    _turn(document.paragraphs)
    made = BytesIO()
    document.save(made)
    made.seek(0)
    return packed(made, part=PART, mark=_MARK, texts=_texts(lines, table, paper))


def _texts(lines: Iterable[Line], table: str, paper: Paper) -> Iterator[str]:
    """Go through the tables and their rows in the words of the format."""
    turns = get_language_bidi()
    run = "%s" if turns else _RUN
    cells = _CELL.format(run=run) * len(paper.heading)
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    heading = _HEADING.format(run=run)

    def said(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(_with_direction, safe(texts)) if turns else safe(texts))

    for group, members in groupby(lines, key=itemgetter(0)):
        if group:
            yield heading % said([_as_its_like(group) if turns else group])
        yield table
        for _group, texts in members:
            yield row % said(texts)
        yield "</w:tbl>"


def _in_line(paper: Paper) -> Paper:
    """Return it without what sets a text from right to left apart from its like."""
    return replace(
        paper,
        title=_as_its_like(paper.title),
        paragraphs=[*map(_as_its_like, paper.paragraphs)],
        sources=_as_its_like(paper.sources),
    )


def _as_its_like(text: str) -> str:
    """Return the text without the signs around its parts in Arabic, which LibreOffice draws over digits."""
    return _SET_APART.sub(r"\1", text)


def _with_direction(text: str) -> str:
    """Return what a run holds: the text, and that it runs from right to left if it does."""
    right = _RIGHT_TO_LEFT if _OF_RIGHT_TO_LEFT.search(text) else ""
    return right + _RUN % text


def _turn(paragraphs: Iterable[Any]) -> None:
    """Say of every run in Arabic that it is one: it has a size and a weight of its own."""
    for paragraph in paragraphs:
        for run in paragraph.runs:
            if _OF_RIGHT_TO_LEFT.search(run.text):
                run.font.rtl = True


def _widths(paper: Paper) -> list[int]:
    room = ((_LONG if paper.wide else _SHORT) - 2 * _MARGIN) * _TWENTIETHS_A_MM
    return [int(room * width / sum(paper.widths)) for width in paper.widths]


@cache
def _template(language: str) -> bytes:
    """Return the document without words in that language, which is the active one.

    It has the styles that are used and no others: the library looks through all of them for each
    paragraph, and reads and writes them and what comes with them for each document.
    """
    document = Document()
    _without_what_is_not_used(document)
    _styles(document, language)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _without_what_is_not_used(document: Any) -> None:
    styles = document.styles.element
    unused = [each for each in styles.iter(qn("w:style")) if each.styleId not in _STYLES_USED]
    for each in (styles.find(qn("w:latentStyles")), *unused):
        styles.remove(each)
    for named in [*styles.iter(qn("w:link"), qn("w:next"))]:
        if named.get(qn("w:val")) not in _STYLES_USED:
            named.getparent().remove(named)
    for relations in (document.part.rels, document.part.package.rels):
        for key in [*relations]:
            if relations[key].reltype.rpartition("/")[2] in _PARTS_NOT_USED:
                del relations[key]


def _language() -> str:
    """Return the language as documents name it: "zh-Hans", where Django says "zh-hans"."""
    return to_locale(get_language() or "en").replace("_", "-")


def _styles(document: Any, language: str) -> None:
    """Set the language and the looks: black on white, the heading row of a table in bold."""
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Sans", Pt(8)
    normal.paragraph_format.space_after = Pt(1)
    styles["Body Text"].font.size = Pt(9)
    for name in ("Heading 1", "Heading 2"):
        styles[name].font.color.rgb = RGBColor(0, 0, 0)
        styles[name].font.name = "Liberation Sans"
        fonts = styles[name].element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    for name in ("Cell Heading", "Sources"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = normal
    styles["Cell Heading"].font.bold = styles["Cell Heading"].font.cs_bold = True
    styles["Sources"].paragraph_format.space_before = Pt(9)
    for style in (normal, styles["Body Text"]):
        # Arabic has a size of its own, which python-docx does not set.
        size = OxmlElement("w:szCs")
        size.set(qn("w:val"), f"{int(style.font.size.pt * 2)}")
        style.element.rPr.find(qn("w:sz")).addnext(size)
    for each in styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), "en-GB" if language.startswith("en") else language)
        each.set(qn("w:eastAsia"), language)
        each.set(qn("w:bidi"), language)
    if get_language_bidi():
        normal.element.pPr.find(qn("w:spacing")).addprevious(OxmlElement("w:bidi"))
        section = document.element.body.sectPr
        section.find(qn("w:docGrid")).addprevious(OxmlElement("w:bidi"))


def _page(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    properties.title, properties.author = paper.title, _("Treaty Reporting Timetable")
    properties.language, properties.comments = _language(), ""
    section = document.sections[0]
    width, height = (_LONG, _SHORT) if paper.wide else (_SHORT, _LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(_MARGIN))
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text in ("PAGE", " / ", "NUMPAGES"):
        footer._p.append(_run(text))  # noqa: SLF001 - python-docx's own way in


def _run(text: str) -> Any:
    """Return a text of the footer, or the field of that name."""
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text if text.strip() == "/" else "1"
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    if text.strip() == "/":
        return run
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), text)
    field.append(run)
    return field


def _table_without_rows(document: Any, paper: Paper) -> str:
    """Return the XML of a table up to its first row; take it out, as each group has one."""
    table = document.add_table(rows=1, cols=len(paper.heading), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _widths(paper), strict=True):
        column.width = int(width / _TWENTIETHS_A_MM * Mm(1))
    for cell, words in zip(table.rows[0].cells, paper.heading, strict=True):
        cell.text = words
        cell.paragraphs[0].style = "Cell Heading"
        _turn(cell.paragraphs)
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "E4EAE8")
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx's own way in
    row = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx's own way in
    row.append(OxmlElement("w:cantSplit"))
    row.append(OxmlElement("w:tblHeader"))
    if get_language_bidi():
        table.table_direction = WD_TABLE_DIRECTION.RTL
    xml: str = etree.tostring(table._tbl, encoding="unicode")  # noqa: SLF001 - python-docx's own way in
    table._tbl.getparent().remove(table._tbl)  # noqa: SLF001 - python-docx's own way in
    return xml.removesuffix("</w:tbl>")
