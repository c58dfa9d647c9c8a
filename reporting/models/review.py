"""The considerations of a State party by the Committee."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reporting.models.fact import COUNTS_FROM, ReportFact, ordinals_constraint, session_index
from reporting.models.fields import PartialDateField
from reporting.models.state_party import StateParty
from reporting.rules import facts


class Review(ReportFact):
    """A dialogue, or a review in the absence of a report, with its concluding observations."""

    state_party = models.ForeignKey(
        StateParty, models.CASCADE, verbose_name=_("State party"), related_name="reviews"
    )
    session = models.PositiveSmallIntegerField(_("session"), null=True, blank=True)
    dialogue_from = PartialDateField(_("first day of the dialogue"), null=True, blank=True)
    dialogue_to = PartialDateField(_("last day of the dialogue"), null=True, blank=True)
    in_absence = models.BooleanField(_("in the absence of a report"), default=False)
    symbol = models.CharField(_("symbol of the concluding observations"), max_length=60, blank=True)
    adopted_on = PartialDateField(
        _("adoption of the concluding observations"), null=True, blank=True
    )
    distributed_on = PartialDateField(
        _("distribution of the concluding observations"), null=True, blank=True
    )
    history = HistoricalRecords(excluded_fields=[COUNTS_FROM])

    objects: ClassVar[models.Manager["Review"]] = models.Manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["state_party", "first_report", "last_report", "pk"]
        constraints = [ordinals_constraint("review")]
        indexes = [session_index("review")]

    def __str__(self) -> str:
        return self.named()

    def as_fact(self) -> facts.Review:
        """Return the review as the date engine wants it."""
        return facts.Review(
            **self.common(),
            session=self.session,
            dialogue_from=self.dialogue_from,
            dialogue_to=self.dialogue_to,
            in_absence=self.in_absence,
            symbol=self.symbol,
            adopted_on=self.adopted_on,
        )
