"""What the Committee decided and asked for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reporting.models.fact import COUNTS_FROM, ReportFact, ordinals_constraint, session_index
from reporting.models.fields import PartialDateField
from reporting.models.review import Review
from reporting.models.state_party import StateParty
from reporting.rules import facts


class DecisionKind(models.TextChoices):
    """What a decision is about; the values are those of the date engine."""

    NEXT_REPORT_DUE = facts.DecisionKind.NEXT_REPORT_DUE.value, _("next report due")
    ADDITIONAL_REPORT = facts.DecisionKind.ADDITIONAL_REPORT.value, _("additional report")
    FOLLOW_UP = facts.DecisionKind.FOLLOW_UP.value, _("follow-up")
    LIST_OF_ISSUES = facts.DecisionKind.LIST_OF_ISSUES.value, _("list of issues")
    LIST_OF_ISSUES_PRIOR = (
        facts.DecisionKind.LIST_OF_ISSUES_PRIOR.value,
        _("list of issues prior to reporting"),
    )


class CommitteeDecision(ReportFact):
    """A due date that the Committee set, or a request for something beside the cycle."""

    state_party = models.ForeignKey(
        StateParty, models.CASCADE, verbose_name=_("State party"), related_name="decisions"
    )
    kind = models.CharField(_("kind"), max_length=40, choices=DecisionKind.choices)
    decided_on = PartialDateField(_("decided or issued on"), null=True, blank=True)
    due_on = PartialDateField(_("due on"), null=True, blank=True)
    to_be_communicated = models.BooleanField(_("date to be communicated"), default=False)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    paragraph = models.CharField(_("paragraph"), max_length=20, blank=True)
    text = models.TextField(_("words of the document"), blank=True)
    review = models.ForeignKey(
        Review,
        models.CASCADE,
        verbose_name=_("review that it came from"),
        related_name="decisions",
        null=True,
        blank=True,
    )
    session = models.PositiveSmallIntegerField(
        _("session that its date hangs on"), null=True, blank=True
    )
    withdrawn_on = PartialDateField(_("withdrawn on"), null=True, blank=True)
    history = HistoricalRecords(excluded_fields=[COUNTS_FROM])

    objects: ClassVar[models.Manager["CommitteeDecision"]] = models.Manager()

    class Meta:
        verbose_name = _("decision of the Committee")
        verbose_name_plural = _("decisions of the Committee")
        ordering = ["state_party", "first_report", "last_report", "pk"]
        constraints = [
            ordinals_constraint("decision"),
            models.CheckConstraint(
                name="decision_date_or_to_be_communicated",
                condition=models.Q(due_on__isnull=True) | models.Q(to_be_communicated=False),
                violation_error_message=_(
                    "A due date cannot be set and be still to be communicated."
                ),
            ),
        ]
        indexes = [session_index("decision")]

    def __str__(self) -> str:
        return self.named()

    def as_fact(self) -> facts.Decision:
        """Return the decision as the date engine wants it."""
        return facts.Decision(
            **self.common(),
            kind=facts.DecisionKind(self.kind),
            decided_on=self.decided_on,
            due_on=self.due_on,
            to_be_communicated=self.to_be_communicated,
            symbol=self.symbol,
            paragraph=self.paragraph,
            review=f"review-{self.review_id}" if self.review_id else "",
            withdrawn_on=self.withdrawn_on,
        )
