"""Reading the paragraph of concluding observations that sets the date of the next report.

English, French and Spanish wording. What is found is a proposal with the words that it was read in;
nothing is certain, and nothing is made up: a text that says nothing gives nothing, and neither does one
of which it is not sure what it says. Dates in figures alone are read in ISO form and with points, as in
1.5.2028, which is written with the day first wherever it is written; 01/05/2028 is another day in another
country, so it is named and not read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR
from typing import Any

from reporting.rules.clauses import Clauses, Owed
from reporting.rules.moments import Moments, Start, Term, moments
from reporting.rules.partial_date import PartialDate, PartialDateError
from reporting.rules.reading import Read, Span, Text
from reporting.rules.symbols import DocumentKind, Symbol, SymbolError
from reporting.rules.vocabulary import (
    ANNOUNCED,
    JOINED,
    ORDINALS,
    PARAGRAPH,
    PREVIOUS,
    REPORTS_NAMED,
    SINGLE_ORDINAL,
    SYMBOL,
)

LONGEST = 100_000
# So near before its symbol stands that a document is a previous one.
_NEAR = 40
# Documents that may set a date, the likeliest first.
_SETTING = (DocumentKind.CONCLUDING_OBSERVATIONS, DocumentKind.LIST_OF_ISSUES_PRIOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is on record of the report that is expected, and of the review after which it is due."""

    reports: tuple[int, int] | None = None
    adopted_on: PartialDate | None = None
    considered_on: PartialDate | None = None

    @property
    def reviewed_on(self) -> PartialDate | None:
        """The day after which the report can be due."""
        return self.adopted_on or self.considered_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """What a text says of the next report; ``text`` is the text without invisible signs.

    ``due`` is the date by which it is asked for, ``within`` the term where no date is named; ``rivals``
    are the dates between which it is not sure. ``others`` are the other days and months of the text,
    ``slips`` are words for days that are on no calendar, ``strokes`` figures with strokes, which are not read.
    """

    text: str
    due: Read[PartialDate] | None = None
    rivals: tuple[Read[PartialDate], ...] = ()
    others: tuple[Read[PartialDate], ...] = ()
    slips: tuple[str, ...] = ()
    strokes: tuple[str, ...] = ()
    within: Read[Term] | None = None
    announced: Read[bool] | None = None
    reports: Read[tuple[int, int]] | None = None
    symbol: Read[Symbol] | None = None
    number: Read[str] | None = None
    sentence: str = ""

    def due_on(self, known: Known) -> PartialDate | None:
        """Return the date that is proposed; a term counts from a day that is on record."""
        if self.due:
            return self.due.value
        start = self.start(known)
        if self.within is None or start is None:
            return None
        try:
            return start.plus_months(self.within.value.months)
        except PartialDateError:
            return None  # eighteen months after a day that is known by its year

    def start(self, known: Known) -> PartialDate | None:
        """Return the day from which the term counts, where there is one and it is on record."""
        days = {Start.ADOPTION: known.adopted_on, Start.CONSIDERATION: known.considered_on}
        return days.get(self.within.value.start) if self.within else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is proposed that says when the next report is due."""
        return not (self.due or self.within or self.announced)

    @property
    def names_no_time(self) -> bool:
        """Whether no date and no term stands in the text."""
        return self.is_empty and not (self.rivals or self.others or self.slips or self.strokes)

    @property
    def found(self) -> list[Read[Any]]:
        """All that would be proposed, in the order of the text."""
        parts = [self.due, self.within, self.announced, self.reports, self.symbol, self.number]
        return sorted((each for each in parts if each), key=lambda each: each.span)


def read_paragraph(text: str, known: Known | None = None) -> Paragraph:
    """Return what the text says; ValueError where it is longer than ``LONGEST``.

    Where it asks for several reports, what is known of the expected one chooses between them.

    >>> read = read_paragraph("63. Please submit the second and third periodic reports by 1 May 2028.")
    >>> str(read.due.value), read.reports.value, read.number.value
    ('2028-05-01', (2, 3), '63')
    """
    if len(text) > LONGEST:
        message = f"The text is longer than {LONGEST} characters."
        raise ValueError(message)
    return _paragraph(Text(text), known or Known())


def _paragraph(text: Text, known: Known) -> Paragraph:
    times, named = moments(text), _named(text)
    every: list[Read[Any]] = sorted([*times.dates, *times.terms], key=lambda each: each.span)
    clauses = Clauses(text, every, named)
    owed = _chosen([each for each in clauses.owed if _is_date(each.when)], known)
    if not owed:
        owed = _chosen([each for each in clauses.owed if not _is_date(each.when)], known)
    only = owed[0] if len(owed) == 1 else None
    due = only.when if only and _is_date(only.when) else None
    within = only.when if only and not due else None
    announced = None if owed else _announced(text)
    setting = next((each for each in (*(each.when for each in owed), announced) if each), None)
    around = text.around(setting.span) if setting else None
    return Paragraph(
        text=text.shown,
        due=due,
        rivals=() if only else tuple(each.when for each in owed if _is_date(each.when)),
        others=_besides(times, clauses.tied, owed, known),
        slips=tuple(dict.fromkeys(times.slips)),
        strokes=tuple(dict.fromkeys(times.strokes)),
        within=within,
        announced=announced,
        reports=(only and only.thing.reports) or _reports(named, around, known),
        symbol=_symbol(text, known),
        number=_number(text, setting.span if setting else None),
        sentence=text.shown[slice(*around)].strip() if around else "",
    )


def _is_date(read: Read[Any]) -> bool:
    return isinstance(read.value, PartialDate)


def _chosen(owed: list[Owed], known: Known) -> list[Owed]:
    """Return what the text asks for of the expected report, each time once: one, if it is sure."""
    day, expected = known.reviewed_on, known.reports
    wishes = (
        lambda each: not (day and _is_date(each.when) and each.when.value.last_day < day.first_day),
        lambda each: bool(
            expected and each.thing.reports and _meet(expected, each.thing.reports.value)
        ),
        lambda each: each.thing.is_named,
    )
    for wish in wishes:
        if len({each.when.value for each in owed}) > 1:
            owed = [each for each in owed if wish(each)] or owed
    first: dict[Any, Owed] = {}
    for each in owed:
        first.setdefault(each.when.value, each)
    return list(first.values())


def _meet(expected: tuple[int, int], named: tuple[int, int]) -> bool:
    """Whether the two rows of reports have one in common."""
    return expected[0] <= named[1] and named[0] <= expected[1]


def _besides(
    times: Moments, tied: Iterable[Read[Any]], owed: list[Owed], known: Known
) -> tuple[Read[PartialDate], ...]:
    """Return the other dates, each once.

    A year that no words tie is too often that of a law, unless it comes after the review.
    """
    seen, places = {each.when.value for each in owed}, {each.span for each in tied}
    year = known.reviewed_on.year if known.reviewed_on else MAXYEAR
    others = {
        each.value: each
        for each in times.dates
        if each.value not in seen
        and (each.value.month or each.value.year > year or each.span in places)
    }
    return tuple(others.values())


def _announced(text: Text) -> Read[bool] | None:
    match = ANNOUNCED.search(text.folded)
    return text.read(value=True, span=Span(*match.span())) if match else None


def _named(text: Text) -> list[Read[tuple[int, int]]]:
    """Return the reports that are named by their ordinals; those that are sent as one, as one."""
    found: list[Read[tuple[int, int]]] = []
    for match in REPORTS_NAMED.finditer(text.folded):
        numbers = [_ordinal(each[0]) for each in SINGLE_ORDINAL.finditer(match[0])]
        here = Span(*match.span())
        if found and JOINED.fullmatch(text.folded, found[-1].span.end, here.start):
            earlier = found.pop()
            numbers += earlier.value
            here = Span(earlier.span.start, here.end)
        found.append(text.read((min(numbers), max(numbers)), here))
    return [each for each in found if each.value[0]]


def _ordinal(words: str) -> int:
    digits = re.match(r"\d+", words)
    return int(digits[0]) if digits else ORDINALS[" ".join(words.split())]


def _reports(
    named: list[Read[tuple[int, int]]], around: Span | None, known: Known
) -> Read[Any] | None:
    """Return the only reports that the sentence with the date names, else the text.

    Beside a date, a report before the expected one that another sentence names had its date before.
    """
    near = [each for each in named if around and around.start <= each.span.start < around.end]
    earliest = known.reports[0] if known.reports and around else 0
    for some in (near, [each for each in named if each.value[1] >= earliest]):
        if len({each.value for each in some}) == 1:
            return some[0]
    return None


def _symbol(text: Text, known: Known) -> Read[Symbol] | None:
    """Return the document that may have set the date; not one that is named as a previous one."""
    found = [
        text.read(symbol, Span(*match.span()))
        for match in SYMBOL.finditer(text.shown)
        if (symbol := _parsed(match[0]))
        and _may_set(symbol, known)
        and not PREVIOUS.search(text.folded, max(0, match.start() - _NEAR), match.start())
    ]
    return min(found, key=lambda each: _SETTING.index(each.value.kind), default=None)


def _may_set(symbol: Symbol, known: Known) -> bool:
    """Whether a document of its kind sets dates; a list of issues does so for its own report."""
    if symbol.kind is DocumentKind.LIST_OF_ISSUES_PRIOR and known.reports:
        return _meet(known.reports, (symbol.first, symbol.last))
    return symbol.kind in _SETTING


def _parsed(text: str) -> Symbol | None:
    try:
        return Symbol.parse(text)
    except SymbolError:
        return None


def _number(text: Text, setting: Span | None) -> Read[str] | None:
    """Return the number of the paragraph with the date; without a date, of a text's first."""
    found = [
        text.read(match["number"], Span(*match.span("number")))
        for match in PARAGRAPH.finditer(text.shown)
    ]
    if setting is None:
        return found[0] if found else None
    return next((each for each in reversed(found) if each.span.start < setting.start), None)
