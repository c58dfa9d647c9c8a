"""Common core documents: what a State says once, for all the Committees to which it reports."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reporting.models.fields import PartialDateField
from reporting.models.state_fact import StateFact


class CoreDocument(StateFact):
    """The first part of every report of a State, which is no report by itself and never due."""

    symbol = models.CharField(_("symbol"), max_length=60)
    dated_on = PartialDateField(_("date of the document"))
    history = HistoricalRecords()

    objects: ClassVar[models.Manager["CoreDocument"]] = models.Manager()

    class Meta:
        verbose_name = _("common core document")
        verbose_name_plural = _("common core documents")
        ordering = ["state", "-dated_on", "-pk"]
        constraints = [models.UniqueConstraint("state", "symbol", name="core_document_once")]

    def __str__(self) -> str:
        return self.symbol
