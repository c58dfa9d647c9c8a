"""Reading the paragraph of concluding observations that sets the date of the next report.

English, French and Spanish wording. What is found is a proposal with the words that it was read in;
nothing is certain, and nothing is made up: a text that says nothing gives nothing. Dates in figures
alone are read in ISO form only, because 01/05/2028 is another day in another country.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from reporting.rules.partial_date import PartialDate, PartialDateError
from reporting.rules.symbols import DocumentKind, Symbol, SymbolError
from reporting.rules.vocabulary import (
    ANNOUNCED,
    BY,
    DATE,
    FOLLOW_UP,
    FULL_STOP,
    INTERVAL,
    JOINED,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARAGRAPH,
    REPORT,
    REPORTS_NAMED,
    SINGLE_ORDINAL,
    SYMBOL,
)

LONGEST = 100_000
_MONTHS_OF_A_YEAR = 12
# Documents that may set a date, the likeliest first.
_SETTING = (DocumentKind.CONCLUDING_OBSERVATIONS, DocumentKind.LIST_OF_ISSUES_PRIOR)
_PLAIN = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u2013": "-", "\u2014": "-"})
T = TypeVar("T")


class Span(NamedTuple):
    """A part of the text, from one place to before another."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A value, the words that it was read in, and where they stand in the text."""

    value: T
    words: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """What a text says of the next report; ``text`` is the text without invisible signs.

    ``due`` are the different dates by which a report is asked for, in order; ``others`` the other
    days and months of the text; ``slips`` are words
    for days that are on no calendar; ``within`` are the months after which it is asked for, where no date is named.
    """

    text: str
    due: tuple[Read[PartialDate], ...] = ()
    others: tuple[Read[PartialDate], ...] = ()
    slips: tuple[str, ...] = ()
    within: Read[int] | None = None
    announced: Read[bool] | None = None
    reports: Read[tuple[int, int]] | None = None
    symbol: Read[Symbol] | None = None
    number: Read[str] | None = None
    sentence: str = ""

    def due_on(self, *, start: PartialDate | None) -> PartialDate | None:
        """Return the date that is proposed; an interval counts from ``start``, if that is known."""
        if self.due:
            return self.due[0].value
        return start.plus_months(self.within.value) if self.within and start else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found that says when the next report is due."""
        return not (self.due or self.within or self.announced)

    @property
    def found(self) -> list[Read[object]]:
        """All that would be proposed, in the order of the text."""
        parts = [*self.due[:1], self.within, self.announced, self.reports, self.symbol, self.number]
        return sorted((each for each in parts if each), key=lambda each: each.span)  # type: ignore[misc]


def read_paragraph(text: str) -> Paragraph:
    """Return what the text says; ValueError where it is longer than ``LONGEST``.

    >>> read = read_paragraph("63. Please submit the second and third periodic reports by 1 May 2028.")
    >>> str(read.due[0].value), read.reports.value, read.number.value
    ('2028-05-01', (2, 3), '63')
    """
    if len(text) > LONGEST:
        message = f"The text is longer than {LONGEST} characters."
        raise ValueError(message)
    return _Reader(visible(text)).result()


def visible(text: str) -> str:
    r"""Return the text in its usual letters, without signs that nobody sees, and with plain spaces.

    >>> visible("le\u00a01\u1d49\u02b3\u202f mai\u200f 2028")
    'le 1er mai 2028'
    """
    usual = unicodedata.normalize("NFKC", text)
    shown = "".join(sign for sign in usual if sign.isspace() or sign.isprintable())
    lines = (" ".join(line.split()) for line in shown.splitlines())
    return "\n".join(line for line in lines if line)


def _folded(text: str) -> str:
    """Return the text in small letters, plain apostrophes and dashes, each sign in its place."""
    plain = text.translate(_PLAIN)
    return "".join(unicodedata.normalize("NFD", sign)[0].lower()[0] for sign in plain)


class _Reader:
    """One reading of a text: what follows is looked for in the folded text."""

    def __init__(self, text: str) -> None:
        self.text, self.folded = text, _folded(text)
        self.sentences = list(self._sentences())
        self.starts = [each.start for each in self.sentences]
        self.slips: list[str] = []
        self.says = cache(self._says)

    def result(self) -> Paragraph:
        dates = list(self._dates())
        due = self._due(dates)
        within = None if due else self._within()
        announced = None if due or within else self._announced()
        setting = next((each for each in (*due, within, announced) if each), None)
        around = self._around(setting.span) if setting else None
        return Paragraph(
            text=self.text,
            due=due,
            others=_besides(dates, due),
            slips=tuple(dict.fromkeys(self.slips)),
            within=within,
            announced=announced,
            reports=self._reports(around, setting.span if setting else None),
            symbol=self._symbol(),
            number=self._number(setting.span if setting else None),
            sentence=self.text[slice(*around)].strip() if around else "",
        )

    def _read(self, value: T, span: Span) -> Read[T]:
        return Read(value, self.text[slice(*span)], span)

    def _sentences(self) -> Iterator[Span]:
        start = 0
        for stop in FULL_STOP.finditer(self.text):
            yield Span(start, stop.start("end"))
            start = stop.end()
        if start < len(self.text):
            yield Span(start, len(self.text))

    def _around(self, span: Span) -> Span:
        return self.sentences[bisect_right(self.starts, span.start) - 1]

    def _dates(self) -> Iterator[Read[PartialDate]]:
        for match in DATE.finditer(self.folded):
            try:
                day = _date(match)
            except PartialDateError:
                self.slips.append(self.text[slice(*match.span())])  # the 31st of June
                continue
            yield self._read(day, Span(*match.span()))

    def _due(self, dates: list[Read[PartialDate]]) -> tuple[Read[PartialDate], ...]:
        """Return the dates by which a report is asked for; else those by which anything is."""
        asked = [
            self._read(each.value, Span(cue, each.span.end))
            for each in dates
            if (cue := self._cue(each.span)) is not None
            and not self.says(FOLLOW_UP, self._around(each.span))
        ]
        of_reports = [each for each in asked if self.says(REPORT, self._around(each.span))]
        first: dict[PartialDate, Read[PartialDate]] = {}
        for each in of_reports or asked:
            first.setdefault(each.value, each)
        return tuple(first.values())

    def _cue(self, span: Span) -> int | None:
        """Return where the words begin that make a date one by which something is due."""
        before = self.folded[max(0, span.start - 40) : span.start]
        match = BY.search(before)
        return span.start - len(before) + match.start() if match else None

    def _says(self, pattern: re.Pattern[str], span: Span) -> bool:
        return pattern.search(self.folded, *span) is not None

    def _within(self) -> Read[int] | None:
        for match in INTERVAL.finditer(self.folded):
            around = self._around(Span(*match.span()))
            if self.says(REPORT, around) and not self.says(FOLLOW_UP, around):
                number = match["number"]
                years = NUMBERS.get(number) or int(number)
                return self._read(years * _MONTHS_OF_A_YEAR, Span(*match.span()))
        return None

    def _announced(self) -> Read[bool] | None:
        match = ANNOUNCED.search(self.folded)
        return self._read(value=True, span=Span(*match.span())) if match else None

    def _reports(self, around: Span | None, setting: Span | None) -> Read[tuple[int, int]] | None:
        """Return the reports that the sentence with the date names; else those that the text does."""
        if around and setting:
            named = self._named(around)
            before = [each for each in named if each.span.start < setting.start]
            if named:
                return (before or named[::-1])[-1]
        everywhere = self._named(Span(0, len(self.text)))
        return everywhere[0] if len({each.value for each in everywhere}) == 1 else None

    def _named(self, span: Span) -> list[Read[tuple[int, int]]]:
        found: list[Read[tuple[int, int]]] = []
        for match in REPORTS_NAMED.finditer(self.folded, *span):
            numbers = [_ordinal(each[0]) for each in SINGLE_ORDINAL.finditer(match[0])]
            here = Span(*match.span())
            if found and JOINED.fullmatch(self.folded, found[-1].span.end, here.start):
                earlier = found.pop()
                numbers += earlier.value
                here = Span(earlier.span.start, here.end)
            found.append(self._read((min(numbers), max(numbers)), here))
        return [each for each in found if each.value[0]]

    def _symbol(self) -> Read[Symbol] | None:
        found = [
            self._read(symbol, Span(*match.span()))
            for match in SYMBOL.finditer(self.text)
            if (symbol := _symbol(match[0])) and symbol.kind in _SETTING
        ]
        return min(found, key=lambda each: _SETTING.index(each.value.kind), default=None)

    def _number(self, setting: Span | None) -> Read[str] | None:
        """Return the number of the paragraph with the date; without a date, of a text's first."""
        found = [
            self._read(match["number"], Span(*match.span("number")))
            for match in PARAGRAPH.finditer(self.text)
        ]
        if setting is None:
            return found[0] if found else None
        return next((each for each in reversed(found) if each.span.start < setting.start), None)


def _besides(dates: list[Read[PartialDate]], due: tuple[Read[PartialDate], ...]) -> Any:
    """Return the other days and months, each once; a year alone is too often that of a law."""
    seen = {each.value for each in due}
    others = {each.value: each for each in dates if each.value.month and each.value not in seen}
    return tuple(others.values())


class Doubt(Enum):
    """What does not fit, so that somebody should look again."""

    NO_DATE = auto()
    NO_START = auto()
    SEVERAL_DATES = auto()
    NO_SUCH_DAY = auto()
    PASSED = auto()
    BEFORE_REVIEW = auto()
    OTHER_REPORTS = auto()
    OTHER_STATE = auto()
    OTHER_SYMBOL = auto()


def doubts(  # noqa: PLR0913 - what is known of the report, each by name
    read: Paragraph,
    *,
    reports: tuple[int, int],
    iso3: str,
    symbol: str,
    reviewed_on: PartialDate | None,
    as_at: date,
) -> list[Doubt]:
    """Return what in the text contradicts the report that is expected next, or says nothing of it."""
    due = read.due_on(start=reviewed_on)
    found = {
        Doubt.NO_DATE: read.is_empty,
        Doubt.NO_START: bool(read.within and due is None),
        Doubt.SEVERAL_DATES: len(read.due) > 1,
        Doubt.NO_SUCH_DAY: bool(read.slips),
        Doubt.PASSED: bool(due and due.last_day < as_at),
        Doubt.BEFORE_REVIEW: bool(due and reviewed_on and due.last_day < reviewed_on.first_day),
        Doubt.OTHER_REPORTS: bool(read.reports and read.reports.value != reports),
        Doubt.OTHER_STATE: bool(read.symbol and read.symbol.value.iso3 != iso3),
        Doubt.OTHER_SYMBOL: bool(symbol and read.symbol and str(read.symbol.value) != symbol),
    }
    return [doubt for doubt, holds in found.items() if holds]


def _date(match: re.Match[str]) -> PartialDate:
    if match["iso"]:
        return PartialDate.parse(match["iso"])
    month, day = match["month"] or match["month_first"], match["day"] or match["day_after"]
    year = int(match["year"] or match["year_after"] or match["year_alone"])
    return PartialDate(year, MONTHS[month] if month else None, int(day) if day else None)


def _ordinal(words: str) -> int:
    digits = re.match(r"\d+", words)
    return int(digits[0]) if digits else ORDINALS[words]


def _symbol(text: str) -> Symbol | None:
    try:
        return Symbol.parse(text)
    except SymbolError:
        return None
