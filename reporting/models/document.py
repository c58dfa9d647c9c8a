"""The files of a report: kept outside the web root, told apart by what they contain."""

from pathlib import PurePosixPath
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.models.language import language_name
from reporting.models.submission import Submission

PRIVATE = "private"


def _storage() -> Storage:
    return storages[PRIVATE]


def _place(document: "SubmissionDocument", _name: str) -> str:
    """Return where the file is kept: never under a name that somebody sent."""
    suffix = PurePosixPath(document.name).suffix
    return f"{uuid4().hex}{suffix}"


class DocumentType(models.TextChoices):
    """The types of files that are taken; the values are media types."""

    PDF = "application/pdf", "PDF"
    DOCX = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "DOCX",
    )
    ODT = "application/vnd.oasis.opendocument.text", "ODT"


class SubmissionDocument(models.Model):
    """A file of a submission, or of a form that is still being filled in.

    ``draft`` is the form that it was uploaded with. Until that form is accepted there is no
    submission, and the file waits, so that an error in another field does not lose it.
    """

    submission = models.ForeignKey(
        Submission,
        models.CASCADE,
        verbose_name=_("submission"),
        related_name="documents",
        null=True,
        blank=True,
    )
    draft = models.UUIDField(_("form that it came with"), editable=False)
    file = models.FileField(_("file"), upload_to=_place, storage=_storage, max_length=200)
    name = models.CharField(_("name"), max_length=150)
    media_type = models.CharField(_("type"), max_length=100, choices=DocumentType.choices)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    language = models.CharField(_("language"), max_length=10, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("uploaded by"),
        related_name="uploads",
        null=True,
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))

    objects: ClassVar[models.Manager["SubmissionDocument"]] = models.Manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def language_name(self) -> str:
        """Its language in words."""
        return language_name(self.language)
