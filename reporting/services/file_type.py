"""What a file is, told by what it contains; its name and the type that a browser says are not believed."""

from typing import IO

from django.utils.translation import gettext as _

from reporting.models import DocumentType
from reporting.services.errors import refused
from reporting.services.marks import Mark
from reporting.services.office import office_type
from reporting.services.pdf import check_pdf


def file_type(file: IO[bytes], *, marks: frozenset[Mark]) -> DocumentType:
    """Return the type of a whole and harmless document; ``marks`` are those of all its bytes.

    Raise ValidationError, with a sentence, for everything else.
    """
    if Mark.VIRUS in marks:
        raise refused(_("This file looks infected: it contains the signature of a virus."))
    file.seek(0)
    start = file.read(8)
    if start.startswith(b"%PDF-"):
        check_pdf(file, marks=marks)
        return DocumentType.PDF
    if start.startswith(b"PK\x03\x04"):
        return office_type(file)
    if start == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise refused(
            _("This is an old Word file, or one locked by a password. Save it as DOCX, ODT or PDF.")
        )
    raise refused(_("This file is neither PDF nor DOCX nor ODT, whatever its name says."))
