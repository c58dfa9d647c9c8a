"""What became of obligations, for programs that are told: set, moved, lapsed, met."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from reporting.models.fields import PartialDateField
from reporting.models.obligation import Basis, Closure, Kind
from reporting.models.state_party import StateParty


class ObligationChange(models.Model):
    """Something that became of what a State owes; its number is its place in the order of all.

    ``obligation`` is the number of the row, which can be gone, and ``replaces`` that of the row whose
    place it took. A date that is an estimate is none here. Nothing changes a row that is written.
    """

    class What(models.TextChoices):
        """What became of it."""

        SET = "set", _("set")
        MOVED = "moved", _("moved")
        LAPSED = "lapsed", _("lapsed")
        MET = "met", _("met")

    state_party = models.ForeignKey(
        StateParty, models.CASCADE, verbose_name=_("State party"), related_name="+"
    )
    what = models.CharField(_("what is told"), max_length=10, choices=What.choices)
    at = models.DateTimeField(_("made at"), db_default=Now())
    obligation = models.BigIntegerField(_("obligation"))
    replaces = models.BigIntegerField(_("the id of the obligation whose place it took"), null=True)
    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    first_report = models.PositiveSmallIntegerField(_("first report"), null=True)
    last_report = models.PositiveSmallIntegerField(_("last report"), null=True)
    due_on = PartialDateField(_("due on"), null=True)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices)
    due_on_before = PartialDateField(_("where it moved: the date until then"), null=True)
    basis_before = models.CharField(_("basis"), max_length=20, choices=Basis.choices, blank=True)
    closed_as = models.CharField(_("closed as"), max_length=30, choices=Closure.choices, blank=True)
    # Codes of the protocols of which it is the report too, with a blank before and after each.
    also_under = models.CharField(_("also under"), max_length=100, blank=True, db_default="")

    objects: ClassVar[models.Manager["ObligationChange"]] = models.Manager()

    class Meta:
        verbose_name = _("change of an obligation")
        verbose_name_plural = _("changes of obligations")
        ordering = ["pk"]
        indexes = [models.Index(fields=["at"], name="obligation_change_at")]

    def __str__(self) -> str:
        return f"{self.what} {self.obligation}"


class Followed(models.Model):
    """Up to which day it has been looked what became of the obligations of a State party.

    ``services.timetable.refresh`` alone writes it.
    """

    state_party = models.OneToOneField(
        StateParty,
        models.CASCADE,
        verbose_name=_("State party"),
        related_name="followed",
        primary_key=True,
    )
    up_to = models.DateField(_("as at"))

    objects: ClassVar[models.Manager["Followed"]] = models.Manager()

    class Meta:
        verbose_name = _("obligations followed")
        verbose_name_plural = _("obligations followed")
        ordering = ["state_party"]

    def __str__(self) -> str:
        return str(self.up_to)
