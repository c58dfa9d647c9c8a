"""The days, months, years and terms of a text, whatever they are said of."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from reporting.rules.partial_date import PartialDate, PartialDateError
from reporting.rules.reading import Read, Span, Text
from reporting.rules.vocabulary import (
    DATE,
    FIRST,
    FROM_ADOPTION,
    FROM_CONSIDERATION,
    FROM_SOMETHING,
    MONTHS,
    NUMBERS,
    STROKES,
    TERM,
)

_MONTHS_OF_A_YEAR = 12
# The day from which a term counts is named within so many signs after it.
_NEAR = 80


class Start(Enum):
    """The day from which a term counts."""

    ADOPTION = auto()
    CONSIDERATION = auto()
    ANOTHER = auto()


@dataclass(frozen=True, slots=True)
class Term:
    """So many months after a day."""

    months: int
    start: Start


@dataclass(frozen=True, slots=True)
class Moments:
    """What a text names of time, in its order.

    ``slips`` are words for days on no calendar, ``strokes`` figures of which the day or the month may stand
    first.
    """

    dates: list[Read[PartialDate]]
    terms: list[Read[Term]]
    slips: list[str]
    strokes: list[str]


def moments(text: Text) -> Moments:
    """Return every date and every term of the text.

    >>> found = moments(Text("from 1 Oct. 2028, or within two years of the adoption, 31 June 2029"))
    >>> [str(each.value) for each in found.dates], found.terms[0].value.months, found.slips
    (['2028-10-01'], 24, ['31 June 2029'])
    """
    dates: list[Read[PartialDate]] = []
    slips = []
    for match in DATE.finditer(text.folded):
        here = Span(*match.span())
        try:
            dates.append(text.read(_date(match), here))
        except PartialDateError:
            slips.append(text.read(None, here).words)  # the 31st of June
    terms = [
        text.read(_term(match, text), Span(*match.span())) for match in TERM.finditer(text.folded)
    ]
    strokes = [
        text.read(None, Span(*match.span())).words for match in STROKES.finditer(text.folded)
    ]
    return Moments(dates, terms, slips, strokes)


def _date(match: re.Match[str]) -> PartialDate:
    if match["iso"]:
        return PartialDate.parse(match["iso"])
    if match["year_in_figures"]:
        figures = ("year_in_figures", "month_in_figures", "day_in_figures")
        return PartialDate(*(int(match[name]) for name in figures))
    month, day = match["month"] or match["month_first"], match["day"] or match["day_after"]
    year = int(match["year"] or match["year_after"] or match["year_alone"])
    number = None if day is None else 1 if day in FIRST else int(day)
    return PartialDate(year, MONTHS[month] if month else None, number)


def _term(match: re.Match[str], text: Text) -> Term:
    number = NUMBERS.get(match["number"]) or int(match["number"])
    months = number * (1 if match["months"] else _MONTHS_OF_A_YEAR)
    return Term(months, _start(match, text))


def _start(match: re.Match[str], text: Text) -> Start:
    here = match.end(), min(text.around(Span(*match.span())).end, match.end() + _NEAR)
    if FROM_CONSIDERATION.match(text.folded, *here):
        return Start.CONSIDERATION
    if FROM_ADOPTION.match(text.folded, *here) or not FROM_SOMETHING.match(text.folded, *here):
        return Start.ADOPTION
    return Start.ANOTHER
