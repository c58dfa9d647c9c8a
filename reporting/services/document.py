"""Documents: checked by what they contain, kept outside the web root, purged where nobody filed them."""

import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import PurePosixPath
from typing import IO, Any, TypeAlias
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting import permissions
from reporting.models import DocumentType, Language, StateParty, SubmissionDocument, User
from reporting.services.errors import NotAllowedError, refused
from reporting.services.fact import lock
from reporting.services.file_type import file_type
from reporting.services.marks import marks_in
from reporting.services.quota import refuse_beyond_quota
from reporting.services.scanner import refuse_infected
from reporting.services.text import plain

_log = logging.getLogger(__name__)
KEPT_DRAFTS = timedelta(days=7)
MOST_DOCUMENTS = 20
_LONGEST_NAME = 120
_SUFFIXES = {DocumentType.PDF: ".pdf", DocumentType.DOCX: ".docx", DocumentType.ODT: ".odt"}
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('<>:"|?*', "-"))


Upload: TypeAlias = "UploadedFile[Any]"


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that a person is filling in for a State party; its files wait under ``key``.

    Those of a request that may come twice at one moment wait under ``files`` instead, by themselves.
    """

    key: UUID
    state_party: StateParty
    by: User
    files: UUID | None = None

    @property
    def waits_under(self) -> UUID:
        """What its files wait under."""
        return self.files or self.key

    @property
    def documents(self) -> QuerySet[SubmissionDocument]:
        """Everything that came with this form, also what has been filed since."""
        return SubmissionDocument.objects.filter(draft=self.waits_under, uploaded_by=self.by)

    @property
    def waiting(self) -> QuerySet[SubmissionDocument]:
        """What waits to be filed."""
        return self.documents.filter(submission=None)


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that may be kept."""

    name: str
    media_type: DocumentType
    size: int
    sha256: str


def check(upload: Upload) -> Checked:
    """Look at all of an uploaded file; raise ValidationError where it may not be kept."""
    name = clean_name(upload.name or "")
    try:
        return _check(upload, name)
    except ValidationError as error:
        said = {"name": name, "problem": error.messages[0]}
        raise ValidationError(_("%(name)s: %(problem)s"), code="document", params=said) from error


def _check(upload: Upload, name: str) -> Checked:
    if not upload.size:
        raise refused(_("This file is empty."))
    if upload.size > settings.DOCUMENT_MAX_BYTES:
        raise refused(too_large())
    file: Any = upload.file
    digest = sha256()
    marks = marks_in(_hashed(upload, digest))
    found = file_type(file, marks=marks)
    if PurePosixPath(name).suffix.lower() != _SUFFIXES[found]:
        said = {"type": found.label, "suffix": _SUFFIXES[found]}
        raise refused(
            _("By its content this is a %(type)s file, and its name must end in %(suffix)s.") % said
        )
    refuse_infected(upload.chunks())
    return Checked(name, found, upload.size, digest.hexdigest())


def too_large() -> str:
    """Say how large a document may be."""
    most = filesizeformat(settings.DOCUMENT_MAX_BYTES)
    return _("This file is larger than %(most)s, which is the most that is taken.") % {"most": most}


def _hashed(upload: Upload, digest: Any) -> Iterator[bytes]:
    for chunk in upload.chunks():
        digest.update(chunk)
        yield chunk


def clean_name(name: str) -> str:
    r"""Return a name that can be shown and saved: no folders, no signs that turn or break a line.

    >>> clean_name("..\\..\\etc/Report\u202e of 2026?.PDF")
    'Report of 2026-.pdf'
    """
    last = PurePosixPath(plain(name).replace("\\", "/")).name.translate(_NOT_IN_NAMES)
    stem, suffix = PurePosixPath(last).stem, PurePosixPath(last).suffix.lower()
    stem = stem[:_LONGEST_NAME].strip(". ") or "document"
    return f"{stem}{suffix[:10]}"


def keep_document(
    *, draft: Draft, upload: Upload, language: str, now: datetime
) -> SubmissionDocument:
    """Keep an uploaded file for the form, once however often it is sent.

    Raise NotAllowedError, or ValidationError where the file is not one to keep.
    """
    if not permissions.may_act_for(draft.by, draft.state_party):
        raise NotAllowedError
    checked = check(upload)
    with transaction.atomic():
        lock(party=draft.state_party)
        same = draft.documents.filter(sha256=checked.sha256).first()
        if same:
            return same
        if draft.documents.count() >= MOST_DOCUMENTS:
            sentence = ngettext(
                "A report has at most %(most)s document here.",
                "A report has at most %(most)s documents here.",
                MOST_DOCUMENTS,
            )
            raise refused(sentence % {"most": MOST_DOCUMENTS})
        refuse_beyond_quota(state=draft.state_party.state, by=draft.by, size=checked.size)
        document = SubmissionDocument(
            draft=draft.waits_under,
            file=upload,
            language=language if language in Language.values else "",
            uploaded_by=draft.by,
            uploaded_at=now,
            **asdict(checked),
        )
        document.full_clean()
        _save(document)
    return document


def _save(document: SubmissionDocument) -> None:
    """Store file and row; raise ValidationError where the storage has no room or does not answer."""
    try:
        document.save()
    except OSError as error:
        _log.error("A document could not be stored: %s", error.strerror or error)
        sentence = _(
            "%(name)s: This file could not be stored; the storage is full or does not answer. "
            "Try again later."
        )
        raise refused(sentence % {"name": document.name}) from error


@transaction.atomic
def remove_document(*, draft: Draft, pk: int) -> None:
    """Take a file off a form that is still being filled in; what was filed stays."""
    for document in draft.waiting.filter(pk=pk):
        _delete(document)


@transaction.atomic
def purge_drafts(*, now: datetime) -> int:
    """Delete what was uploaded with forms that nobody sent for a week; return how many files."""
    old = SubmissionDocument.objects.filter(submission=None, uploaded_at__lt=now - KEPT_DRAFTS)
    orphans = list(old)
    for document in orphans:
        _delete(document)
    return len(orphans)


def purge_strays(*, now: datetime) -> int:
    """Delete files of last week or older that no row names; return how many.

    A process that ends between storing a file and recording it leaves one.
    """
    storage = SubmissionDocument.file.field.storage
    _folders, names = _listed(storage)
    known = set(SubmissionDocument.objects.values_list("file", flat=True))
    strays = [
        name
        for name in names
        if name not in known and storage.get_modified_time(name) < now - KEPT_DRAFTS
    ]
    for name in strays:
        storage.delete(name)
    return len(strays)


def _listed(storage: Storage) -> tuple[list[str], list[str]]:
    try:
        folders, names = storage.listdir("")
    except FileNotFoundError:  # nothing was ever stored
        return [], []
    return folders, names


def _delete(document: SubmissionDocument) -> None:
    """Delete the row, unless it was filed meanwhile, and then its file."""
    storage, name = document.file.storage, str(document.file.name)
    count, _rows = SubmissionDocument.objects.filter(pk=document.pk, submission=None).delete()
    if count:
        transaction.on_commit(lambda: storage.delete(name))


def opened(document: SubmissionDocument) -> IO[bytes]:
    """Open the file; raise FileNotFoundError where the storage has lost it."""
    file: IO[bytes] = document.file.storage.open(str(document.file.name))
    return file
