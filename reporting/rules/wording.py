"""The sentences on why something is due: one a reason, with named places.

Whoever shows one passes ``translate`` (gettext) and ``say_date``, as reporting.rules.saying says.
"""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from reporting.rules.partial_date import PartialDate
from reporting.rules.saying import (
    Count,
    SayDate,
    Translate,
    counted_in_english,
    date_in_words,
    gettext_noop,
    ngettext_noop,
)

_REPORTS = (
    gettext_noop("initial report"),
    gettext_noop("second periodic report"),
    gettext_noop("third periodic report"),
    gettext_noop("fourth periodic report"),
    gettext_noop("fifth periodic report"),
    gettext_noop("sixth periodic report"),
    gettext_noop("seventh periodic report"),
    gettext_noop("eighth periodic report"),
    gettext_noop("ninth periodic report"),
    gettext_noop("tenth periodic report"),
)
_LATER_REPORT = gettext_noop("periodic report no. %(ordinal)s")
_COMBINED_REPORTS = gettext_noop("combined reports: %(first)s to %(last)s")
_TWO_REPORTS = gettext_noop("combined reports: %(first)s and %(last)s")


def report_name(first: int, last: int, *, translate: Translate = str) -> str:
    """Name the report or reports, of which report 1 is the initial one.

    >>> report_name(2, 2)
    'second periodic report'
    >>> report_name(1, 3)
    'combined reports: initial report to third periodic report'
    """
    if first == last:
        if first <= len(_REPORTS):
            return translate(_REPORTS[first - 1])
        return translate(_LATER_REPORT) % {"ordinal": first}
    template = _TWO_REPORTS if last == first + 1 else _COMBINED_REPORTS
    return translate(template) % {
        "first": report_name(first, first, translate=translate),
        "last": report_name(last, last, translate=translate),
    }


_ARTICLE = gettext_noop("%(treaty)s article %(article)s")
_PARAGRAPH = gettext_noop("%(document)s, para. %(paragraph)s")
_DATA_AS_AT = gettext_noop("data as at %(day)s")
_BY_THE_STATE = gettext_noop("filed by the State party, sent on %(day)s")
REVIEW = gettext_noop("review of report %(reports)s")
REVIEW_AT_SESSION = gettext_noop("review of report %(reports)s at session %(session)s")
DENUNCIATION = gettext_noop("denunciation effective %(day)s")
NUMBERED = gettext_noop("%(kind)s %(reports)s")
_KINDS = (
    gettext_noop("report"),
    gettext_noop("additional report"),
    gettext_noop("follow-up"),
    gettext_noop("replies to a list of issues"),
    gettext_noop("next report due"),
    gettext_noop("list of issues"),
    gettext_noop("list of issues prior to reporting"),
)
_KIND = f"(?P<kind>{'|'.join(_KINDS)})"
_NUMBERS = r"(?P<reports>\d+(?:-\d+)?)"
_SOURCES = (
    (re.compile(r"(?P<treaty>[A-Z]+) article (?P<article>\S+)"), _ARTICLE),
    (re.compile(r"(?P<document>.+), para\. (?P<paragraph>[^,]+)"), _PARAGRAPH),
    (re.compile(r"data as at (?P<day>\d{4}-\d\d-\d\d)"), _DATA_AS_AT),
    (re.compile(r"filed by the State party, sent on (?P<day>\d{4}-\d\d-\d\d)"), _BY_THE_STATE),
    # What a fact is called that has no symbol.
    (re.compile(rf"review of report {_NUMBERS} at session (?P<session>\d+)"), REVIEW_AT_SESSION),
    (re.compile(rf"review of report {_NUMBERS}"), REVIEW),
    (re.compile(r"denunciation effective (?P<day>\d{4}-\d\d-\d\d)"), DENUNCIATION),
    (re.compile(rf"{_KIND} {_NUMBERS}"), NUMBERED),
)


def article(treaty: str, number: str) -> str:
    """Return the source of a date that the treaty sets, as it is stored.

    >>> article("CMW", "73")
    'CMW article 73'
    """
    return _ARTICLE % {"treaty": treaty, "article": number}


def paragraph(document: str, number: str) -> str:
    """Return the source that is a paragraph of a document, as it is stored.

    >>> paragraph("CMW/C/JAM/CO/1", "72")
    'CMW/C/JAM/CO/1, para. 72'
    """
    return _PARAGRAPH % {"document": document, "paragraph": number}


def data_as_at(day: date) -> str:
    """Return the source that is a list as it stood on a day, as it is stored.

    >>> data_as_at(date(2015, 3, 14))
    'data as at 2015-03-14'
    """
    return _DATA_AS_AT % {"day": day.isoformat()}


def filed_by_the_state(sent_on: date) -> str:
    """Return the source of what a State filed itself, as it is stored.

    >>> filed_by_the_state(date(2026, 11, 2))
    'filed by the State party, sent on 2026-11-02'
    """
    return _BY_THE_STATE % {"day": sent_on.isoformat()}


def source_in_words(
    stored: str, *, translate: Translate = str, say_date: SayDate = date_in_words
) -> str:
    """Say a stored source, or the stored name of a fact, in the reader's language.

    A symbol or a title stays as it is.

    >>> source_in_words("filed by the State party, sent on 2026-11-02")
    'filed by the State party, sent on 2 November 2026'
    >>> source_in_words("UNTC, deposit")
    'UNTC, deposit'
    >>> source_in_words("denunciation effective 2031-01-01")
    'denunciation effective 1 January 2031'
    """
    for pattern, template in _SOURCES:
        if found := pattern.fullmatch(stored):
            places = found.groupdict()
            if "day" in places:
                places["day"] = say_date(PartialDate.parse(places["day"]))
            if "kind" in places:
                places["kind"] = translate(places["kind"])
            return translate(template) % places
    return translate(stored) if stored in _KINDS else stored


_YEARS = {
    12: gettext_noop("one year"),
    24: gettext_noop("two years"),
    36: gettext_noop("three years"),
    48: gettext_noop("four years"),
    60: gettext_noop("five years"),
}
_OTHER_YEARS = ngettext_noop("%(years)s year", "%(years)s years")


def interval_in_words(
    months: int, *, translate: Translate = str, count: Count = counted_in_english
) -> str:
    """Say an interval of whole years."""
    if months in _YEARS:
        return translate(_YEARS[months])
    years = months // 12
    return count(*_OTHER_YEARS, years) % {"years": years}


class Reason(StrEnum):
    """Why an obligation is due when it is; the value names the sentence."""

    INITIAL = "initial"
    PERIODIC = "periodic"
    SET = "set"
    SET_BY_LETTER = "set-by-letter"
    AFTER_SET = "after-set"
    ESTIMATE = "estimate"
    ESTIMATE_FROM_DIALOGUE = "estimate-from-dialogue"
    AFTER_ESTIMATE = "after-estimate"
    TO_BE_COMMUNICATED = "to-be-communicated"
    UNDATED_REVIEW = "undated-review"
    NO_INTERVAL = "no-interval"
    ADDITIONAL = "additional"
    FOLLOW_UP = "follow-up"
    REPLIES = "replies"
    REPLIES_ARE_REPORT = "replies-are-report"
    REPLIES_UNDATED = "replies-undated"
    REPLIES_ARE_REPORT_UNDATED = "replies-are-report-undated"


SENTENCES: Mapping[Reason, str] = {
    Reason.INITIAL: gettext_noop(
        "The initial report is due %(interval)s after the entry into force of the treaty for the "
        "State, %(start)s."
    ),
    Reason.PERIODIC: gettext_noop(
        "The %(report)s is due %(interval)s after the due date of the %(previous)s, %(start)s."
    ),
    Reason.SET: gettext_noop(
        "The Committee set this date in its concluding observations on the %(reviewed)s."
    ),
    Reason.SET_BY_LETTER: gettext_noop("The Committee set this date for the %(report)s."),
    Reason.AFTER_SET: gettext_noop(
        "The %(report)s is due %(interval)s after the date that the Committee had set for the "
        "%(previous)s, %(start)s."
    ),
    Reason.ESTIMATE: gettext_noop(
        "Estimated as %(interval)s after the adoption of the concluding observations on the "
        "%(reviewed)s, %(start)s; the date that they set is not on record, so the secretariat is "
        "asked to confirm it."
    ),
    Reason.ESTIMATE_FROM_DIALOGUE: gettext_noop(
        "Estimated as %(interval)s after the review of the %(reviewed)s, %(start)s; neither the "
        "adoption of the concluding observations nor the date that they set is on record, so the "
        "secretariat is asked to confirm it."
    ),
    Reason.AFTER_ESTIMATE: gettext_noop(
        "Estimated as %(interval)s after the estimated date of the %(previous)s, %(start)s; the "
        "secretariat is asked to confirm it."
    ),
    Reason.TO_BE_COMMUNICATED: gettext_noop(
        "The Committee has announced that it will establish and communicate the due date of the "
        "%(report)s."
    ),
    Reason.UNDATED_REVIEW: gettext_noop(
        "The day of the review of the %(reviewed)s is not on record, and neither is a due date of the "
        "%(report)s, so none can be estimated."
    ),
    Reason.NO_INTERVAL: gettext_noop(
        "The treaty sets no interval: the %(report)s has a due date only when the Committee sets it."
    ),
    Reason.ADDITIONAL: gettext_noop(
        "The Committee has requested an additional report outside the cycle."
    ),
    Reason.FOLLOW_UP: gettext_noop(
        "The Committee has requested written information in follow-up to its concluding observations."
    ),
    Reason.REPLIES: gettext_noop(
        "The Committee has asked for replies to its list of issues on the %(report)s before the "
        "dialogue."
    ),
    Reason.REPLIES_ARE_REPORT: gettext_noop(
        "Under the simplified reporting procedure the replies to the list of issues prior to "
        "reporting are the %(report)s; this deadline stands beside the due date of the report."
    ),
    Reason.REPLIES_UNDATED: gettext_noop(
        "The Committee has asked for replies to its list of issues on the %(report)s; the date by "
        "which they are due is not on record."
    ),
    Reason.REPLIES_ARE_REPORT_UNDATED: gettext_noop(
        "Under the simplified reporting procedure the replies to the list of issues prior to "
        "reporting are the %(report)s; a deadline for them beside the due date of the report is not "
        "on record."
    ),
}
# Why replies are due that are the report themselves.
ANSWER_A_PRIOR_LIST = frozenset({Reason.REPLIES_ARE_REPORT, Reason.REPLIES_ARE_REPORT_UNDATED})

_REPORT_PLACES = ("report", "previous", "reviewed")


class Explanation(NamedTuple):
    """One sentence by its reason and what stands in its places.

    ``places`` holds JSON values only: reports as ``[first, last]``, ``start`` as an ISO date,
    ``interval`` in months.
    """

    reason: Reason
    places: Mapping[str, Any] = MappingProxyType({})

    def text(
        self,
        *,
        translate: Translate = str,
        count: Count = counted_in_english,
        say_date: SayDate = date_in_words,
    ) -> str:
        """Return the sentence in the language of ``translate`` and ``count``."""
        said: dict[str, str] = {}
        for name in _REPORT_PLACES:
            if name in self.places:
                first, last = self.places[name]
                said[name] = report_name(first, last, translate=translate)
        if "start" in self.places:
            said["start"] = say_date(PartialDate.parse(self.places["start"]))
        if "interval" in self.places:
            said["interval"] = interval_in_words(
                self.places["interval"], translate=translate, count=count
            )
        return translate(SENTENCES[self.reason]) % said

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.text()
