"""Timelines as pictures: where each mark stands, its shape and its words, for SVG without scripts.

Three lanes: what came above, what was or is due in the middle, what was reviewed below. Where the
text runs from right to left, so does time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from reporting.emails.calendar import under
from reporting.models import (
    Obligation,
    Review,
    Session,
    Submission,
    SubmissionKind,
    SubmissionStatus,
)
from reporting.models.dates import long_date
from reporting.models.status import STATUS_LABELS
from reporting.queries.session import DaysOnRecord
from reporting.queries.state import StatePage
from reporting.rules.hindsight import projected_until
from reporting.rules.partial_date import PartialDate
from reporting.rules.status import Status

YEAR = 30  # units of the picture
HEIGHT = 44
_CAME, _DUE, _REVIEWED = 9, 22, 35
_SIZE = 12  # of the box of a shape
_DAYS_OF_A_YEAR = 366

# What is drawn for a status; the rest has ended.
_SHAPES = {
    Status.OVERDUE: "overdue",
    Status.DUE_SOON: "soon",
    Status.UPCOMING: "upcoming",
    Status.AWAITING_CONSIDERATION: "awaiting",
    Status.UNCONFIRMED: "unsure",
    Status.NO_DATE: "unsure",
    Status.MET: "met",
}
LEGEND = (
    ("received", gettext_lazy("report received")),
    ("reviewed", gettext_lazy("reviewed by the Committee")),
    ("met", gettext_lazy("due date of a report that came")),
    ("overdue", gettext_lazy("overdue")),
    ("soon", gettext_lazy("due within a year")),
    ("upcoming", gettext_lazy("due later")),
    ("unsure", gettext_lazy("estimate, or date not set")),
    ("awaiting", gettext_lazy("passed while a report waits to be considered")),
    ("projected", gettext_lazy("projected, if nothing else happens")),
    ("ended", gettext_lazy("replaced, lapsed or considered in absence")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape at a place, with the words that say what it is."""

    shape: str
    x: int
    y: int
    title: str

    @property
    def left(self) -> str:
        """Where the box of the shape begins; a text, so that no language groups its digits."""
        return str(self.x - _SIZE // 2)

    @property
    def top(self) -> str:
        """Where the box of the shape begins, from above."""
        return str(self.y - _SIZE // 2)


@dataclass(frozen=True, slots=True)
class Bar:
    """A time from one place to another: a delay, or the days that a date can be."""

    kind: str
    x: int
    width: int

    @property
    def top(self) -> int:
        """Where it begins, from above."""
        return _DUE - self.height // 2

    @property
    def height(self) -> int:
        """How high it is."""
        return 4 if self.kind == "late" else 2


@dataclass(frozen=True, slots=True)
class Strip:
    """The timeline of one State: its picture, and the same in words."""

    name: str
    url: str
    words: str
    marks: list[Mark]
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Axis:
    """The years of a picture; ``now`` is the place of the day shown, ``sessions`` are bars."""

    first: int
    years: int
    is_mirrored: bool
    as_at: date

    @property
    def width(self) -> int:
        """How wide the picture is."""
        return self.years * YEAR

    @property
    def height(self) -> int:
        """How high the picture of a State is."""
        return HEIGHT

    def x(self, day: date) -> int:
        """Return the place of a day; what lies outside stands at the edge."""
        share = (day - date(day.year, 1, 1)).days / _DAYS_OF_A_YEAR
        place = min(max(round((day.year - self.first + share) * YEAR), 0), self.width)
        return self.width - place if self.is_mirrored else place

    def bar(self, kind: str, start: date, end: date) -> Bar:
        """Return the bar from one day to another."""
        left, right = sorted((self.x(start), self.x(end)))
        return Bar(kind, left, max(right - left, 1))

    @property
    def last(self) -> str:
        """The last year."""
        return str(self.first + self.years - 1)

    @property
    def now(self) -> int:
        """The place of the day shown."""
        return self.x(self.as_at)

    @property
    def labels(self) -> list[tuple[int, int]]:
        """The years with the middle of each."""
        middles = ((year, (year - self.first) * YEAR + YEAR // 2) for year in self._years)
        return [(year, self.width - x if self.is_mirrored else x) for year, x in middles]

    @property
    def grid(self) -> str:
        """The lines between the years, as the path of an SVG."""
        return "".join(f"M{number * YEAR} 0V{HEIGHT}" for number in range(self.years + 1))

    @property
    def _years(self) -> range:
        return range(self.first, self.first + self.years)


def axis(*, first: int, as_at: date) -> Axis:
    """Return the years from the first to those that are projected from the day."""
    last = max(projected_until(as_at).year, first + 10)
    return Axis(first, last - first + 1, get_language_bidi(), as_at)


def strips(pages: Iterable[StatePage], *, axis: Axis, query: str) -> list[Strip]:
    """Return the timelines of the States; their names lead to their pages, with the query."""
    return [_strip(page, axis, query) for page in pages]


def session_bars(
    sessions: Iterable[Session], from_reviews: Iterable[DaysOnRecord], *, axis: Axis
) -> list[Bar]:
    """Return the sessions of the Committee, behind everything else; of some, days on record only."""
    bars = [axis.bar("session", each.starts_on, each.ends_on) for each in sessions]
    return bars + [axis.bar("sat", each.first, each.last) for each in from_reviews]


def _strip(page: StatePage, axis: Axis, query: str) -> Strip:
    state, past = page.party.state, (*page.past, *page.past_elsewhere)
    marks = chain(
        (mark for row in past for mark in _duty(row, page, axis)),
        (_projection(row, axis) for row in page.projected if row.due_by),
        (mark for row in (*page.open, *page.elsewhere) for mark in _duty(row, page, axis)),
        _facts(page, axis),
    )
    bars = (bar for row in (*past, *page.open, *page.elsewhere) for bar in _bars(row, axis))
    return Strip(
        name=state.local_name,
        url=reverse("reporting:state", args=[state.iso3]) + query,
        words=_words(page, axis.as_at),
        marks=list(marks),
        bars=list(bars),
    )


def _duty(row: Obligation, page: StatePage, axis: Axis) -> Iterator[Mark]:
    """Yield the mark of a duty; an open one without a date stands at the day shown."""
    if row.due_by is None and not row.is_open(as_at=axis.as_at):
        return
    status = row.standing(as_at=axis.as_at).status
    shape = _SHAPES.get(status, "ended")
    yield Mark(shape, axis.x(row.due_by or axis.as_at), _DUE, _said(row, status, page))


def _said(row: Obligation, status: Status, page: StatePage) -> str:
    """Say what is due; what is of another treaty, or under protocols too, by its name."""
    due = long_date(row.due) if row.due else _("date not set")
    report, treaty = capfirst(row.title), row.state_party.treaty
    if treaty != page.party.treaty:
        report = under(treaty, report)
    if protocols := page.folding.also_under(row):
        also = _("also the report under %(protocols)s") % {"protocols": ", ".join(protocols)}
        report = _("%(report)s (%(also)s)") % {"report": report, "also": also}
    places = {"report": report, "due": due, "status": STATUS_LABELS[status]}
    return _("%(report)s, due %(due)s: %(status)s") % places


def _projection(row: Obligation, axis: Axis) -> Mark:
    places = {"report": capfirst(row.title), "due": long_date(row.due) if row.due else ""}
    said = _("%(report)s, projected for %(due)s") % places
    return Mark("projected", axis.x(row.due_by or axis.as_at), _DUE, said)


def _bars(row: Obligation, axis: Axis) -> Iterator[Bar]:
    """Yield the delay of a report, and the days that an imprecise date can be."""
    due_from, due_by = row.due_from, row.due_by
    if due_by is None or due_from is None:
        return
    if due_from != due_by:
        yield axis.bar("span", due_from, due_by)
    standing = row.standing(as_at=axis.as_at)
    if standing.status is Status.OVERDUE:
        yield axis.bar("late", due_by, axis.as_at)
    elif standing.status is Status.MET and standing.days and standing.days > 0 and row.closed_on:
        yield axis.bar("late", due_by, row.closed_on)


def _facts(page: StatePage, axis: Axis) -> Iterator[Mark]:
    for line in page.facts:
        row = line.row
        if isinstance(row, Submission):
            if row.kind == SubmissionKind.REPORT and row.status == SubmissionStatus.RECEIVED:
                day, said = row.received_on, _("%(report)s received: %(day)s")
                yield Mark("received", axis.x(line.counts_from), _CAME, _told(said, row.name, day))
        elif isinstance(row, Review):
            day, said = row.as_fact().happened_on, _("Review of the %(report)s: %(day)s")
            if row.in_absence:
                said = _("Review without a report, %(report)s: %(day)s")
            name = row.title or _("report")
            yield Mark("reviewed", axis.x(line.counts_from), _REVIEWED, _told(said, name, day))


def _told(sentence: str, report: str, day: PartialDate | None) -> str:
    shown = long_date(day) if day else _("date not on record")
    return capfirst(sentence % {"report": report, "day": shown})


def _words(page: StatePage, as_at: date) -> str:
    """Say what the picture shows: what is open, and how much came and was reviewed."""
    told = [
        _said(row, row.standing(as_at=as_at).status, page) for row in (*page.open, *page.elsewhere)
    ]
    marks = [line.row for line in page.facts]
    counts = {
        "received": sum(
            isinstance(row, Submission)
            and row.kind == SubmissionKind.REPORT
            and row.status == SubmissionStatus.RECEIVED
            for row in marks
        ),
        "reviews": sum(isinstance(row, Review) for row in marks),
    }
    sums = _("Reports received: %(received)s. Reviews: %(reviews)s.") % counts
    return f"{'; '.join(told)}. {sums}" if told else f"{_('Nothing is open.')} {sums}"
