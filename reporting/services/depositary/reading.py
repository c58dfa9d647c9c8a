"""The XML of a treaty's status, as the Treaty Collection publishes it: its title and its participants.

``Treaty/Participants/Table/TGroup`` has a heading (``Thead/Row/Entry``) and ``Tbody/Rows/Row``, each with
an ``Entry`` for the participant and one for each column of dates. A date is written as in "31 May 2012",
with a letter behind it for another action than that of the heading: "5 May 2004 a". Footnotes stand in
``<superscript>``; who has withdrawn stands in square brackets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from lxml import etree

from reporting.models import Action
from reporting.services.errors import refused

LARGEST = 10 * 1024 * 1024
MOST_ROWS = 1000
_TAG = re.compile(r"<(superscript|sup)>.*?</\1>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_DATE = re.compile(r"(\d{1,2}) ([A-Za-z]{3,9})\.? (\d{4})(?: ([A-Za-z]{1,2}))?", re.ASCII)
_ACTIONS = {
    "": Action.RATIFICATION,
    "r": Action.RATIFICATION,
    "a": Action.ACCESSION,
    "d": Action.SUCCESSION,
    "A": Action.ACCEPTANCE,
    "AA": Action.ACCEPTANCE,
}
_SIGNATURE, _BINDING = "signature", ("ratification", "accession", "acceptance", "succession")


@dataclass(frozen=True, slots=True)
class Participant:
    """A row of the table; without a deposit it has signed alone. ``fault`` says what cannot be read."""

    number: int
    name: str
    signed_on: date | None = None
    deposited_on: date | None = None
    action: str = ""
    has_withdrawn: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """The status of one treaty: its title as it is printed there, and who takes part."""

    title: str
    participants: list[Participant]


def read_status(content: bytes) -> Status:
    """Read the file; raise ValidationError with a sentence where it is none of that shape."""
    root = _parsed(content)
    group = root.find(".//Participants/Table/TGroup")
    if group is None:
        raise refused(
            _("The file has no table of participants, as the Treaty Collection writes it.")
        )
    columns = _columns(group)
    rows = group.findall("Tbody/Rows/Row")
    if not rows or len(rows) > MOST_ROWS:
        raise refused(_("The table of participants is empty, or too long to be one."))
    found = [_participant(number, row, columns) for number, row in enumerate(rows, start=1)]
    return Status(_title(root), found)


def slimmed(content: bytes) -> bytes:
    """Return the file with its title and its table alone: declarations and footnotes fill the most of it.

    Raise ValidationError as reading does.
    """
    root = _parsed(content)
    slim = etree.Element("Document")
    external = etree.SubElement(etree.SubElement(slim, "Header"), "ExternalData")
    etree.SubElement(external, "Titlesect").text = _title(root)
    treaty = etree.SubElement(slim, "Treaty")
    table = root.find(".//Participants")
    if table is not None:
        treaty.append(table)
    written: bytes = etree.tostring(slim, encoding="utf-8", xml_declaration=True)
    return written


def _parsed(content: bytes) -> etree._Element:
    """Parse without entities, types of document and the network."""
    if len(content) > LARGEST:
        sentence = _("The file is larger than %(most)s.") % {"most": filesizeformat(LARGEST)}
        raise refused(sentence)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        tree = etree.parse(BytesIO(content), parser)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise refused(_("The file is no XML that can be read.")) from error
    if tree.docinfo.doctype or any(tree.getroot().iter(etree.Entity)):
        raise refused(
            _("The file declares a type of document, which the Treaty Collection does not.")
        )
    return tree.getroot()


def _title(root: etree._Element) -> str:
    return _plain(root.find(".//ExternalData/Titlesect"))


def _columns(group: etree._Element) -> dict[str, int]:
    """Return in which column the signature and the deposit stand, by the words of the heading."""
    heading = [_plain(each).lower() for each in group.findall("Thead/Row/Entry")]
    found: dict[str, int] = {}
    for place, words in enumerate(heading[1:], start=1):
        if any(word in words for word in _BINDING):
            found.setdefault("deposit", place)
        elif _SIGNATURE in words:
            found.setdefault("signature", place)
    if "deposit" not in found:
        raise refused(_("The table has no column of ratifications or accessions."))
    return found


def _participant(number: int, row: etree._Element, columns: dict[str, int]) -> Participant:
    entries = [_plain(each) for each in row.findall("Entry")]
    name = entries[0].strip("[] ") if entries else ""
    has_withdrawn = any(entry.startswith("[") for entry in entries)
    try:
        signed_on, _action = _dated(_entry(entries, columns.get("signature")))
        deposited_on, action = _dated(_entry(entries, columns["deposit"]))
    except ValueError as error:
        said = _("“%(text)s” is no date of an action") % {"text": str(error)[:60]}
        return Participant(number, name, fault=said)
    return Participant(number, name, signed_on, deposited_on, action, has_withdrawn)


def _entry(entries: list[str], place: int | None) -> str:
    return entries[place] if place is not None and place < len(entries) else ""


def _dated(text: str) -> tuple[date | None, str]:
    """Read a date and the action behind it; raise ValueError where it is none."""
    text = text.strip("[] ")
    if not text:
        return None, ""
    match = _DATE.fullmatch(text)
    action = _ACTIONS.get(match[4] or "") if match else None
    if match is None or action is None:
        raise ValueError(text)
    return _day(match[1], match[2][:3].title(), match[3]), action


def _day(day: str, month: str, year: str) -> date:
    try:
        found = datetime.strptime(f"{day} {month} {year} +0000", "%d %b %Y %z")
    except ValueError:
        text = f"{day} {month} {year}"
        raise ValueError(text) from None
    return found.date()


def _plain(element: etree._Element | None) -> str:
    """Return the text of an element in one line, without footnotes, escaped ones too."""
    if element is None:
        return ""
    return " ".join(_TAG.sub("", "".join(_texts(element))).split())


def _texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if str(child.tag).lower() not in {"superscript", "sup"}:
            yield from _texts(child)
        yield child.tail or ""
