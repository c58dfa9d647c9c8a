"""What each date of a text is the date of, as far as the grammar of its sentence says so.

A sentence is gone through from left to right. What is asked for ("its third periodic report", "an
interim report", "written information") holds the dates that follow it, until something else begins;
a date that stands first, or directly after "submit", waits for what is asked for next. A date that
is held by a report is one on which that report is due. All other dates are of something else, or it
is not sure of what: they are left alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reporting.rules.clause_words import (
    AND,
    INDEFINITE,
    INFORMATION,
    MARKS,
    NAMED,
    NEAR,
    OF,
    OPENING,
    OR,
    SPOKEN_OF,
    Mark,
)
from reporting.rules.cue_words import AFTER, BEFORE, UNTIL, Cue
from reporting.rules.partial_date import PartialDate
from reporting.rules.reading import Read, Span, Text

# Words that tie a date stand so near before it, and what is spoken of so near before its name.
_REACH = 90
_NEAR = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What is asked for or spoken of; ``reports`` are the ordinals of a report that gives them."""

    span: Span
    is_report: bool
    reports: Read[tuple[int, int]] | None = None
    is_named: bool = False
    is_asked: bool = False
    opens: bool = False
    is_spoken_of: bool = False
    has_due_date: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """A date or a term, with the words that tie it, and the report that is due then."""

    when: Read[Any]
    thing: Thing


_Token = tuple[Span, Mark | None, Read[Any] | None]


class _Tied(NamedTuple):
    """A date or a term and how it is tied to what is asked for."""

    when: Read[Any]
    cue: Cue


@dataclass(slots=True)
class _Clause:
    """Where the reading of a sentence stands; places are those of the text."""

    opened: int | None
    holder: Thing | None = None
    awaits: bool = False
    is_past: bool = False
    aside: int | None = None
    dated: int | None = None
    spent: int | None = None
    was: bool = False
    is_done: bool = False
    is_owing: bool = False
    is_under_29: bool = False
    waiting: list[_Tied] = field(default_factory=list)


def _is_date(time: Read[Any]) -> bool:
    return isinstance(time.value, PartialDate)


class Clauses:
    """One reading of a text whose dates, terms and numbered reports are known.

    ``owed`` are the dates and terms on which a report is due; ``tied`` all dates and terms that words
    like "by" make a day for something.
    """

    def __init__(
        self, text: Text, times: list[Read[Any]], reports: list[Read[tuple[int, int]]]
    ) -> None:
        """Go through the text once."""
        self.text, self.folded = text, text.folded
        self.owed: list[Owed] = []
        self.tied: list[Read[Any]] = []
        self.last: Thing | None = None
        self.now = _Clause(0)
        known = [*self._known(times, reports)]
        tokens = [*known, *self._marks([span for span, _, _ in known])]
        end = 0
        for span, kind, value in sorted(tokens, key=lambda token: token[0]):
            if span.start >= end:
                sentence = text.around(span)
                self.now, end = _Clause(sentence.start), sentence.end
                self.start = sentence.start
            self._take(span, kind, value)

    @staticmethod
    def _known(times: list[Read[Any]], reports: list[Read[tuple[int, int]]]) -> Iterator[_Token]:
        yield from ((each.span, None, each) for each in times)
        yield from ((each.span, Mark.REPORT, each) for each in reports)

    def _marks(self, taken: list[Span]) -> Iterator[_Token]:
        """Return the marks outside of what is known already."""
        ends = iter([*sorted(taken), Span(len(self.folded), len(self.folded))])
        next_ = next(ends)
        for match in MARKS.finditer(self.folded):
            while next_.end <= match.start():
                next_ = next(ends)
            if match.end() <= next_.start:
                yield Span(*match.span()), Mark[match.lastgroup or Mark.BORDER.name], None

    def _take(self, span: Span, kind: Mark | None, value: Read[Any] | None) -> None:
        if kind is None and value:
            self._time(value)
        elif kind in (Mark.REPORT, Mark.OTHER):
            self._thing(span, is_report=kind is Mark.REPORT, reports=value)
        elif kind is not None and kind is not Mark.NOTHING:
            getattr(self, f"_{kind}")(span)

    # What is asked for.

    def _thing(self, span: Span, *, is_report: bool, reports: Read[tuple[int, int]] | None) -> None:
        now, before = self.now, self.folded[max(self.start, span.start - _NEAR) : span.start]
        aside, now.aside = now.aside, None
        if aside is not None and not is_report and "," not in self.folded[aside : span.start]:
            return
        is_named = bool(reports or NAMED.search(self.folded, *span))
        if is_report and not is_named and INDEFINITE.search(before):
            is_report = False  # "a report" may be any
        if now.is_under_29 and INFORMATION.match(self.folded, span.start):
            is_report = True
        thing = Thing(
            span=span,
            is_report=is_report,
            reports=reports,
            is_named=is_named,
            is_asked=now.awaits,
            opens=self._opens(span.start),
            is_spoken_of=now.is_done or SPOKEN_OF.search(before) is not None,
            has_due_date=now.dated is not None and span.start - now.dated <= _NEAR,
        )
        now.dated = None
        if not thing.is_spoken_of:
            self.last = thing
        if now.waiting and not thing.is_spoken_of and (now.awaits or thing.opens):
            self._serve(thing)
        else:
            now.holder, now.spent = thing, None

    def _serve(self, thing: Thing) -> None:
        """Give the dates that waited what they are dates of; the next one waits again."""
        waiting, self.now.waiting = self.now.waiting, []
        for tied in waiting:
            self._give(tied, thing)
        self.now.holder, self.now.awaits = None, True

    def _opens(self, place: int) -> bool:
        """Whether nothing of weight stands between the beginning of the clause and the place."""
        if self.now.opened is None:
            return False
        low = max(self.now.opened, place - _REACH)
        opened = max(self.now.opened, self.folded.rfind(":", low, place) + 1)
        near = place - opened <= _REACH
        return near and OPENING.fullmatch(self.folded, opened, place) is not None

    # Dates and terms.

    def _time(self, time: Read[Any]) -> None:
        tied, now = self._tie(time), self.now
        if now.was or tied is None:
            now.was = False
            return
        if tied.cue.is_firm:
            self.tied.append(time)
        holder = now.holder
        if tied.cue is Cue.OWES:
            now.is_past = False
            holder = holder or self.last or Thing(span=tied.when.span, is_report=True)
        between = Span(now.spent or 0, tied.when.span.start)
        if holder is None or (now.spent is not None and AND.fullmatch(self.folded, *between)):
            self._wait(tied)
        elif (
            now.spent is None or tied.cue.says_itself or OR.fullmatch(self.folded, *between)
        ) and self._give(tied, holder):
            now.spent = tied.when.span.end if _is_date(time) else None

    def _wait(self, tied: _Tied) -> None:
        if tied.cue is Cue.NAMED or (
            tied.cue is Cue.BY
            and (self.now.awaits or self.now.spent or self._opens(tied.when.span.start))
        ):
            self.now.waiting.append(tied)

    def _give(self, tied: _Tied, thing: Thing) -> bool:
        """Take the time for that of the thing, unless the words are too weak to say so."""
        cue, now = tied.cue, self.now
        near = (thing.is_asked or now.is_owing) and NEAR.fullmatch(
            self.folded, thing.span.end, max(thing.span.end, tied.when.span.start)
        )
        if (cue is Cue.ON and not near) or (cue is Cue.IS and not (near or thing.has_due_date)):
            return False
        now.is_owing = now.is_owing or cue.says_itself
        is_told = thing.is_named or thing.is_asked or thing.opens
        is_meant = cue.says_itself or (is_told and not thing.is_spoken_of)
        if thing.is_report and is_meant and (cue is Cue.OWES or not now.is_past):
            self.owed.append(Owed(tied.when, thing))
        return True

    def _tie(self, time: Read[Any]) -> _Tied | None:
        """Return the time with the words that tie it; ``None`` where nothing does."""
        start, end = time.span
        low = max(self.start, start - _REACH)
        before = self.folded[low:start]
        found = ((cue, pattern.search(before)) for cue, pattern in BEFORE)
        cue, match = next(((cue, match) for cue, match in found if match), (None, None))
        behind = ((cue, pattern.match(self.folded, end)) for cue, pattern in AFTER)
        other, after = next(((cue, match) for cue, match in behind if match), (None, None))
        if cue is Cue.BY and UNTIL.search(before):
            cue = None
        if other and (cue is None or not cue.is_firm):
            cue = other
        elif not _is_date(time) and not (cue and cue.is_firm):
            cue = Cue.BY  # a term says "within"
        if cue is None:
            return None
        span = Span(low + match.start() if match else start, after.end() if after else end)
        return _Tied(self.text.read(time.value, span), cue)

    # What else stands in a sentence.

    def _begin(self, span: Span, *, is_past: bool, keeps: bool) -> None:
        """Begin something else; what waited from the opening of the sentence may wait on."""
        waiting = self.now.waiting if keeps and not self.now.awaits else []
        self.now = _Clause(
            span.end, is_past=is_past, waiting=waiting, is_under_29=self.now.is_under_29
        )

    def _asked(self, span: Span) -> None:
        self._begin(span, is_past=False, keeps=True)

    def _noted(self, span: Span) -> None:
        self._begin(span, is_past=True, keeps=True)

    def _party(self, span: Span) -> None:
        self._begin(span, is_past=self.now.is_past, keeps=True)

    def _border(self, span: Span) -> None:
        is_past = self.now.is_past and self.folded[span.start] != ";"
        self._begin(span, is_past=is_past, keeps=False)

    def _done(self, span: Span) -> None:
        self._border(span)
        self.now.opened, self.now.is_done = None, True

    def _was(self, _: Span) -> None:
        self.now.was = True

    def _past(self, _: Span) -> None:
        self.now.is_past = True

    def _again(self, _: Span) -> None:
        self.now.holder, self.now.spent = self.now.holder or self.last, None

    def _submit(self, _: Span) -> None:
        self.now.holder, self.now.awaits, self.now.spent = None, True, None
        self.now.is_done = False

    def _aside(self, span: Span) -> None:
        self.now.aside = span.end

    def _article(self, _: Span) -> None:
        self.now.is_under_29 = True

    def _date(self, span: Span) -> None:
        """Take "the due date" for that of what is named behind it, else of the report."""
        self.now.dated = span.end
        if not OF.match(self.folded, span.end):
            self._thing(span, is_report=True, reports=None)
