"""A mark that changes whenever an obligation does, so that what was counted can be remembered."""

from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

_ONLY = 1


class RevisionManager(models.Manager["Revision"]):
    """The one row there is."""

    def current(self) -> UUID | None:
        """Return the mark of what the obligations hold now; ``None`` before there were any."""
        return self.filter(pk=_ONLY).values_list("mark", flat=True).first()

    def renew(self) -> None:
        """Say that obligations were written; call it in the same transaction."""
        self.update_or_create(pk=_ONLY, defaults={"mark": uuid4()})


class Revision(models.Model):
    """Which state of the obligations this is; two different states never share a mark."""

    mark = models.UUIDField(_("mark"))
    renewed_at = models.DateTimeField(_("renewed at"), auto_now=True)

    objects: ClassVar[RevisionManager] = RevisionManager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")

    def __str__(self) -> str:
        return str(self.mark)
