"""Dates in the reader's language, each with its own precision."""

from datetime import datetime
from functools import lru_cache

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from reporting.models import Obligation
from reporting.models.dates import Day, long_date
from reporting.models.sentences import Quoted, source_in_words, translated
from reporting.rules.partial_date import PartialDate

register = template.Library()

register.filter(long_date)


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
def moment(at: datetime) -> SafeString:
    """Return the moment in words inside ``<time>``; moments are kept, and said, in UTC."""
    said = gettext("%(moment)s UTC") % {"moment": date_format(at, "DATETIME_FORMAT")}
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), said)


@register.filter
def quoted(said: str) -> str:
    """Return a source, marked as English where it is quoted in a page of another language."""
    if isinstance(said, Quoted):
        return format_html('<span lang="en" dir="ltr">{}</span>', said)
    return said


@register.filter
def source(stored: str) -> str:
    """Return a stored source in words, and marked like that."""
    return quoted(source_in_words(stored))


@register.filter
def explanation(obligation: Obligation) -> str:
    """Return the sentence that says why the obligation is due when it is."""
    return translated(obligation.as_value().explanation)
