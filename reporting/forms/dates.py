"""Dates in the sentences of forms."""

from django.utils.formats import date_format

from reporting.rules.partial_date import PartialDate

_PATTERNS = {True: "j F Y", False: "F Y"}


def say_date(day: PartialDate) -> str:
    """Say a date in words, as precise as it is."""
    if day.month is None:
        return f"{day.year}"
    return date_format(day.first_day, _PATTERNS[day.day is not None])
