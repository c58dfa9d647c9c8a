"""What a PDF may not be: cut, locked, scripted, carrying other files, or calling out by itself."""

from collections.abc import Iterator
from io import SEEK_END
from typing import IO, Any
from zipfile import is_zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from reporting.services.errors import refused
from reporting.services.marks import Mark, marks_in

LARGEST_UNPACKED = 100 * 1024 * 1024
# Of one stream: what is in it is read sign by sign, a second or more for each megabyte.
LARGEST_STREAM = 4 * 1024 * 1024
_BOUNDS = Configuration(
    zlib_maximum_output_length=LARGEST_STREAM,
    lzw_maximum_output_length=LARGEST_STREAM,
    run_length_maximum_output_length=LARGEST_STREAM,
    brotli_maximum_output_length=LARGEST_STREAM,
    disable_legacy_handling=True,
)
# Of the file itself, too, strings and gaps are read sign by sign; one of 2,000 pages takes 200,000 pieces.
MOST_PIECES = 1_000_000
_MOST_ACTIONS = 1000
# Some programs fill the last block of the disk.
_LONGEST_REST = 1024
# All that may happen without a click: the reader is led to a page.
_HARMLESS = {"/GoTo", "/Named"}


def check_pdf(file: IO[bytes], *, marks: frozenset[Mark]) -> None:
    """Raise ValidationError for a PDF that is not to be kept; ``marks`` are those of its bytes."""
    file.seek(max(0, file.seek(0, SEEK_END) - 2048))
    end = file.read()
    if b"startxref" not in end or b"%%EOF" not in end:
        raise refused(_("This file is damaged: the end of the PDF is missing."))
    if len(end.rpartition(b"%%EOF")[2]) > _LONGEST_REST or is_zipfile(file):
        raise refused(
            _(
                "Something else follows the end of this PDF. Open it, save it as a new PDF, and "
                "upload that one."
            )
        )
    try:
        with apply_configuration(_BOUNDS):
            reader = PdfReader(_Counted(file))  # type: ignore[arg-type] # all that it asks of a file
            is_locked = reader.is_encrypted
            found = marks if is_locked else marks | marks_in(_packed(reader)) | _opening(reader)
    # Whatever a library trips over in a forged or locked file.
    except (Exception, _TooManyPiecesError) as error:
        if Mark.LOCKED in marks:
            raise _locked() from error
        raise refused(
            _("This file is damaged. Open it, save it as a new PDF, and upload that one.")
        ) from error
    if is_locked:
        raise _locked()
    _refuse(found)


class _TooManyPiecesError(BaseException):
    """More was asked for than of an honest file; pypdf goes on after every Exception."""


class _Counted:
    """A file that is read no further where it is asked for more pieces than an honest one."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._left = MOST_PIECES

    def read(self, size: int = -1) -> bytes:
        """Read, and count."""
        self._left -= 1
        if self._left < 0:
            raise _TooManyPiecesError
        return self._file.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _locked() -> ValidationError:
    return refused(_("This file is locked. Save the PDF without a password or restrictions."))


def _refuse(found: frozenset[Mark]) -> None:
    if Mark.VIRUS in found:
        raise refused(_("This file looks infected: it contains the signature of a virus."))
    if Mark.SCRIPT in found:
        raise refused(_("This PDF contains a script or starts a program. Save it without."))
    if Mark.CARRIES in found:
        raise refused(
            _("This PDF carries other files. Take them out, and upload each beside the report.")
        )
    if Mark.CALLS in found:
        raise refused(
            _(
                "This PDF opens an address or another file, or sends a form. Print it to a new PDF, "
                "and upload that one."
            )
        )


def _packed(reader: PdfReader) -> Iterator[bytes]:
    """Unpack the streams in which objects are written, whose names no search of the bytes finds."""
    room = LARGEST_UNPACKED
    for number in sorted({stream for stream, _place in reader.xref_objStm.values()}):
        stream = reader.get_object(IndirectObject(number, 0, reader))
        if not isinstance(stream, StreamObject):
            raise TypeError(stream)
        content = stream.get_data()
        room -= len(content)
        if room < 0:
            raise OverflowError
        yield content


def _opening(reader: PdfReader) -> frozenset[Mark]:
    """Look at what happens without a click: when the document or a page opens, or is left."""
    root = _resolved(reader.trailer["/Root"])
    actions = [root.get("/OpenAction"), *_triggered(root)]
    for page in reader.pages:
        actions += _triggered(page)
    form = _resolved(root.get("/AcroForm"))
    is_scripted = isinstance(form, DictionaryObject) and "/XFA" in form
    found = {Mark.SCRIPT} if is_scripted else set()
    seen = 0
    while actions:
        action = _resolved(actions.pop())
        if isinstance(action, DictionaryObject):
            if action.get("/S") not in _HARMLESS:
                found.add(Mark.CALLS)
            following = _resolved(action.get("/Next"))
            actions += following if isinstance(following, ArrayObject) else [following]
        seen += 1
        if seen > _MOST_ACTIONS:
            raise OverflowError
    return frozenset(found)


def _triggered(owner: Any) -> list[Any]:
    triggers = _resolved(owner.get("/AA"))
    return [*triggers.values()] if isinstance(triggers, DictionaryObject) else []


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value
