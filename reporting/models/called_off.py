"""Due dates that stood in calendars until the facts no longer led to them there."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.models.fields import PartialDateField
from reporting.models.obligation import Basis, Kind, Obligation
from reporting.models.state_party import StateParty
from reporting.models.treaty import Treaty

if TYPE_CHECKING:
    from datetime import date


class CalledOff(models.Model):
    """What is left of an obligation that does not follow from the facts any more.

    Its row is gone, for it is not owed and was not. But programs that subscribe keep an entry that merely
    stays away, so they have to be told. ``services.timetable.refresh`` alone writes it.
    """

    state_party = models.ForeignKey(
        StateParty, models.CASCADE, verbose_name=_("State party"), related_name="called_off"
    )
    duty = models.CharField(_("name in calendars"), max_length=100)
    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=40)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices)
    first_report = models.PositiveSmallIntegerField(_("first report"), null=True)
    last_report = models.PositiveSmallIntegerField(_("last report"), null=True)
    due_on = PartialDateField(_("due on"))
    called_off_on = models.DateField(_("called off on"))

    objects: ClassVar[models.Manager["CalledOff"]] = models.Manager()

    class Meta:
        verbose_name = _("due date called off")
        verbose_name_plural = _("due dates called off")
        ordering = ["state_party", "duty"]
        constraints = [
            models.UniqueConstraint(fields=["state_party", "duty"], name="called_off_once"),
        ]

    def __str__(self) -> str:
        return self.duty

    @classmethod
    def of(cls, obligation: Obligation, *, on: "date") -> "CalledOff":
        """Return what is left of the obligation."""
        return cls(
            state_party_id=obligation.state_party_id,
            duty=obligation.duty,
            called_off_on=on,
            **{name: getattr(obligation, name) for name in _KEPT},
        )

    def as_obligation(self) -> Obligation:
        """Return what was owed, to name it by."""
        kept = {name: getattr(self, name) for name in _KEPT}
        return Obligation(state_party=self.state_party, due_by=self.due_on.last_day, **kept)


_KEPT = (
    "kind",
    "reason",
    "basis",
    "first_report",
    "last_report",
    "due_on",
)


class Unfolded(models.Model):
    """A report under a Convention that stood in the calendar of a protocol, and is not one under it any more.

    It is owed as before, so that nothing but this row says it to programs that follow the protocol
    alone. ``services.timetable.refresh`` alone writes it.
    """

    protocol = models.ForeignKey(
        Treaty, models.CASCADE, verbose_name=_("treaty"), related_name="unfolded"
    )
    obligation = models.ForeignKey(
        Obligation, models.CASCADE, verbose_name=_("obligation"), related_name="unfolded"
    )
    called_off_on = models.DateField(_("called off on"))

    objects: ClassVar[models.Manager["Unfolded"]] = models.Manager()

    class Meta:
        verbose_name = _("report no longer under a protocol")
        verbose_name_plural = _("reports no longer under a protocol")
        ordering = ["protocol", "obligation"]
        constraints = [
            models.UniqueConstraint(fields=["protocol", "obligation"], name="unfolded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.protocol}: {self.obligation}"
