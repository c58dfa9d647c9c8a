"""What happened between two days, as columns of a page and of files."""

from collections.abc import Iterator
from operator import attrgetter
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from reporting.emails.item import data_as_at
from reporting.exports.changes import title_of
from reporting.exports.columns import (
    Cell,
    Column,
    Columns,
    Kind,
    Text,
    cells,
    headings,
    names,
    numeric,
    precisions,
    widths,
    with_data_as_at,
)
from reporting.exports.files import as_csv
from reporting.exports.workbook import Sheet, as_xlsx
from reporting.models import CommitteeDecision, DecisionKind, Review, Submission
from reporting.models.dates import long_date
from reporting.models.status import STATUS_LABELS
from reporting.queries import words
from reporting.queries.changes import Happening
from reporting.queries.compare import Comparison, Counts, Event, What
from reporting.queries.lines import parsed
from reporting.rules.status import Status

WHAT_LABELS: dict[str, Text] = {
    What.RECEIVED: gettext_lazy("Received"),
    What.FELL_DUE: gettext_lazy("Fell due"),
    What.DECIDED: gettext_lazy("Set, moved or requested"),
    What.REVIEWED: gettext_lazy("Reviewed"),
}


def _said(event: Event) -> str:
    """Say what it was about, as the list of changes says it; an event has what its words need."""
    about = {"first_report": event.first, "last_report": event.last}
    if event.what == What.FELL_DUE:
        return words.duty(event.kind, event.first, event.last)
    if event.what == What.RECEIVED:
        return title_of(Submission(kind=event.kind, **about), Happening.RECEIVED)
    if event.what == What.REVIEWED:
        return title_of(Review(in_absence=event.in_absence, **about), Happening.REVIEWED)
    decision = CommitteeDecision(kind=event.kind)
    decision.due_on = parsed(event.due)
    return title_of(decision, _decided(event))


def _decided(event: Event) -> Happening:
    if event.is_withdrawal:
        return Happening.WITHDRAWN
    is_date = event.kind == DecisionKind.NEXT_REPORT_DUE
    return Happening.DATE_SET if is_date else Happening.REQUESTED


def _source(event: Event) -> str:
    return words.source(event.source)


def _counts_from(event: Event) -> str:
    """Say which day placed a fact that has none on record."""
    return _("date not on record; counts from %(day)s") % {"day": long_date(event.day)}


def _status(event: Event) -> str:
    return str(STATUS_LABELS[Status(event.status)]) if event.status else ""


EVENTS: tuple[Column[Event], ...] = (
    Column(
        "state",
        gettext_lazy("State party"),
        lambda event: words.state(event.iso3, event.state),
        Kind.STATE,
        26,
        by=attrgetter("iso3"),
    ),
    Column("iso3", gettext_lazy("ISO code"), attrgetter("iso3"), width=8, only_files=True),
    Column(
        "what",
        gettext_lazy("What happened"),
        lambda event: str(WHAT_LABELS[event.what]),
        by=attrgetter("what"),
    ),
    Column(
        "said",
        pgettext_lazy("what it is about", "Which"),
        _said,
        width=36,
        by=attrgetter("what", "kind", "first", "last", "due", "in_absence", "is_withdrawal"),
    ),
    Column(
        "day",
        pgettext_lazy("a day", "On"),
        attrgetter("known"),
        Kind.DATE,
        absent=_counts_from,
    ),
    Column(
        "counts_from",
        gettext_lazy("Counts from"),
        attrgetter("day"),
        Kind.DAY,
        only_files=True,
    ),
    Column("due_before", gettext_lazy("Due before"), attrgetter("before"), Kind.DATE),
    Column("due_on", gettext_lazy("Date due"), attrgetter("due"), Kind.DATE),
    Column("status", gettext_lazy("Status on the last day"), _status, by=attrgetter("status")),
    Column("symbol", gettext_lazy("Symbol"), attrgetter("symbol"), width=20),
    Column(
        "source",
        gettext_lazy("Source"),
        _source,
        width=40,
        only_files=True,
        by=attrgetter("source"),
    ),
)


def _name(row: Counts) -> str:
    return words.state(row.iso3, row.state) or _("All States parties")


COUNTS: tuple[Column[Counts], ...] = (
    Column("state", gettext_lazy("State party"), _name, Kind.STATE, 26),
    *(
        Column(what.name.lower(), WHAT_LABELS[what], attrgetter(what.name.lower()), Kind.NUMBER)
        for what in What
    ),
)


def title(found: Comparison) -> str:
    """Return the title with both days."""
    places = {"first": long_date(found.first), "last": long_date(found.last)}
    return _("What happened from %(first)s to %(last)s") % places


def _columns(found: Comparison) -> Columns:
    def first(_event: Event) -> Cell:
        return found.first.isoformat()

    def last(_event: Event) -> Cell:
        return found.last.isoformat()

    columns = (
        Column("after", pgettext_lazy("a day", "After"), first, Kind.DAY),
        Column("until", pgettext_lazy("a day", "Until"), last, Kind.DAY),
        *EVENTS,
    )
    return with_data_as_at(columns, found.treaty)


def compare_csv(found: Comparison) -> Iterator[str]:
    """Go through the text of the comparison as CSV; both days stand in every line."""
    columns = _columns(found)
    return as_csv(names(columns), cells(columns, found))


def compare_xlsx(found: Comparison) -> IO[bytes]:
    """Return the comparison as a workbook, whose second sheet says the days."""
    sheet = Sheet(
        title=title(found),
        name=_("What happened"),
        heading=headings(EVENTS),
        widths=widths(EVENTS),
        numeric=numeric(EVENTS),
        about=[
            (pgettext("a day", "After"), found.first.isoformat()),
            (pgettext("a day", "Until"), found.last.isoformat()),
            (_("Dates"), precisions()),
            *((_("Data"), known) for known in [data_as_at(found.treaty)] if known),
        ],
    )
    return as_xlsx(sheet, cells(EVENTS, found))
