"""The sessions of the Committee."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from reporting.models.fact import Tracked
from reporting.models.treaty import Treaty

MOST_REVIEWS = 50


class Session(Tracked, models.Model):
    """A session of a Committee; reviews and reply dates hang on it by its number."""

    class Status(models.TextChoices):
        """What became of it."""

        PLANNED = "planned", pgettext_lazy("session", "planned")
        HELD = "held", pgettext_lazy("session", "held")
        CANCELLED = "cancelled", pgettext_lazy("session", "cancelled")

    treaty = models.ForeignKey(
        Treaty, models.PROTECT, verbose_name=_("treaty"), related_name="sessions"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PLANNED
    )
    # How many reviews it has room for; empty while that is not decided.
    capacity = models.PositiveSmallIntegerField(_("number of reviews"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)
    history = HistoricalRecords()

    objects: ClassVar[models.Manager["Session"]] = models.Manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["treaty", "number"]
        constraints = [
            models.UniqueConstraint(
                "treaty",
                "number",
                name="session_number_once",
                violation_error_message=_("This session is on record already."),
            ),
            models.CheckConstraint(
                name="session_runs_forward",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("A session cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="session_has_room",
                condition=models.Q(capacity__isnull=True)
                | models.Q(capacity__gte=1, capacity__lte=MOST_REVIEWS),
                violation_error_message=_("Write a number of reviews from 1 to 50, or none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.treaty} {self.number}"
