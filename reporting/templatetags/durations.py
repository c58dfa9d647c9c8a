"""Spans of time in words."""

from datetime import date

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from reporting.models.dates import duration

register = template.Library()
_MONTH = 31


@register.filter
def late_by(due_by: date, as_at: date) -> str:
    """Say by how much something is late on that day, or how much time is left."""
    if due_by < as_at:
        return duration(due_by, as_at)
    if due_by == as_at:
        return gettext("due this day")
    return gettext("%(duration)s left") % {"duration": duration(as_at, due_by)}


@register.filter
def days(count: int) -> str:
    """Say a number of days, without its sign."""
    said = {"days": grouped(abs(count))}
    return ngettext("%(days)s day", "%(days)s days", abs(count)) % said


@register.filter
def is_more_than_days(count: int | None) -> bool:
    """Whether so many days are otherwise said in months and years."""
    return abs(count or 0) > _MONTH


@register.filter
def grouped(number: int) -> str:
    """Return the number as it is read: 25,000."""
    return str(number_format(number, force_grouping=True))
