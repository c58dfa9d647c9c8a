"""What a ministry plans backwards from a due date."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.models.state_party import StateParty
from reporting.models.text import StraightTexts
from reporting.models.universal_review import UniversalReview


class Milestone(StraightTexts, models.Model):
    """A step of the preparation of a report, counted back from its due date.

    It hangs on the report and not on a date: when the due date moves, the step moves with it. The
    report is one under a treaty, or the national report for a cycle of the Universal Periodic Review.
    ``months_before`` is the house's plan, ``days_moved`` what the ministry changed; positive is later.
    """

    class Step(models.TextChoices):
        """The steps, with the months before the due date in the service that plans them."""

        START = "start", _("start; name the focal points")
        DATA = "data", _("request data")
        INPUTS = "inputs", _("inputs of the line ministries")
        DRAFT = "draft", _("consolidated draft")
        CONSULTATION = (
            "consultation",
            _("consultation with civil society and the national human rights institution"),
        )
        CLEARANCE = "clearance", _("clearance")
        TRANSLATION = "translation", _("translation and word count")
        SIGN_OFF = "sign-off", _("sign-off")

    state_party = models.ForeignKey(
        StateParty,
        models.CASCADE,
        verbose_name=_("State party"),
        related_name="milestones",
        null=True,
        blank=True,
    )
    report = models.PositiveSmallIntegerField(
        _("last report that it is for"), null=True, blank=True
    )
    universal_review = models.ForeignKey(
        UniversalReview,
        models.CASCADE,
        verbose_name=_("Universal Periodic Review"),
        related_name="milestones",
        null=True,
        blank=True,
    )
    step = models.CharField(_("step"), max_length=20, choices=Step.choices)
    months_before = models.PositiveSmallIntegerField(_("months before the due date"))
    days_moved = models.SmallIntegerField(_("moved by days"), default=0)
    owner = models.CharField(_("who does it"), max_length=200, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    # What calendars compare.
    changes = models.PositiveIntegerField(_("times changed"), default=0, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects: ClassVar[models.Manager["Milestone"]] = models.Manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["state_party", "report", "-months_before"]
        constraints = [
            models.UniqueConstraint("state_party", "report", "step", name="milestone_once"),
            models.UniqueConstraint("universal_review", "step", name="milestone_of_a_review_once"),
            models.CheckConstraint(
                name="milestone_of_one_report",
                condition=models.Q(
                    state_party__isnull=False, report__isnull=False, universal_review__isnull=True
                )
                | models.Q(
                    state_party__isnull=True, report__isnull=True, universal_review__isnull=False
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_step_display()
