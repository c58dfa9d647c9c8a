"""Days that lie out of bounds are refused, whichever way they come in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DateField, DateTimeField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.models.dates import long_date
from reporting.models.fields import PartialDateField
from reporting.rules.partial_date import PartialDate
from reporting.rules.plausible import (
    DUE_WITHIN_YEARS,
    PLANNED_WITHIN_YEARS,
    Slip,
    slips,
)
from reporting.rules.regimes import ADOPTED_ON


def refuse_implausible(row: Any, *, treaty: str, as_at: date) -> None:
    """Raise ValidationError, at their fields, for the days of a fact or a session out of bounds."""
    days = {
        field.name: day
        for field in row._meta.concrete_fields  # noqa: SLF001 - Django's documented name
        if _is_day(field) and (day := getattr(row, field.name))
    }
    if found := implausible(days, treaty=treaty, as_at=as_at):
        raise ValidationError(
            {name: ValidationError(text, code="implausible") for name, text in found.items()}
        )


def _is_day(field: Any) -> bool:
    is_day = isinstance(field, PartialDateField | DateField)
    return is_day and not isinstance(field, DateTimeField)


def implausible(given: Mapping[str, Any], *, treaty: str, as_at: date) -> dict[str, str]:
    """Return what is wrong with the days among the values, by the name of the field."""
    days = {name: day for name, day in given.items() if isinstance(day, PartialDate | date)}
    decided = days.get("decided_on") or days.get("adopted_on")
    decided_on = decided.last_day if isinstance(decided, PartialDate) else as_at
    found = slips(days, treaty=treaty, decided_on=decided_on, as_at=as_at)
    return {name: _sentence(slip, treaty) for name, slip in found}


def _sentence(slip: Slip, treaty: str) -> str:
    if slip is Slip.BEFORE_THE_TREATY:
        text = _("This lies before the treaty was adopted, on %(day)s. Check the year.")
        return text % {"day": long_date(ADOPTED_ON[treaty])}
    if slip is Slip.DUE_TOO_LATE:
        text = ngettext(
            "A due date lies at most %(years)s year after the decision. Check the year.",
            "A due date lies at most %(years)s years after the decision. Check the year.",
            DUE_WITHIN_YEARS,
        )
        return text % {"years": DUE_WITHIN_YEARS}
    text = ngettext(
        "This lies more than %(years)s year ahead. Check the year.",
        "This lies more than %(years)s years ahead. Check the year.",
        PLANNED_WITHIN_YEARS,
    )
    return text % {"years": PLANNED_WITHIN_YEARS}
