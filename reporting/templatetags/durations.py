"""Spans of time in words."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django import template
from django.utils.translation import gettext, ngettext

register = template.Library()


def duration(first: date, last: date) -> str:
    """Say the time from one day to a later one: "3 years 5 months", "2 months", "12 days".

    Days are said only where there is no whole month.
    """
    span = relativedelta(last, first)
    parts: list[str] = []
    if span.years:
        parts.append(ngettext("%(years)s year", "%(years)s years", span.years))
    if span.months:
        parts.append(ngettext("%(months)s month", "%(months)s months", span.months))
    if not parts:
        parts.append(ngettext("%(days)s day", "%(days)s days", span.days))
    places = {"years": span.years, "months": span.months, "days": span.days}
    words = [part % places for part in parts]
    if len(words) == 1:
        return words[0]
    return gettext("%(years)s %(months)s") % {"years": words[0], "months": words[1]}


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
    return ngettext("%(days)s day", "%(days)s days", abs(count)) % {"days": abs(count)}
