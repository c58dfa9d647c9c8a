"""Submissions, reviews and decisions for other programs; the names are written in docs/exports.md."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.exports.columns import DAY_NOTE, Column, Columns, Kind, Text
from reporting.models import CommitteeDecision, Review, Submission, Treaty
from reporting.queries import words
from reporting.queries.dashboard import Filters
from reporting.queries.records import Narrowed, filed_on, public_note, records


class FactExport:
    """The columns of a kind of fact: which paths are asked for, and where each column finds its own."""

    def __init__(self, model: Any, *given: "Path | Made") -> None:
        """Ask for each path once, those of partial dates first."""
        self.model = model
        dates = [
            each.paths[0] for each in given if isinstance(each, Path) and each.kind is Kind.DATE
        ]
        paths = [path for each in given for path in each.paths if path not in dates]
        self.dates, self.paths = len(dates), [*dates, *dict.fromkeys(paths)]
        places = {path: place for place, path in enumerate(self.paths)}
        day = Column("as_at", _("As at"), itemgetter(-1), Kind.DAY, 11, DAY_NOTE)
        self.columns: Columns = (day, *(each.column(places) for each in given))

    def rows(self, *, as_at: date, treaty: Treaty, filters: Filters, sort: str) -> Iterator[Any]:
        """Go through the facts that counted by the day; they have an order of their own."""
        del sort
        narrowed = Narrowed(filters.region, filters.q, filters.state)
        for row in self._found(as_at, treaty, narrowed):
            row.append(as_at)
            yield row

    def _found(self, as_at: date, treaty: Treaty, narrowed: Narrowed) -> Iterator[list[Any]]:
        return records(
            self.model,
            *self.paths,
            as_at=as_at,
            treaty=treaty,
            narrowed=narrowed,
            dates=self.dates,
        )


@dataclass(frozen=True, slots=True)
class Path:
    """A column that is what the path gives."""

    name: str
    label: Text
    note: Text = ""
    kind: Kind = Kind.TEXT
    width: int = 16
    path: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """What is asked for."""
        return (self.path or self.name,)

    def column(self, places: dict[str, int]) -> Column[Any]:
        """Return the column, which knows its place in the row."""
        value = itemgetter(places[self.path or self.name])
        return Column(self.name, self.label, value, self.kind, self.width, self.note)


@dataclass(frozen=True, slots=True)
class Made:
    """A column that is made of what several paths give; ``is_same`` where few values come up."""

    name: str
    label: Text
    note: Text
    width: int
    paths: tuple[str, ...]
    make: Callable[..., str | int | date | None]
    is_same: bool = False

    def column(self, places: dict[str, int]) -> Column[Any]:
        """Return the column, which knows the places in the row."""
        make = self.make
        first, *more = (places[path] for path in self.paths)
        taken = itemgetter(first, *more)
        return Column(
            self.name,
            self.label,
            (lambda row: make(*taken(row))) if more else (lambda row: make(row[first])),
            width=self.width,
            note=self.note,
            by=taken if self.is_same else None,
        )


def of_state(path: str) -> "tuple[Path | Made, ...]":
    """Return the columns that name the State to which the path leads."""
    iso3 = f"{path}iso3"
    return (
        Path("iso3", _("ISO code"), _("ISO 3166-1 alpha-3"), width=8, path=iso3),
        Made(
            "state",
            _("State"),
            _("its name in the language of the file"),
            28,
            (iso3, f"{path}name"),
            words.state,
            is_same=True,
        ),
        Path(
            "region",
            _("Regional group"),
            _("african, asia-pacific, eastern-european, latin-american or western"),
            width=18,
            path=f"{path}regional_group",
        ),
    )


_STATE = of_state("state_party__state__")
_REPORTS = (
    Path(
        "first_report",
        _("First report"),
        _("number of the report, 1 is the initial one"),
        Kind.NUMBER,
        8,
    ),
    Path(
        "last_report",
        _("Last report"),
        _("another number than the first one for combined reports"),
        Kind.NUMBER,
        8,
    ),
)
SOURCE = Made(
    "source",
    _("Source"),
    _("the document in which it was read"),
    40,
    ("source",),
    words.source,
    is_same=True,
)
_SOURCE = (
    SOURCE,
    Path(
        "accepted_because",
        _("Accepted because"),
        _("why it stands although it contradicts another fact"),
        width=30,
    ),
)
NOTE = Path("note", _("Note"), _("what was noted with it"), width=30)


SUBMISSIONS = FactExport(
    Submission,
    *_STATE,
    Path(
        "kind",
        _("Kind"),
        _("report, additional report, follow-up or replies to a list of issues"),
        width=18,
    ),
    *_REPORTS,
    Path("symbol", _("Symbol"), _("symbol of the document"), width=20),
    Path("received_on", _("Received"), _("empty where the day is not on record"), Kind.DATE, 12),
    Path(
        "status",
        _("Status"),
        _("received, or filed where the secretariat has yet to confirm it"),
        width=10,
    ),
    Made(
        "filed_on",
        _("Filed"),
        _("the day of sending, until the receipt is confirmed"),
        12,
        ("status", "sent_on"),
        filed_on,
    ),
    Path("procedure", _("Procedure"), _("standard or simplified"), width=12),
    Made(
        "languages", _("Languages"), _("codes, with blanks between"), 12, ("languages",), " ".join
    ),
    Path(
        "words",
        _("Words"),
        _("number of words, where it is known"),
        Kind.NUMBER,
        10,
        path="word_count",
    ),
    Path(
        "session",
        _("Session"),
        _("number of the session for which it is scheduled"),
        Kind.NUMBER,
        8,
    ),
    Path(
        "answers",
        pgettext_lazy("which request", "Answers"),
        _("symbol of the request that it answers"),
        width=18,
        path="answers__symbol",
    ),
    *_SOURCE,
    Made("note", _("Note"), _("what was noted with it"), 30, ("note", "filed_at"), public_note),
)
REVIEWS = FactExport(
    Review,
    *_STATE,
    *_REPORTS,
    Path("session", _("Session"), _("number of the session"), Kind.NUMBER, 8),
    Path("dialogue_from", _("Dialogue from"), _("first day of the dialogue"), Kind.DATE, 12),
    Path("dialogue_to", _("Dialogue to"), _("last day of the dialogue"), Kind.DATE, 12),
    Made(
        "in_absence",
        _("In absence"),
        _("yes where no report was there, else no"),
        8,
        ("in_absence",),
        lambda absent: "yes" if absent else "no",
    ),
    Path("symbol", _("Symbol"), _("symbol of the concluding observations"), width=20),
    Path("adopted_on", _("Adopted"), _("adoption of the concluding observations"), Kind.DATE, 12),
    Path(
        "distributed_on",
        _("Distributed"),
        _("distribution of the concluding observations"),
        Kind.DATE,
        12,
    ),
    *_SOURCE,
    NOTE,
)
DECISIONS = FactExport(
    CommitteeDecision,
    *_STATE,
    Path(
        "kind",
        _("Kind"),
        _(
            "next report due, additional report, follow-up, list of issues or list of issues prior to reporting"
        ),
        width=24,
    ),
    *_REPORTS,
    Path("decided_on", _("Decided"), _("decided or issued on"), Kind.DATE, 12),
    Path("due_on", _("Due"), _("what it sets; empty where it sets none"), Kind.DATE, 12),
    Made(
        "to_be_communicated",
        _("Date to be communicated"),
        _("yes where the Committee will set the date later, else no"),
        8,
        ("to_be_communicated",),
        lambda later: "yes" if later else "no",
    ),
    Path("symbol", _("Symbol"), _("symbol of the document"), width=20),
    Path("paragraph", _("Paragraph"), _("paragraph of the document"), width=10),
    Path(
        "review",
        _("Review"),
        _("symbol of the concluding observations that it came from"),
        width=20,
        path="review__symbol",
    ),
    Path(
        "session", _("Session"), _("number of the session on which its date hangs"), Kind.NUMBER, 8
    ),
    Path("withdrawn_on", _("Withdrawn"), _("withdrawn on"), Kind.DATE, 12),
    Path("text", _("Words"), _("the words that were read"), width=40),
    *_SOURCE,
    NOTE,
)
