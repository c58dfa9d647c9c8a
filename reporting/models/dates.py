"""Dates as sentences, pages and e-mails say them: in words, in the reader's language."""

from datetime import date

from babel.dates import format_skeleton
from dateutil.relativedelta import relativedelta
from django.utils import formats
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext, to_locale

from reporting.rules.partial_date import PartialDate

Day = PartialDate | date


def long_date(day: Day) -> str:
    """Return the date in words, as precise as it is: "1 September 2013", "November 2024", "2011"."""
    first = day.first_day if isinstance(day, PartialDate) else day
    if day.month is None:
        return f"{day.year}年" if _in("zh") else f"{day.year}"
    if day.day is None:
        # Russian months begin with a small letter, but where they begin a sentence.
        month = formats.date_format(first, "YEAR_MONTH_FORMAT")
        return month[:1].lower() + month[1:] if _in("ru") else month
    # The first day of a month is an ordinal in French: "1er septembre 2013".
    return formats.date_format(first, r"j\e\r F Y" if _in("fr") and day.day == 1 else "DATE_FORMAT")


def short_month(day: date) -> str:
    """Return month and year as they stand at the axis of a chart, in the order of the language."""
    return format_skeleton("yMMM", day, locale=to_locale(get_language() or "en"))


def _in(language: str) -> bool:
    return (get_language() or "en").split("-")[0] == language


def iso_date(day: Day) -> str:
    """Return the ISO form as it stands in a text, where one from right to left would turn it round."""
    return f"\u2066{day.isoformat()}\u2069" if get_language_bidi() else day.isoformat()


def apart(text: str) -> str:
    """Return words that may be of another direction as they stand in a text, kept from their neighbours."""
    return f"\u2068{text}\u2069" if get_language_bidi() else text


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
