"""What a file is, told by what it contains; its name and the type that a browser says are not believed."""

import struct
import zlib
from collections.abc import Iterator
from io import SEEK_END
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reporting.models import DocumentType
from reporting.services.marks import Mark, marks_in

LARGEST_UNPACKED = 400 * 1024 * 1024
LARGEST_PART = 4 * 1024 * 1024
# Room for some 20,000 parts; reading a larger directory would fill the memory.
LARGEST_DIRECTORY = 2 * 1024 * 1024
_CHUNK = 256 * 1024
_END_OF_DIRECTORY, _END_LENGTH, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS_OF_WORD = (b"macroenabled", b"vbaproject", b"activex")
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
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)


def file_type(file: IO[bytes], *, marks: frozenset[Mark]) -> DocumentType:
    """Return the type of a whole and harmless document; ``marks`` are those of all its bytes.

    Raise ValidationError, with a sentence, for everything else.
    """
    if Mark.VIRUS in marks:
        raise refused(_("This file looks infected: it contains the signature of a virus."))
    file.seek(0)
    start = file.read(8)
    if start.startswith(b"%PDF-"):
        _check_pdf(file, marks)
        return DocumentType.PDF
    if start.startswith(b"PK\x03\x04"):
        return _office_type(file)
    if start == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise refused(
            _("This is an old Word file, or one locked by a password. Save it as DOCX, ODT or PDF.")
        )
    raise refused(_("This file is neither PDF nor DOCX nor ODT, whatever its name says."))


def refused(reason: str) -> ValidationError:
    """Return the error that says what is wrong with a file."""
    return ValidationError(reason, code="document")


def _check_pdf(file: IO[bytes], marks: frozenset[Mark]) -> None:
    file.seek(max(0, file.seek(0, SEEK_END) - 2048))
    end = file.read()
    if b"startxref" not in end or b"%%EOF" not in end:
        raise refused(_("This file is damaged: the end of the PDF is missing."))
    if Mark.LOCKED in marks:
        raise refused(_("This file is locked. Save the PDF without a password or restrictions."))
    if Mark.SCRIPT in marks:
        raise refused(_("This PDF contains a script or starts a program. Save it without."))


def _office_type(file: IO[bytes]) -> DocumentType:
    try:
        _refuse_large_directory(file)
        with ZipFile(file) as archive:
            _refuse_strange_parts(archive)
            found = _type_of_parts(archive)
            _unpack(archive)
    except _DAMAGES as error:
        raise refused(_("This file is damaged and cannot be opened.")) from error
    return found


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
    if any(name.endswith(_PROGRAMS) for name in names):
        raise refused(_("This file contains a program."))


def _type_of_parts(archive: ZipFile) -> DocumentType:
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        return _check_docx(archive)
    if names[:1] == ["mimetype"] and _part(archive, "mimetype") == DocumentType.ODT.value.encode():
        return _check_odt(archive)
    raise refused(_("This file is neither PDF nor DOCX nor ODT, whatever its name says."))


def _check_docx(archive: ZipFile) -> DocumentType:
    types = _part(archive, "[Content_Types].xml").lower()
    everything = types + "\n".join(archive.namelist()).lower().encode()
    if any(sign in everything for sign in _MACROS_OF_WORD):
        raise refused(_("This file contains macros. Save it as a document without macros."))
    if _WORD not in types:
        raise refused(
            _("This is an office file, but no text document. Save it as DOCX, ODT or PDF.")
        )
    return DocumentType.DOCX


def _check_odt(archive: ZipFile) -> DocumentType:
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.namelist()):
        raise refused(_("This file contains macros. Save it as a document without macros."))
    if b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
        raise refused(_("This file is locked by a password."))
    return DocumentType.ODT


def _part(archive: ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        raise BadZipFile
    with archive.open(name) as part:
        return part.read(LARGEST_PART)


def _unpack(archive: ZipFile) -> None:
    """Read every part once, which checks its sum, and keep nothing."""
    if Mark.VIRUS in marks_in(_unpacked(archive)):
        raise refused(_("This file looks infected: it contains the signature of a virus."))


def _unpacked(archive: ZipFile) -> Iterator[bytes]:
    room = LARGEST_UNPACKED
    for info in archive.infolist():
        with archive.open(info) as part:
            while chunk := part.read(_CHUNK):
                room -= len(chunk)
                if room < 0:
                    raise refused(_("This file unpacks to far more than a document holds."))
                yield chunk
