"""The words of files in the reader's language; what comes up again is remembered."""

import json
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language, get_language_bidi, gettext, ngettext

from reporting.models import Kind, RegionalGroup
from reporting.models.dates import long_date
from reporting.models.names import name_of_state
from reporting.models.obligation import kind_in_words
from reporting.models.sentences import source_in_words, translated
from reporting.models.text import unsigned
from reporting.queries.lines import Row
from reporting.rules.partial_date import PartialDate
from reporting.rules.wording import Explanation, Reason, report_name


def state(iso3: str, name: str) -> str:
    """Return the name of a State."""
    return _state(iso3, name, get_language() or "en") if iso3 else ""


@lru_cache(maxsize=1024)
def _state(iso3: str, name: str, language: str) -> str:
    return name_of_state(iso3, name, language=language)


def unconfirmed(count: int) -> str:
    """Say how much counts as received before its receipt is confirmed; empty where nothing does."""
    if not count:
        return ""
    said = ngettext(
        "%(count)s submission counts here as received from the day on which it was sent: its receipt "
        "is not confirmed yet.",
        "%(count)s submissions count here as received from the day on which they were sent: their "
        "receipt is not confirmed yet.",
        count,
    )
    return said % {"count": count}


@lru_cache(maxsize=64)
def _region(code: str, _language: str) -> str:
    return str(RegionalGroup(code).label)


def region(code: str) -> str:
    """Return the name of a regional group; empty for none."""
    return _region(code, get_language() or "en") if code else ""


def report(first: int | None, last: int | None) -> str:
    """Return the name of the reports: "second periodic report"; empty where none is said."""
    return _report(first, last, get_language() or "en") if first and last else ""


@lru_cache(maxsize=1024)
def _report(first: int, last: int, _language: str) -> str:
    return report_name(first, last, translate=gettext)


def title(row: Row) -> str:
    """Return what is owed, as ``Obligation.title`` says it."""
    return duty(row.kind, row.first, row.last, reason=row.reason)


def duty(kind: str, first: int | None, last: int | None, *, reason: str = "") -> str:
    """Return what is owed, of that kind and about these reports; replies are named by their reason."""
    return _title(kind, reason, first, last, get_language() or "en")


@lru_cache(maxsize=1024)
def _title(kind: str, reason: str, first: int | None, last: int | None, _language: str) -> str:
    label = kind_in_words(kind, reason)
    if first is None or last is None:
        return label
    name = report(first, last)
    if kind == Kind.REPORT:
        return name
    return gettext("%(kind)s on the %(report)s") % {"kind": label, "report": name}


def explanation(row: Row) -> str:
    """Return the sentence that says why the date is what it is."""
    return _explanation(row.reason, row.places, get_language() or "en")


@lru_cache(maxsize=8192)
def _explanation(reason: str, places: str, _language: str) -> str:
    said = Explanation(Reason(reason), json.loads(places))
    return translated(said)


def source(stored: str) -> str:
    """Return the article or the document of a date in words."""
    return _source(stored, get_language() or "en")


@lru_cache(maxsize=8192)
def _source(stored: str, _language: str) -> str:
    return source_in_words(stored)


def as_data(text: str) -> str:
    """Return words as programs compare them: without the signs that keep places apart in Arabic."""
    return unsigned(text) if get_language_bidi() else text


def day(value: PartialDate | date) -> str:
    """Return the date in words, as precise as it is."""
    return _day(value, get_language() or "en")


@lru_cache(maxsize=8192)
def _day(value: PartialDate | date, _language: str) -> str:
    return long_date(value)
