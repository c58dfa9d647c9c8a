"""What is on record about a State beside its treaties; no due date under a treaty rests on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.models.fact import Tracked
from reporting.models.state import State


class StateFact(Tracked, models.Model):
    """A fact about a State, kept by its ministry and by the secretariat, with its history."""

    state = models.ForeignKey(State, models.CASCADE, verbose_name=_("State"))
    source = models.TextField(_("source"), blank=True)
    note = models.TextField(_("note"), blank=True)
    recorded_on = models.DateField(_("put on record on"))

    class Meta:
        abstract = True
