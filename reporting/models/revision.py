"""Marks that change whenever what they stand for does, so that what was counted can be remembered."""

from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

# What there is a mark of: the obligations and the facts behind them; and what was looked at, planned
# and acknowledged of their alerts.
OBLIGATIONS, ALERTS = 1, 2


class RevisionManager(models.Manager["Revision"]):
    """One row for each thing that there is a mark of."""

    def of(self, what: int = OBLIGATIONS) -> "Revision | None":
        """Return the row; ``None`` before anything was written."""
        return self.filter(pk=what).first()

    def current(self, what: int = OBLIGATIONS) -> UUID | None:
        """Return the mark of what it holds now; ``None`` before anything was written."""
        return self.filter(pk=what).values_list("mark", flat=True).first()

    def renew(self, what: int = OBLIGATIONS) -> None:
        """Say that it was written; call it in the same transaction.

        Of alerts at the end of it: a planning that holds the mark must wait for nobody.
        """
        self.update_or_create(pk=what, defaults={"mark": uuid4()})


class Revision(models.Model):
    """Which state of them this is; two different states never share a mark."""

    mark = models.UUIDField(_("mark"))
    renewed_at = models.DateTimeField(_("renewed at"), auto_now=True)

    objects: ClassVar[RevisionManager] = RevisionManager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")

    def __str__(self) -> str:
        return str(self.mark)
