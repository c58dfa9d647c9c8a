"""Which report, or which State without one, the secretariat means to bring to which session."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reporting.models.fact import Tracked
from reporting.models.session import Session
from reporting.models.state_party import StateParty
from reporting.models.submission import Submission


class Assignment(Tracked, models.Model):
    """A plan, not a fact: no due date rests on it. Without a submission it is a review in absence."""

    session = models.ForeignKey(
        Session, models.PROTECT, verbose_name=_("session"), related_name="assignments"
    )
    state_party = models.ForeignKey(
        StateParty, models.CASCADE, verbose_name=_("State party"), related_name="assignments"
    )
    submission = models.OneToOneField(
        Submission,
        models.CASCADE,
        verbose_name=_("report"),
        related_name="assignment",
        null=True,
        blank=True,
    )
    history = HistoricalRecords()

    objects: ClassVar[models.Manager["Assignment"]] = models.Manager()

    class Meta:
        verbose_name = _("assignment to a session")
        verbose_name_plural = _("assignments to sessions")
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(
                "session",
                "state_party",
                condition=models.Q(submission__isnull=True),
                name="assignment_in_absence_once",
                violation_error_message=_("This State is planned for that session already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.state_party}, {self.session}"
