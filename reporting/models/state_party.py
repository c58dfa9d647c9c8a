"""The States parties: a State bound by a treaty from its deposit on."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reporting.models.fact import Fact
from reporting.models.fields import PartialDateField
from reporting.models.state import State
from reporting.models.treaty import Treaty
from reporting.rules import facts
from reporting.rules.partial_date import PartialDate
from reporting.rules.timetable import in_force_on


class Action(models.TextChoices):
    """How a State became bound."""

    RATIFICATION = "ratification", _("ratification")
    ACCESSION = "accession", _("accession")
    SUCCESSION = "succession", _("succession")
    ACCEPTANCE = "acceptance", _("acceptance")


def on_record(of: str = "") -> models.Q:
    """Return what keeps the States parties whose reports are on record; ``of`` is the path to them.

    The secretariat says so of a whole treaty, and of one State party whoever acts for it.
    """
    whole = models.Q(**{f"{of}treaty__reports_on_record": True})
    return whole | models.Q(**{f"{of}on_record_as_at__isnull": False})


class StatePartyQuerySet(models.QuerySet["StateParty"]):
    """The questions that pages ask, each for a day."""

    def parties(self, *, as_at: date) -> Self:
        """Keep the States that had deposited by that day and had not left."""
        bound = self.filter(party_since__lte=as_at)
        return bound.exclude(denunciation_effective_on__lte=as_at)

    def with_reports_on_record(self) -> Self:
        """Keep those of which it is known what they have sent."""
        return self.filter(on_record())

    def without_reports_on_record(self) -> Self:
        """Keep those of which nobody knows what they have sent."""
        return self.exclude(on_record())


class StateParty(Fact):
    """The deposit of a State's instrument under one treaty, and how it left, if it did."""

    state = models.ForeignKey(
        State, models.PROTECT, verbose_name=_("State"), related_name="parties"
    )
    treaty = models.ForeignKey(
        Treaty, models.PROTECT, verbose_name=_("treaty"), related_name="parties"
    )
    action = models.CharField(_("action"), max_length=20, choices=Action.choices)
    signed_on = PartialDateField(_("signed on"), null=True, blank=True)
    deposited_on = PartialDateField(_("date of deposit"))
    entry_into_force_override = PartialDateField(
        _("entry into force, where it departs from the rule"), null=True, blank=True
    )
    entry_into_force_reason = models.TextField(_("reason for the departure"), blank=True)
    denunciation_notified_on = models.DateField(
        _("denunciation notified on"), null=True, blank=True
    )
    denunciation_effective_on = models.DateField(
        _("denunciation effective on"), null=True, blank=True
    )
    # The statement that what the State has sent under the treaty is on record, where the treaty lacks it.
    on_record_as_at = models.DateField(
        _("what it has sent is on record as at"), null=True, blank=True
    )
    on_record_stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("stated by"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    on_record_stated_at = models.DateTimeField(
        _("stated at"), null=True, blank=True, editable=False
    )
    party_since = models.DateField(_("State party since"), editable=False)
    folded_from = models.DateField(_("reports folded from"), null=True, editable=False)
    confidence = models.CharField(_("how sure this is"), max_length=20, blank=True)
    history = HistoricalRecords()

    objects = StatePartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("State party")
        verbose_name_plural = _("States parties")
        ordering = ["state", "treaty"]
        constraints = [
            models.UniqueConstraint(
                "state",
                "treaty",
                name="state_party_once",
                violation_error_message=_("This State is a party to this treaty already."),
            ),
            models.CheckConstraint(
                name="state_party_override_has_reason",
                condition=models.Q(entry_into_force_override__isnull=True)
                | ~models.Q(entry_into_force_reason=""),
                violation_error_message=_(
                    "An entry into force that departs from the treaty's rule needs its reason."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} ({self.treaty})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the day from which lists count the State: the last that the deposit can have."""
        self.party_since = self.deposited_on.last_day
        super().save(*args, **kwargs)

    def has_left(self, *, as_at: date) -> bool:
        """Whether its denunciation has taken effect by that day."""
        left = self.denunciation_effective_on
        return left is not None and left <= as_at

    def folds(self, *, as_at: date) -> bool:
        """Whether its periodic reports go into those under another treaty on that day."""
        return self.folded_from is not None and self.folded_from <= as_at

    @property
    def reports_on_record(self) -> bool:
        """Whether it is known what the State has sent: by the same rule as ``on_record``."""
        return self.treaty.reports_on_record or self.on_record_as_at is not None

    @property
    def entry_into_force(self) -> PartialDate:
        """The day on which the treaty binds the State."""
        return in_force_on(self.treaty.regime(), self.as_fact())

    def as_fact(self) -> facts.Deposit:
        """Return the deposit as the date engine wants it."""
        return facts.Deposit(
            **self.common(),
            action=self.action,
            deposited_on=self.deposited_on,
            entry_into_force_on=self.entry_into_force_override,
            entry_into_force_reason=self.entry_into_force_reason,
        )

    def denunciation(self) -> facts.Denunciation | None:
        """Return the denunciation as the date engine wants it."""
        if self.denunciation_effective_on is None:
            return None
        return facts.Denunciation(
            **{**self.common(), "ref": f"denunciation-{self.pk}"},
            effective_on=self.denunciation_effective_on,
            notified_on=self.denunciation_notified_on,
        )
