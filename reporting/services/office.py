"""What a DOCX or an ODT may not be: locked, bombs, scripted, or fetching something from elsewhere."""

import struct
import zlib
from collections.abc import Iterator, Mapping
from io import SEEK_END
from typing import IO
from xml.etree.ElementTree import ParseError, XMLParser
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reporting.models import DocumentType
from reporting.services.errors import refused
from reporting.services.marks import has_virus

# Pictures are packed already, and text to a tenth: no document of ours unpacks to more, or to twice its size.
LARGEST_UNPACKED = 100 * 1024 * 1024
# A report of a thousand pages has some 200,000 elements. Reading one takes longer than unpacking it.
MOST_ELEMENTS = 500_000
LARGEST_XML = 50 * 1024 * 1024
# Between two beginnings of elements: a single tag or text that goes on is kept whole while it is read.
LONGEST_TAG = 2 * 1024 * 1024
LARGEST_PART = 4 * 1024 * 1024
# Room for some 20,000 parts; reading a larger directory would fill the memory.
LARGEST_DIRECTORY = 2 * 1024 * 1024
_DEEPEST = 1000
_CHUNK = 256 * 1024
_END_OF_DIRECTORY, _END_LENGTH, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS_OF_WORD = ("macroenabled", "vbaproject", "activex")
# Kinds of relationship that put something into a document which Word hands to another program.
_FOREIGN = ("/oleobject", "/afchunk", "/control", "/attachedtoolbars")
_SCRIPTS = ("vnd.sun.star.script:", "macro:", "javascript:")
_PROGRAMS = (
    *(".bat", ".cmd", ".com", ".dll", ".exe", ".hta", ".jar", ".js", ".lnk", ".msi", ".ps1"),
    *(".scr", ".vbs", ".wsf", ".docm", ".pptm", ".xlsm"),
)
_DAMAGES = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    ParseError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
Attributes = Mapping[str, str]


def office_type(file: IO[bytes]) -> DocumentType:
    """Return the type of a whole and harmless archive; raise ValidationError for any other."""
    try:
        _refuse_large_directory(file)
        with ZipFile(file) as archive:
            _refuse_strange_parts(archive)
            found = _type_of_parts(archive)
            _unpack(archive, room=max(LARGEST_UNPACKED, 2 * file.seek(0, SEEK_END)))
            _CHECKS[found](_Elements(archive))
    except _DAMAGES as error:
        raise refused(_("This file is damaged and cannot be opened.")) from error
    return found


def refuse_unsafe_archive(file: IO[bytes], *, most: int) -> None:
    """Refuse an archive that is damaged, locked or strange, or unpacks to more than so many bytes."""
    try:
        _refuse_large_directory(file)
        with ZipFile(file) as archive:
            _refuse_strange_parts(archive)
            _unpack(archive, room=most)
    except _DAMAGES as error:
        raise refused(_("This file is damaged and cannot be opened.")) from error


def _refuse_large_directory(file: IO[bytes]) -> None:
    file.seek(max(0, file.seek(0, SEEK_END) - _END_LENGTH - _LONGEST_COMMENT))
    end = file.read()
    where = end.rfind(_END_OF_DIRECTORY)
    record = end[where : where + _END_LENGTH]
    if where < 0 or len(record) < _END_LENGTH:
        raise BadZipFile
    (size,) = struct.unpack("<L", record[12:16])
    is_zip64 = end[max(0, where - 20) : where].startswith(b"PK\x06\x07")
    if size > LARGEST_DIRECTORY or is_zip64:
        raise refused(_("This file has more parts than a document has."))


def _refuse_strange_parts(archive: ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if len(set(names)) != len(names) or any(part.flag_bits & 1 for part in parts):
        raise refused(_("This file is locked by a password, or damaged."))
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        raise BadZipFile
    if any(_leads_outside(part.orig_filename) for part in parts):
        raise refused(
            _(
                "A part of this file has a name that leads outside of it. Open it, save it as a new "
                "file, and upload that one."
            )
        )
    if any(name.endswith(_PROGRAMS) for name in names):
        raise refused(_("This file contains a program."))


def _leads_outside(name: str) -> bool:
    steps = name.replace("\\", "/").split("/")
    return steps[0] == "" or ".." in steps or ":" in steps[0]


def _type_of_parts(archive: ZipFile) -> DocumentType:
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        return DocumentType.DOCX
    if names[:1] == ["mimetype"] and _part(archive, "mimetype") == DocumentType.ODT.value.encode():
        return DocumentType.ODT
    raise refused(_("This file is neither PDF nor DOCX nor ODT, whatever its name says."))


def _unpack(archive: ZipFile, *, room: int) -> None:
    """Read every part once, which checks its sum, and keep nothing."""
    if has_virus(_unpacked(archive, room)):
        raise refused(_("This file looks infected: it contains the signature of a virus."))


def _unpacked(archive: ZipFile, room: int) -> Iterator[bytes]:
    for info in archive.infolist():
        with archive.open(info) as part:
            while chunk := part.read(_CHUNK):
                room -= len(chunk)
                if room < 0:
                    raise _bomb()
                yield chunk


def _bomb() -> ValidationError:
    return refused(_("This file unpacks to far more than a document holds."))


def _check_docx(parts: "_Elements") -> None:
    names = parts.archive.namelist()
    types = [
        value.lower() for _tag, given in parts.of("[Content_Types].xml") for value in given.values()
    ]
    links = [
        _Link(given)
        for name in names
        if name.lower().endswith(".rels")
        for _tag, given in parts.of(name)
    ]
    everything = "\n".join([*names, *types, *(link.kind for link in links)]).lower()
    if any(sign in everything for sign in _MACROS_OF_WORD):
        raise _macros()
    if _WORD not in types:
        raise refused(
            _("This is an office file, but no text document. Save it as DOCX, ODT or PDF.")
        )
    for link in links:
        if link.is_fetched:
            raise _fetches(link.target)
        if link.kind.endswith(_FOREIGN):
            raise refused(
                _("This file holds an object of another program. Put a picture of it in its place.")
            )


class _Link:
    """A relationship between the parts of a Word document, or from one to somewhere else."""

    def __init__(self, given: Attributes) -> None:
        self.kind = given.get("Type", "").strip().lower()
        self.target = given.get("Target", "")
        self.is_fetched = given.get(
            "TargetMode", ""
        ).strip().lower() == "external" and not self.kind.endswith("/hyperlink")


def _check_odt(parts: "_Elements") -> None:
    names = parts.archive.namelist()
    if any(name.lower().startswith(("basic/", "scripts/", "dialogs/")) for name in names):
        raise _macros()
    if b"encryption-data" in _part(parts.archive, "META-INF/manifest.xml"):
        raise refused(_("This file is locked by a password."))
    for name in names:
        if name.rpartition("/")[2] in {"content.xml", "styles.xml"}:
            for tag, given in parts.of(name):
                _refuse_open_element(tag, given)


def _refuse_open_element(tag: str, given: Attributes) -> None:
    namespace, _brace, name = tag.rpartition("}")
    href = next((value for key, value in given.items() if key.endswith("}href")), "").strip()
    if name in {"event-listener", "script"} or href.lower().startswith(_SCRIPTS):
        raise _macros()
    if name.startswith("dde-"):
        raise _fetches(given.get(f"{namespace}}}dde-topic", "DDE"))
    # A link is followed by a click; everything else is fetched when the document opens.
    is_elsewhere = "://" in href or href.startswith(("//", "\\\\")) or href.lower()[:5] == "file:"
    if is_elsewhere and name != "a":
        raise _fetches(href)


def _macros() -> ValidationError:
    return refused(_("This file contains macros. Save it as a document without macros."))


def _fetches(target: str) -> ValidationError:
    text = _(
        "This file fetches %(target)s when it is opened. Take that link or template out, or save "
        "the file as PDF."
    )
    return refused(text % {"target": target[:80]})


def _part(archive: ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        raise BadZipFile
    with archive.open(name) as part:
        return part.read(LARGEST_PART)


class _Elements:
    """The elements of an archive's parts of XML, which together have an end."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self._bytes, self._count = LARGEST_XML, MOST_ELEMENTS

    def of(self, name: str) -> Iterator[tuple[str, Attributes]]:
        """Read a part in the encoding that it has, as the program does that opens it."""
        begun, quiet = _Begun(), 0
        parser = XMLParser(target=begun)  # noqa: S314 # nosec B314 # no declaration of entities is let through
        with self.archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                self._bytes -= len(chunk)
                parser.feed(chunk)
                taken = self._counted(begun)
                quiet = 0 if taken else quiet + len(chunk)
                if quiet > LONGEST_TAG:
                    raise _bomb()
                yield from taken
        parser.close()
        yield from self._counted(begun)

    def _counted(self, begun: "_Begun") -> list[tuple[str, Attributes]]:
        taken = begun.take()
        self._count -= len(taken)
        if self._count < 0 or self._bytes < 0:
            raise _bomb()
        return taken


class _Begun:
    """Collects the elements that begin; keeps no tree."""

    def __init__(self) -> None:
        self._elements: list[tuple[str, Attributes]] = []
        self._depth = 0

    def doctype(self, *_declared: str | None) -> None:
        """Refuse what neither format has, and attacks need."""
        raise ValueError

    def start(self, tag: str, attributes: Attributes) -> None:
        """Keep an element; refuse what is nested without end."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise OverflowError
        self._elements.append((tag, attributes))

    def end(self, _tag: str) -> None:
        """Leave an element."""
        self._depth -= 1

    def close(self) -> None:
        """End the reading."""

    def take(self) -> list[tuple[str, Attributes]]:
        """Return what has begun since the last time."""
        taken, self._elements = self._elements, []
        return taken


_CHECKS = {DocumentType.DOCX: _check_docx, DocumentType.ODT: _check_odt}
