"""What every fact row has: its source, its history, the day on which it was put on record."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reporting.models.dates import long_date
from reporting.models.language import language_name
from reporting.models.sentences import source_in_words, translated
from reporting.models.text import StraightTexts, straight
from reporting.rules import facts
from reporting.rules.partial_date import PartialDate
from reporting.rules.wording import report_name

REASON_LENGTH = 100
# The derived column of a fact, which its history leaves out.
COUNTS_FROM = "counts_from"
_OF_NO_INTEREST = {"id", "recorded_on", "draft", COUNTS_FROM}


def in_words(field: Any, value: Any) -> str:
    """Say the value of a field as a reader knows it: its choice, yes or no, the row it points to."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, PartialDate | dt.date):
        return long_date(value)
    if field.remote_field:
        row = field.remote_field.model.objects.filter(pk=value).first()
        return str(row) if row else gettext("a row that is no longer there")
    if isinstance(value, list):
        return ", ".join(map(language_name, value))  # the one field that holds several
    said = str(dict(field.flatchoices).get(value, value))
    return source_in_words(said) if field.name == "source" else said


class Tracked(StraightTexts):
    """A row whose history says who changed what, and why."""

    _meta: Any
    history: Any

    def changed_by(self, person: Any, *, because: str = "") -> None:
        """Tell the history who changes this row next, and why."""
        self._history_user = person
        self._change_reason = straight(because)[:REASON_LENGTH] or None

    def differences(self, other: Self) -> Iterator[tuple[str, str, str]]:
        """Go through the fields in which the other row differs: name, words here, words there."""
        for field in self._meta.concrete_fields:
            here, there = getattr(self, field.attname), getattr(other, field.attname)
            if field.name not in _OF_NO_INTEREST and here != there:
                yield str(field.verbose_name), in_words(field, here), in_words(field, there)

    @property
    def version(self) -> int:
        """The number of its latest change, for whoever opens it to correct it."""
        latest: int = self.history.latest().pk
        return latest


class Fact(Tracked, models.Model):
    """A row that somebody recorded, with the document in which it was read."""

    source = models.TextField(_("source"), blank=True)
    note = models.TextField(_("note"), blank=True)
    accepted_because = models.TextField(
        _("accepted because"),
        blank=True,
        help_text=_("Why this fact stands although it contradicts another one."),
    )
    recorded_on = models.DateField(_("put on record on"))

    class Meta:
        abstract = True

    @property
    def ref(self) -> str:
        """The name by which the date engine and other facts know this row."""
        return f"{self._meta.model_name}-{self.pk}"

    def as_fact(self) -> facts.Fact:
        """Return the row as the date engine wants it."""
        raise NotImplementedError

    def clean(self) -> None:
        """Refuse a fact that is nonsense by itself."""
        try:
            self.as_fact()
        except facts.FactError as error:
            raise ValidationError(translated(error), code="contradiction") from error

    def common(self) -> dict[str, Any]:
        """Return what the engine wants to know of every fact."""
        return {
            "ref": self.ref,
            "source": self.source,
            "recorded_on": self.recorded_on,
            "accepted_because": self.accepted_because,
        }


class ReportFact(Fact):
    """A fact about one report of a State party, or about a run of them."""

    first_report = models.PositiveSmallIntegerField(_("first report"), null=True, blank=True)
    last_report = models.PositiveSmallIntegerField(_("last report"), null=True, blank=True)
    # Derived with the obligations (see ``rules.placing``); none where the engine leaves the fact out.
    counts_from = models.DateField(
        _("day from which it counts"), null=True, editable=False, db_index=True
    )

    class Meta:
        abstract = True

    def common(self) -> dict[str, Any]:
        """Add the ordinals."""
        return {**super().common(), "first": self.first_report, "last": self.last_report}

    @property
    def span(self) -> str:
        """The ordinals in the manner of document symbols: ``2`` or ``2-3``."""
        return facts.span(self.first_report, self.last_report)

    def named(self) -> str:
        """Name the fact as the date engine does; by its kind while what was typed is nonsense."""
        try:
            return translated(self.as_fact().name)
        except facts.FactError:
            return str(self._meta.verbose_name)

    @property
    def title(self) -> str:
        """The reports that it is about, as a reader says it; empty where it does not say."""
        if self.first_report is None or self.last_report is None:
            return ""
        return report_name(self.first_report, self.last_report, translate=gettext)


def ordinals_constraint(model: str) -> models.CheckConstraint:
    """Return the promise that the reports of a fact do not run backwards."""
    neither = models.Q(first_report__isnull=True, last_report__isnull=True)
    both = models.Q(first_report__gte=1, last_report__gte=models.F("first_report"))
    return models.CheckConstraint(
        name=f"{model}_reports_run_forward",
        condition=neither | both,
        violation_error_message=_(
            "The first report must be at least 1 and the last one not before it."
        ),
    )


def session_index(model: str) -> models.Index:
    """Return what finds the facts that hang on a session, by its number."""
    there = models.Q(session__isnull=False)
    return models.Index(fields=["session"], name=f"{model}_session", condition=there)
