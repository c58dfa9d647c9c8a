"""The dates of a State in the Universal Periodic Review of the Human Rights Council."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reporting.models.fields import PartialDateField
from reporting.models.state_fact import StateFact
from reporting.rules.partial_date import PartialDate
from reporting.rules.universal_review import MOST_CYCLES, Step


class UniversalReview(StateFact):
    """One cycle of it: when the State reports and is reviewed, and when the outcome is adopted."""

    # Which column holds the day of each step.
    DAYS: ClassVar = {
        Step.REPORT: "report_due_on",
        Step.REVIEW: "reviewed_on",
        Step.OUTCOME: "adopted_on",
    }

    cycle = models.PositiveSmallIntegerField(_("cycle"))
    session = models.PositiveSmallIntegerField(
        _("session of the working group"), null=True, blank=True
    )
    report_due_on = PartialDateField(_("national report due"), null=True, blank=True)
    reviewed_on = PartialDateField(_("review"), null=True, blank=True)
    adopted_on = PartialDateField(_("adoption of the outcome"), null=True, blank=True)
    history = HistoricalRecords()

    objects: ClassVar[models.Manager["UniversalReview"]] = models.Manager()

    class Meta:
        verbose_name = _("Universal Periodic Review")
        verbose_name_plural = _("Universal Periodic Reviews")
        ordering = ["state", "-cycle"]
        constraints = [
            models.UniqueConstraint("state", "cycle", name="universal_review_once"),
            models.CheckConstraint(
                name="universal_review_has_a_cycle",
                condition=models.Q(cycle__gte=1, cycle__lte=MOST_CYCLES),
                violation_error_message=_("The first cycle has number 1."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Universal Periodic Review, cycle %(cycle)s") % {"cycle": self.cycle}

    @property
    def days(self) -> dict[Step, PartialDate]:
        """The days that are on record, by their step."""
        found = {step: getattr(self, name) for step, name in self.DAYS.items()}
        return {step: day for step, day in found.items() if day}
