"""What the States sent to the Committee."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reporting.models.decision import CommitteeDecision
from reporting.models.fact import COUNTS_FROM, ReportFact, ordinals_constraint, session_index
from reporting.models.fields import PartialDateField
from reporting.models.language import language_name
from reporting.models.state_party import StateParty
from reporting.rules import facts
from reporting.rules.partial_date import PartialDate
from reporting.rules.wording import report_name


class SubmissionKind(models.TextChoices):
    """What was sent; the values are those of the date engine."""

    REPORT = facts.SubmissionKind.REPORT.value, _("report")
    ADDITIONAL_REPORT = facts.SubmissionKind.ADDITIONAL_REPORT.value, _("additional report")
    FOLLOW_UP = facts.SubmissionKind.FOLLOW_UP.value, _("follow-up")
    REPLIES = facts.SubmissionKind.REPLIES.value, _("replies to a list of issues")


class SubmissionStatus(models.TextChoices):
    """How far a submission has come."""

    FILED = "filed", _("filed")
    RECEIVED = "received", _("received")
    RETURNED = "returned", _("returned")


class Procedure(models.TextChoices):
    """Under which procedure a State reports."""

    STANDARD = "standard", _("report, then list of issues and replies")
    SIMPLIFIED = (
        "simplified",
        _("the replies to the list of issues prior to reporting are the report"),
    )


class Submission(ReportFact):
    """A report, or an answer to a request, with the day on which it was received."""

    state_party = models.ForeignKey(
        StateParty, models.CASCADE, verbose_name=_("State party"), related_name="submissions"
    )
    kind = models.CharField(
        _("kind"),
        max_length=40,
        choices=SubmissionKind.choices,
        default=SubmissionKind.REPORT,
    )
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    received_on = PartialDateField(_("received on"), null=True, blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=SubmissionStatus.choices,
        default=SubmissionStatus.RECEIVED,
    )
    answers = models.ForeignKey(
        CommitteeDecision,
        models.CASCADE,
        verbose_name=_("request that it answers"),
        related_name="answers",
        null=True,
        blank=True,
    )
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    note_verbale = models.CharField(_("reference of the note verbale"), max_length=100, blank=True)
    procedure = models.CharField(
        _("procedure"), max_length=20, choices=Procedure.choices, default=Procedure.STANDARD
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    word_count = models.PositiveIntegerField(_("number of words"), null=True, blank=True)
    session = models.PositiveSmallIntegerField(
        _("session for which it is scheduled"), null=True, blank=True
    )
    returned_because = models.TextField(_("returned because"), blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("filed by"),
        related_name="filed",
        null=True,
        blank=True,
    )
    filed_at = models.DateTimeField(_("filed at"), null=True, blank=True)
    draft = models.UUIDField(
        _("form that it came from"), unique=True, null=True, blank=True, editable=False
    )
    history = HistoricalRecords(excluded_fields=[COUNTS_FROM])

    objects: ClassVar[models.Manager["Submission"]] = models.Manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["state_party", "first_report", "last_report", "pk"]
        constraints = [
            ordinals_constraint("submission"),
            models.CheckConstraint(
                name="submission_answers_a_request",
                condition=models.Q(kind=SubmissionKind.REPORT) | models.Q(answers__isnull=False),
                violation_error_message=_("Say which request this answers."),
            ),
            models.CheckConstraint(
                name="submission_filed_says_when_sent",
                condition=~models.Q(status=SubmissionStatus.FILED)
                | models.Q(sent_on__isnull=False),
                violation_error_message=_("Say when the report was sent."),
            ),
            models.CheckConstraint(
                name="submission_returned_says_why",
                condition=~models.Q(status=SubmissionStatus.RETURNED)
                | ~models.Q(returned_because=""),
                violation_error_message=_("Say why the report is returned."),
            ),
        ]
        indexes = [
            session_index("submission"),
            models.Index(
                fields=["sent_on"],
                name="submission_filed",
                condition=models.Q(status=SubmissionStatus.FILED),
            ),
        ]

    def __str__(self) -> str:
        return self.named()

    @property
    def name(self) -> str:
        """What it is, as a reader says it: "second periodic report"."""
        if self.first_report is None or self.last_report is None:
            return self.get_kind_display()
        report = report_name(self.first_report, self.last_report, translate=gettext)
        if self.kind == SubmissionKind.REPORT:
            return report
        names = {"kind": self.get_kind_display(), "report": report}
        return gettext("%(kind)s on the %(report)s") % names

    @property
    def language_names(self) -> list[str]:
        """Its languages in words."""
        return [language_name(code) for code in self.languages]

    @property
    def counts_as_received_on(self) -> PartialDate | None:
        """The day of receipt; until the secretariat has confirmed it, the day of sending."""
        received: PartialDate | None = self.received_on
        if received is None and self.status == SubmissionStatus.FILED and self.sent_on:
            return PartialDate.of(self.sent_on)
        return received

    def as_fact(self) -> facts.Submission:
        """Return the submission as the date engine wants it."""
        return facts.Submission(
            **self.common(),
            kind=facts.SubmissionKind(self.kind),
            symbol=self.symbol,
            received_on=self.counts_as_received_on,
            answers=f"committeedecision-{self.answers_id}" if self.answers_id else "",
        )
