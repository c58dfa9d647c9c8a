"""Obligations as they stand on a day, for other programs; the names are written in docs/exports.md."""

from collections.abc import Callable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.exports.columns import DAY_NOTE, Column, Kind, Text
from reporting.models import Treaty
from reporting.queries import words
from reporting.queries.dashboard import Filters, listed
from reporting.queries.folding import folding_under
from reporting.queries.lines import Line, lines


def _ended(name: str) -> Callable[[Line], Any]:
    """Return what reads a column about the end of an obligation, where it had ended by the day."""

    def read(line: Line) -> Any:
        return getattr(line.ended, name) if line.ended else None

    return read


def _ended_by(column: str, label: Text, *, stored: str, width: int, note: Text) -> Column[Line]:
    """Return the column of the document or fact that ended an obligation, in the reader's language."""
    read = _ended(stored)

    def in_words(line: Line) -> str | None:
        named = read(line)
        return words.source(named) if named else None

    return Column(column, label, in_words, width=width, note=note, by=read)


def _confirmed(line: Line) -> str | None:
    return {True: "yes", False: "no", None: None}[line.confirmed]


def _considered(line: Line) -> date | None:
    day = line.row.considered_on
    return day if day and day <= line.as_at else None


OBLIGATIONS: tuple[Column[Line], ...] = (
    Column("as_at", _("As at"), attrgetter("as_at"), Kind.DAY, 11, DAY_NOTE),
    Column("iso3", _("ISO code"), attrgetter("row.iso3"), width=8, note=_("ISO 3166-1 alpha-3")),
    Column(
        "state",
        _("State"),
        lambda line: words.state(line.row.iso3, line.row.state),
        width=28,
        note=_("its name in the language of the file"),
        by=attrgetter("row.iso3"),
    ),
    Column(
        "region",
        _("Regional group"),
        attrgetter("row.region"),
        width=18,
        note=_("african, asia-pacific, eastern-european, latin-american or western"),
    ),
    Column(
        "treaty",
        _("Treaty"),
        attrgetter("row.treaty"),
        width=8,
        note=_(
            "code of the treaty under which it is owed: in the file of a protocol also the Convention"
        ),
    ),
    Column(
        "also_under",
        _("Also under"),
        lambda line: " ".join(line.also_under) or None,
        width=12,
        note=_("codes of the protocols under which it is the report too, with blanks between"),
    ),
    Column(
        "kind",
        _("Kind"),
        attrgetter("row.kind"),
        width=18,
        note=_("report, additional report, follow-up or replies to a list of issues"),
    ),
    Column(
        "first_report",
        _("First report"),
        attrgetter("row.first"),
        Kind.NUMBER,
        8,
        _("number of the report, 1 is the initial one; empty where the request names none"),
    ),
    Column(
        "last_report",
        _("Last report"),
        attrgetter("row.last"),
        Kind.NUMBER,
        8,
        _("another number than the first one for a combined report"),
    ),
    Column(
        "report",
        _("What is owed"),
        lambda line: words.title(line.row),
        width=28,
        note=_("in words, in the language of the file"),
        by=attrgetter("row.kind", "row.reason", "row.first", "row.last"),
    ),
    Column(
        "due_on", _("Due"), attrgetter("row.due_on"), Kind.DATE, 12, _("empty where no date is set")
    ),
    Column(
        "basis",
        _("Basis"),
        attrgetter("row.basis"),
        width=12,
        note=_("treaty, Committee, estimate or none"),
    ),
    Column(
        "source",
        _("Source"),
        lambda row: words.source(row.row.source),
        width=24,
        note=_("the article or the document of the date"),
        by=attrgetter("row.source"),
    ),
    Column(
        "status",
        _("Status"),
        attrgetter("standing.status.value"),
        width=18,
        note=_(
            "as at the day: overdue, due soon, upcoming, awaiting consideration (not received; an earlier report is in the backlog), unconfirmed, no date, met, considered in absence, superseded, lapsed or withdrawn"
        ),
    ),
    Column(
        "days",
        pgettext_lazy("left or late", "Days"),
        attrgetter("standing.days"),
        Kind.NUMBER,
        8,
        _("negative: left until the due date; positive: overdue, or late when it came"),
    ),
    Column(
        "band",
        _("Overdue for"),
        attrgetter("standing.band"),
        width=8,
        note=_("years overdue: <5, 5-10 or >=10"),
    ),
    Column(
        "arises_on",
        _("Arises"),
        attrgetter("row.arises_on"),
        Kind.DAY,
        12,
        _("from when the obligation is on the list"),
    ),
    Column(
        "closed_on", _("Closed"), _ended("closed_on"), Kind.DAY, 12, _("empty while it is open")
    ),
    Column(
        "closed_as",
        _("Closed as"),
        _ended("closed_as"),
        width=14,
        note=_("met, considered in absence, superseded, lapsed or withdrawn"),
    ),
    _ended_by(
        "closed_by",
        _("Closed by"),
        stored="closed_by",
        width=18,
        note=_("the document, or the fact without a symbol, that ended it"),
    ),
    Column(
        "received_on",
        _("Received"),
        _ended("received_on"),
        Kind.DATE,
        12,
        _("empty where nothing came, or the day is not on record"),
    ),
    Column(
        "confirmed",
        _("Receipt confirmed"),
        _confirmed,
        width=10,
        note=_("of what was met: yes where the secretariat has confirmed that it came, else no"),
    ),
    Column("symbol", _("Symbol"), _ended("symbol"), width=18, note=_("of what was received")),
    Column(
        "considered_on",
        _("Considered"),
        _considered,
        Kind.DAY,
        12,
        _("by when the Committee had considered what was received"),
    ),
    _ended_by(
        "received_source",
        _("Source of the receipt"),
        stored="recorded",
        width=30,
        note=_("the document in which the receipt was read"),
    ),
    Column(
        "explanation",
        _("Why"),
        lambda line: words.explanation(line.row),
        width=60,
        note=_("why it is due on that day, in the language of the file"),
        by=attrgetter("row.reason", "row.places"),
        is_prose=True,
    ),
)


def obligations(*, as_at: date, treaty: Treaty, filters: Filters, sort: str) -> Iterator[Line]:
    """Go through what the dashboard lists by these filters, in its order."""
    found = listed(as_at=as_at, treaty=treaty, filters=filters, sort=sort)
    folds = folding_under(treaty, as_at=as_at)
    for line in lines(found, as_at=as_at):
        row = line.row
        protocols = folds.protocols(row, iso3=row.iso3, treaty=row.treaty)
        yield line._replace(also_under=protocols) if protocols else line
