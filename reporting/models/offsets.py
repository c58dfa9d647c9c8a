"""When alerts go out, as an administrator has set it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.models import HistoricalRecords

from reporting.models.fact import Tracked
from reporting.models.obligation import Kind
from reporting.rules import obligation as rules
from reporting.rules.schedule import DEFAULT_OFFSETS, LONGEST_DAYS, Offsets


def clean_days(days: Any, *, least: int) -> None:
    """Raise ValidationError unless these are days in range, each once."""
    if not isinstance(days, list) or not all(type(day) is int for day in days):
        raise ValidationError(_("Write whole numbers of days."), code="whole")
    twice = sorted({day for day in days if days.count(day) > 1})
    if twice:
        message = _("%(day)s stands there twice: an alert goes out once.")
        raise ValidationError(message, code="twice", params={"day": twice[0]})
    for day in days:
        if not least <= day <= LONGEST_DAYS:
            message = _("%(day)s is out of range: write days from %(least)s to %(most)s.")
            params = {"day": day, "least": least, "most": LONGEST_DAYS}
            raise ValidationError(message, code="range", params=params)


def clean_before(days: Any) -> None:
    """Check the days before a due date, of which 0 is the day itself."""
    clean_days(days, least=0)


def clean_after(days: Any) -> None:
    """Check the days after a due date."""
    clean_days(days, least=1)


class OffsetsManager(models.Manager["AlertOffsets"]):
    """One row a kind, where an administrator has set one; the house's own else."""

    def by_kind(self) -> Mapping[str, Offsets]:
        """Return the offsets in force for every kind of obligation."""
        house = {kind.value: offsets for kind, offsets in DEFAULT_OFFSETS.items()}
        return house | {row.kind: row.as_value() for row in self.all()}


class AlertOffsets(Tracked, models.Model):
    """The days of the alerts for one kind of obligation."""

    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices, unique=True)
    before = models.JSONField(
        _("days before the due date"), default=list, blank=True, validators=[clean_before]
    )
    after = models.JSONField(
        _("days after the due date"), default=list, blank=True, validators=[clean_after]
    )
    every = models.PositiveSmallIntegerField(_("then every so many days"), default=0)
    until = models.PositiveSmallIntegerField(_("up to so many days after"), default=0)
    later = models.PositiveSmallIntegerField(_("and from there every so many days"), default=0)
    history = HistoricalRecords()

    objects: ClassVar[OffsetsManager] = OffsetsManager()

    class Meta:
        verbose_name = _("days of alerts")
        verbose_name_plural = _("days of alerts")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.get_kind_display()

    def clean(self) -> None:
        """Refuse a repetition that cannot be meant, and a kind of which nobody would ever hear."""
        errors: dict[str, Any] = {}
        for name in ("every", "until", "later"):
            if (getattr(self, name) or 0) > LONGEST_DAYS:
                said = ngettext(
                    "Write at most %(most)s day.", "Write at most %(most)s days.", LONGEST_DAYS
                )
                errors[name] = said % {"most": LONGEST_DAYS}
        every, until = self.every or 0, self.until or 0
        if until and not every:
            errors["every"] = _("Say every how many days, or leave the end of it empty.")
        elif every and until < every:
            errors["until"] = _("It never repeats: write a number of days from %(every)s on.") % {
                "every": every
            }
        if not (self.before or self.after or every or self.later):
            errors["before"] = _("Write at least one day: nobody would be told of such a date.")
        if errors:
            raise ValidationError(errors)

    @classmethod
    def of(cls, kind: str) -> "AlertOffsets":
        """Return the row of a kind; where nobody has set one, an unsaved one as the house has it."""
        row = cls.objects.filter(kind=kind).first()
        if row:
            return row
        house = DEFAULT_OFFSETS[rules.Kind(kind)]
        lists = {"before": list(house.before), "after": list(house.after)}
        return cls(kind=kind, every=house.every, until=house.until, later=house.later, **lists)

    def as_value(self) -> Offsets:
        """Return the offsets as the rules know them."""
        return Offsets(tuple(self.before), tuple(self.after), self.every, self.until, self.later)
