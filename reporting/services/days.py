"""The days of one fact: what happened lies behind us, and one thing follows the other."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.models.dates import long_date
from reporting.models.fact import Fact
from reporting.rules.partial_date import PartialDate

_HAPPENED = (
    *("signed_on", "deposited_on", "denunciation_notified_on"),
    *("sent_on", "received_on", "adopted_on", "distributed_on", "decided_on", "withdrawn_on"),
)
_IN_ORDER = (
    ("sent_on", "received_on"),
    ("dialogue_from", "dialogue_to"),
    ("dialogue_from", "adopted_on"),
    ("adopted_on", "distributed_on"),
    ("adopted_on", "next_report_due"),
    ("adopted_on", "follow_up_due"),
    ("decided_on", "due_on"),
    ("decided_on", "withdrawn_on"),
)
_NAMES = {
    "dialogue_from": gettext_lazy("First day of the dialogue"),
    "adopted_on": gettext_lazy("Adopted on"),
    "decided_on": gettext_lazy("Decided or issued on"),
}
_SAID = {
    "received_on": gettext_lazy("%(day)s lies before the day on which it was sent, %(start)s."),
    "withdrawn_on": gettext_lazy("%(day)s lies before the decision of %(start)s."),
}


def refuse_days(fact: Fact, *, as_at: date) -> None:
    """Raise ValidationError, at their fields, for the days of a fact that cannot be."""
    if found := dict(day_doubts(vars(fact), as_at=as_at)):
        raise ValidationError(
            {name: ValidationError(text, code="days") for name, text in found.items()}
        )


def day_doubts(given: Mapping[str, Any], *, as_at: date) -> Iterator[tuple[str, str]]:
    """Go through what is wrong with the days among the values, by the name of the field."""
    for name in _HAPPENED:
        day = _partial(given.get(name))
        if day and day.first_day > as_at:
            text = _("%(day)s lies ahead: record it when it has happened.")
            yield name, text % {"day": long_date(day)}
    for earlier, later in _IN_ORDER:
        first, last = _partial(given.get(earlier)), _partial(given.get(later))
        if first and last and last.last_day < first.first_day:
            text = _("%(day)s lies before the date given for “%(earlier)s”, %(start)s.")
            places = {"day": long_date(last), "start": long_date(first)}
            yield later, str(_SAID.get(later, text)) % (places | {"earlier": _NAMES.get(earlier)})


def _partial(given: Any) -> PartialDate | None:
    if isinstance(given, date):
        return PartialDate.of(given)
    return given if isinstance(given, PartialDate) else None
