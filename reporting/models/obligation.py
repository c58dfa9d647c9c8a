"""The obligations: derived from the facts, kept as spans of time."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reporting.models.fields import PartialDateField
from reporting.models.state_party import StateParty, on_record
from reporting.models.submission import Submission, SubmissionStatus
from reporting.rules import obligation as rules
from reporting.rules.partial_date import PartialDate
from reporting.rules.status import Band, Standing, Status, band_since, soon_until, status
from reporting.rules.wording import ANSWER_A_PRIOR_LIST, Explanation, Reason, report_name


class Kind(models.TextChoices):
    """What is owed; the values are those of the date engine."""

    REPORT = rules.Kind.REPORT.value, _("report")
    ADDITIONAL_REPORT = rules.Kind.ADDITIONAL_REPORT.value, _("additional report")
    FOLLOW_UP = rules.Kind.FOLLOW_UP.value, _("follow-up")
    REPLIES = rules.Kind.REPLIES.value, _("replies to a list of issues")


def kind_in_words(kind: str, reason: str) -> str:
    """Name what is owed; replies to a list of issues prior to reporting, which are the report, as such."""
    if reason in ANSWER_A_PRIOR_LIST:
        return gettext("replies to a list of issues prior to reporting")
    return str(Kind(kind).label)


class Basis(models.TextChoices):
    """On what a due date rests; the values are those of the date engine."""

    TREATY = rules.Basis.TREATY.value, _("treaty")
    COMMITTEE = rules.Basis.COMMITTEE.value, _("Committee")
    ESTIMATE = rules.Basis.ESTIMATE.value, _("estimate")
    NONE = rules.Basis.NONE.value, _("no date")


class Closure(models.TextChoices):
    """How an obligation ended; the values are those of the date engine."""

    MET = rules.Closure.MET.value, _("met")
    CONSIDERED_IN_ABSENCE = rules.Closure.CONSIDERED_IN_ABSENCE.value, _("considered in absence")
    SUPERSEDED = rules.Closure.SUPERSEDED.value, _("superseded")
    LAPSED = rules.Closure.LAPSED.value, _("lapsed")
    WITHDRAWN = rules.Closure.WITHDRAWN.value, _("withdrawn")


def is_confirmed(closed_as: str | None, receipt: str | None) -> bool | None:
    """Say of what was met whether the secretariat has confirmed by now that it came.

    ``receipt`` is how the submission stands that met it; ``None`` where none did.
    """
    if closed_as != Closure.MET or not receipt:
        return None
    return receipt == SubmissionStatus.RECEIVED


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """The questions that pages ask, each for a day."""

    def arisen(self, *, as_at: date) -> Self:
        """Keep what had arisen by that day, closed or not."""
        return self.filter(arises_on__lte=as_at)

    def open(self, *, as_at: date) -> Self:
        """Keep what had arisen and was not yet closed on that day."""
        still_open = Q(closed_on__isnull=True) | Q(closed_on__gt=as_at)
        return self.arisen(as_at=as_at).filter(still_open)

    def with_status(self, *, as_at: date) -> Self:
        """Annotate ``status_as_at`` by the same rules as ``rules.status``."""
        return self.annotate(status_as_at=_status_case(as_at))

    def with_reports_on_record(self) -> Self:
        """Keep what is owed by a State party of which it is known what it has sent."""
        return self.filter(on_record("state_party__"))

    def overdue(self, *, as_at: date) -> Self:
        """Keep what was open and overdue on that day."""
        return self.open(as_at=as_at).filter(_overdue(as_at))

    def unconfirmed(self, *, as_at: date) -> Self:
        """Keep what was met by that day by something whose receipt nobody has confirmed to this day."""
        met = self.filter(closed_as=Closure.MET, closed_on__lte=as_at)
        return met.filter(submission__status=SubmissionStatus.FILED)

    def backlog(self, *, as_at: date) -> Self:
        """Keep the reports that had been received and were not yet considered on that day."""
        received = Q(closed_as=Closure.MET, closed_on__lte=as_at, submission__isnull=False)
        waiting = Q(considered_on__isnull=True) | Q(considered_on__gt=as_at)
        return self.filter(received & waiting, kind=Kind.REPORT)

    def in_band(self, band: Band, *, as_at: date) -> Self:
        """Keep what had been overdue on that day for that span of years."""
        longest, shortest = band_since(band, as_at=as_at)
        overdue = self.overdue(as_at=as_at).filter(due_by__lte=shortest)
        return overdue if longest is None else overdue.filter(due_by__gt=longest)


def _overdue(as_at: date) -> Q:
    passed = Q(due_by__lt=as_at) & ~Q(basis=Basis.ESTIMATE)
    return passed & (Q(awaiting_since__isnull=True) | Q(awaiting_since__gt=as_at))


def _status_case(as_at: date) -> Case:
    conditions: list[tuple[Q, Status | F]] = [
        (Q(closed_on__lte=as_at), F("closed_as")),
        (Q(due_by__isnull=True), Status.NO_DATE),
        (Q(basis=Basis.ESTIMATE), Status.UNCONFIRMED),
        (_overdue(as_at), Status.OVERDUE),
        (Q(due_by__lt=as_at), Status.AWAITING_CONSIDERATION),
        (Q(due_from__lte=soon_until(as_at)), Status.DUE_SOON),
    ]
    return Case(
        *(
            When(condition, then=value if isinstance(value, F) else Value(value.value))
            for condition, value in conditions
        ),
        default=Value(Status.UPCOMING.value),
        output_field=models.CharField(),
    )


def _pk(ref: str) -> int | None:
    return int(ref.rpartition("-")[2]) if ref else None


class Obligation(models.Model):
    """A duty of a State party with its due date and the reason for it.

    Derived: ``services.timetable.refresh`` alone writes it, and can build it again from the facts.
    """

    state_party = models.ForeignKey(
        StateParty, models.CASCADE, verbose_name=_("State party"), related_name="obligations"
    )
    key = models.CharField(_("key"), max_length=100)
    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    first_report = models.PositiveSmallIntegerField(_("first report"), null=True)
    last_report = models.PositiveSmallIntegerField(_("last report"), null=True)
    due_on = PartialDateField(_("due on"), null=True)
    due_from = models.DateField(_("first day that it can be due"), null=True)
    due_by = models.DateField(_("last day that it can be due"), null=True)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices)
    source = models.TextField(_("source"))
    reason = models.CharField(_("reason"), max_length=40)
    places = models.JSONField(_("what stands in the reason"), default=dict)
    arises_on = models.DateField(_("arises on"))
    closed_on = models.DateField(_("closed on"), null=True)
    closed_as = models.CharField(_("closed as"), max_length=30, choices=Closure.choices, blank=True)
    closed_by = models.TextField(_("closed by"), blank=True)
    submission = models.ForeignKey(
        Submission,
        models.SET_NULL,
        verbose_name=_("submission that met it"),
        related_name="obligations",
        null=True,
    )
    received_on = PartialDateField(_("received on"), null=True)
    considered_on = models.DateField(_("considered on"), null=True)
    awaiting_since = models.DateField(_("an earlier report waits since"), null=True)
    # Of the planning of alerts, not of the facts: whatever changes the alerts puts it back.
    look_on = models.DateField(_("day on which an alert may be due"), default=date.min)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        ordering = ["state_party", "arises_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["state_party", "key"], name="obligation_key_once"),
            models.CheckConstraint(
                name="obligation_due_days_go_with_date",
                condition=Q(due_on__isnull=True, due_from__isnull=True, due_by__isnull=True)
                | Q(due_on__isnull=False, due_by__gte=F("due_from")),
            ),
            models.CheckConstraint(
                name="obligation_without_date_has_no_basis",
                condition=Q(due_on__isnull=True, basis=Basis.NONE)
                | (Q(due_on__isnull=False) & ~Q(basis=Basis.NONE)),
            ),
            models.CheckConstraint(
                name="obligation_closed_with_reason",
                condition=Q(closed_on__isnull=True, closed_as="")
                | (Q(closed_on__isnull=False) & ~Q(closed_as="")),
            ),
        ]
        indexes = [
            models.Index(fields=["closed_on", "arises_on"], name="obligation_open"),
            models.Index(fields=["look_on"], name="obligation_look"),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def columns(value: rules.Obligation) -> dict[str, Any]:
        """Return what the columns hold for an obligation of the date engine."""
        due = value.due
        return {
            "kind": value.kind.value,
            "first_report": value.first,
            "last_report": value.last,
            "due_on": due,
            "due_from": due and due.first_day,
            "due_by": due and due.last_day,
            "basis": value.basis.value,
            "source": value.source,
            "reason": value.explanation.reason.value,
            "places": dict(value.explanation.places),
            "arises_on": value.arises_on,
            "closed_on": value.closed_on,
            "closed_as": value.closed_as.value if value.closed_as else "",
            "closed_by": value.closed_by,
            "submission_id": _pk(value.submission),
            "received_on": value.received,
            "considered_on": value.considered_on,
            "awaiting_since": value.awaiting_since,
        }

    def as_value(self) -> rules.Obligation:
        """Return the obligation as the date engine gave it."""
        return rules.Obligation(
            key=self.key,
            kind=rules.Kind(self.kind),
            first=self.first_report,
            last=self.last_report,
            due=self.due_on,
            basis=rules.Basis(self.basis),
            source=self.source,
            explanation=Explanation(Reason(self.reason), self.places),
            arises_on=self.arises_on,
            closed_on=self.closed_on,
            closed_as=rules.Closure(self.closed_as) if self.closed_as else None,
            closed_by=self.closed_by,
            submission=f"submission-{self.submission_id}" if self.submission_id else "",
            received=self.received_on,
            considered_on=self.considered_on,
            awaiting_since=self.awaiting_since,
        )

    def is_open(self, *, as_at: date) -> bool:
        """Whether it had arisen and was not yet closed on that day."""
        return self.arises_on <= as_at and not (self.closed_on and self.closed_on <= as_at)

    @property
    def firm_date(self) -> PartialDate | None:
        """Its due date, unless that is an estimate which the Committee has yet to confirm."""
        return None if self.basis == Basis.ESTIMATE else self.due

    def standing(self, *, as_at: date) -> Standing:
        """Return how it stands on that day."""
        return status(self, as_at=as_at)

    @property
    def origin(self) -> tuple[str, int] | None:
        """The fact that its date rests on, as its kind and number; none where it is the treaty."""
        kind, _dash, number = self.key.split("/")[-1].rpartition("-")
        if not kind:  # the key of a repeated duty ends in its count
            kind, _dash, number = self.key.split("/")[-2].rpartition("-")
        return (kind, int(number)) if kind else None

    @property
    def due(self) -> PartialDate | None:
        """The due date, by the name that the date engine has for it."""
        due: PartialDate | None = self.due_on
        return due

    @property
    def received(self) -> PartialDate | None:
        """The day of receipt, by the name that the date engine has for it."""
        received: PartialDate | None = self.received_on
        return received

    @property
    def duty(self) -> str:
        """What names it in calendars for ever: it stays when the date moves.

        A report keeps its name also where the Committee sets a date instead of the treaty's.
        """
        return f"report/{self.last_report}" if self.kind == Kind.REPORT else self.key

    @property
    def under(self) -> str:
        """The code of the treaty under which it is owed."""
        return self.state_party.treaty.code

    @property
    def title(self) -> str:
        """What is owed, as a reader says it: "second periodic report"."""
        kind = kind_in_words(self.kind, self.reason)
        if self.first_report is None or self.last_report is None:
            return kind
        name = report_name(self.first_report, self.last_report, translate=gettext)
        if self.kind == Kind.REPORT:
            return name
        return gettext("%(kind)s on the %(report)s") % {
            "kind": kind,
            "report": name,
        }
