"""Dates in the reader's language, each with its own precision."""

from datetime import date
from functools import lru_cache

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from reporting.models import Obligation
from reporting.rules.partial_date import PartialDate

register = template.Library()

# Where Django's own format shortens the month, or puts it before the day.
_DAY_FORMATS = {"en": "j F Y", "id": "j F Y"}
Day = PartialDate | date


@register.filter
def long_date(day: Day) -> str:
    """Return the date in words, as precise as it is: "1 September 2013", "November 2024", "2011"."""
    first = _first(day)
    if isinstance(day, PartialDate) and day.month is None:
        return f"{day.year}"
    if isinstance(day, PartialDate) and day.day is None:
        return formats.date_format(first, "YEAR_MONTH_FORMAT")
    language = (get_language() or "en").partition("-")[0]
    return formats.date_format(first, _DAY_FORMATS.get(language, "DATE_FORMAT"))


@register.filter
def when(day: Day) -> str:
    """Return the date as it stands alone: a bare year becomes "in 2011"."""
    if isinstance(day, PartialDate) and day.month is None:
        return gettext("in %(year)s") % {"year": day.year}
    return long_date(day)


@register.filter
def iso(day: Day) -> str:
    """Return the ISO form, cut to what is known."""
    return day.isoformat()


@register.filter
def timestamp(day: Day) -> SafeString:
    """Return the date in words inside ``<time>``, with its ISO form for machines and as a title."""
    return _timestamp(day, get_language() or "en")


@lru_cache(maxsize=4096)
def _timestamp(day: Day, _language: str) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', day.isoformat(), day.isoformat(), when(day)
    )


@register.filter
def explanation(obligation: Obligation) -> str:
    """Return the sentence that says why the obligation is due when it is."""
    return obligation.as_value().explanation.text(translate=gettext, say_date=long_date)


def _first(day: Day) -> date:
    return day.first_day if isinstance(day, PartialDate) else day
