"""What happened between two days, as columns of a page and of files."""

from collections.abc import Iterator
from operator import attrgetter
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from reporting.exports import words
from reporting.exports.changes import title_of
from reporting.exports.columns import (
    Cell,
    Column,
    Columns,
    Kind,
    cells,
    headings,
    names,
    numeric,
    precisions,
    widths,
)
from reporting.exports.files import as_csv
from reporting.exports.workbook import Sheet, as_xlsx
from reporting.models import CommitteeDecision, DecisionKind
from reporting.models.dates import long_date
from reporting.models.status import STATUS_LABELS
from reporting.queries.changes import Happening
from reporting.queries.compare import Comparison, Counts, Event, What
from reporting.rules.partial_date import PartialDate

WHAT_LABELS = {
    What.RECEIVED: gettext_lazy("Received"),
    What.FELL_DUE: gettext_lazy("Fell due"),
    What.DECIDED: gettext_lazy("Set, moved or requested"),
    What.REVIEWED: gettext_lazy("Reviewed"),
}


def _said(event: Event) -> str:
    if event.duty:
        return event.duty.title
    return title_of(event.fact, _happening(event)) if event.fact else ""


def _happening(event: Event) -> Happening:
    if event.is_withdrawal:
        return Happening.WITHDRAWN
    if isinstance(event.fact, CommitteeDecision):
        is_date = event.fact.kind == DecisionKind.NEXT_REPORT_DUE
        return Happening.DATE_SET if is_date else Happening.REQUESTED
    return Happening.REVIEWED if event.what is What.REVIEWED else Happening.RECEIVED


def _due(event: Event) -> PartialDate | None:
    if event.duty:
        return event.duty.due
    return event.fact.due_on if isinstance(event.fact, CommitteeDecision) else None


def _document(event: Event) -> str:
    return event.fact.symbol if event.fact else ""


def _source(event: Event) -> str:
    stored = event.duty.source if event.duty else event.fact.source if event.fact else ""
    return words.source(stored)


def _counts_from(event: Event) -> str:
    """Say which day placed a fact that has none on record."""
    return _("date not on record; counts from %(day)s") % {"day": long_date(event.day)}


def _state(event: Event) -> str:
    return event.party.state.local_name


EVENTS: tuple[Column[Event], ...] = (
    Column("state", gettext_lazy("State party"), _state, Kind.STATE, 26),
    Column("iso3", gettext_lazy("ISO code"), lambda event: event.iso3, width=8, only_files=True),
    Column("what", gettext_lazy("What happened"), lambda event: str(WHAT_LABELS[event.what])),
    Column("said", pgettext_lazy("what it is about", "Which"), _said, width=36),
    Column(
        "day",
        pgettext_lazy("a day", "On"),
        lambda event: event.known,
        Kind.DATE,
        absent=_counts_from,
    ),
    Column(
        "counts_from",
        gettext_lazy("Counts from"),
        lambda event: event.day,
        Kind.DAY,
        only_files=True,
    ),
    Column("due_before", gettext_lazy("Due before"), lambda event: event.before, Kind.DATE),
    Column("due_on", gettext_lazy("Date due"), _due, Kind.DATE),
    Column(
        "status",
        gettext_lazy("Status on the last day"),
        lambda event: str(STATUS_LABELS[event.standing.status]) if event.standing else "",
    ),
    Column("symbol", gettext_lazy("Symbol"), _document, width=20),
    Column("source", gettext_lazy("Source"), _source, width=40, only_files=True),
)


def _name(row: Counts) -> str:
    return row.party.state.local_name if row.party else _("All States parties")


COUNTS: tuple[Column[Counts], ...] = (
    Column("state", gettext_lazy("State party"), _name, Kind.STATE, 26),
    *(
        Column(what.name.lower(), label, attrgetter(what.name.lower()), Kind.NUMBER)
        for what, label in WHAT_LABELS.items()
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

    return (
        Column("after", pgettext_lazy("a day", "After"), first, Kind.DAY),
        Column("until", pgettext_lazy("a day", "Until"), last, Kind.DAY),
        *EVENTS,
    )


def compare_csv(found: Comparison) -> Iterator[str]:
    """Go through the text of the comparison as CSV; both days stand in every line."""
    columns = _columns(found)
    return as_csv(names(columns), cells(columns, found.events))


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
        ],
    )
    return as_xlsx(sheet, cells(EVENTS, found.events))
