"""What waits for the secretariat, as rows that lead to where it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.queries.inbox import Inbox
from reporting.queries.session import Flag, HangingItem
from reporting.rules.preparation import WEEKS_TO_TRANSLATE
from reporting.views.presenters.facts import FORMS, kind_of, what_hangs
from reporting.views.presenters.worklist import date_row

# So many rows of a kind stand open on the page; the rest is folded below them, up to so many in all.
ROWS_OPEN, PAGE_SIZE = 5, 100


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of work: its rows, the most urgent first, and the words around them.

    Each row is shown as ``show`` makes it, once it is on the page.
    """

    key: str
    label: str
    title: str
    nothing: str
    rows: Sequence[Any]
    show: Callable[[Any], object] = lambda row: row
    hint: str = ""
    urgent: int = ROWS_OPEN
    query: str = ""

    @property
    def all_url(self) -> str:
        """Where all rows stand page by page, if they are not folded below the first."""
        if self.key == "dates":
            return reverse("reporting:worklist") + self.query
        if len(self.rows) <= PAGE_SIZE:
            return ""
        return reverse("reporting:inbox-list", args=[self.key]) + self.query

    @property
    def table(self) -> str:
        """The template that shows rows of this kind."""
        return f"inbox/_{self.key}.html"

    @property
    def first(self) -> list[object]:
        """The rows that stand open."""
        return [self.show(row) for row in self.rows[: self._open]]

    @property
    def more(self) -> int:
        """How many rows do not stand open."""
        return max(0, len(self.rows) - self._open)

    @property
    def rest(self) -> list[object]:
        """The rows that are folded."""
        return [self.show(row) for row in self.rows[self._open :]]

    @property
    def _open(self) -> int:
        return min(self.urgent, ROWS_OPEN)


@dataclass(frozen=True, slots=True)
class HangingRow:
    """What hangs on a session, and where it is changed."""

    state: str
    what: str
    name: str
    session: int
    flag: Flag | None
    change_url: str
    keep_url: str
    version: int


def sections(found: Inbox, *, query: str = "") -> list[Section]:
    """Return the kinds of work, the most urgent first; ``query`` is what their own pages are asked."""
    kinds = (_filed, _flagged, _late, _replies, _dates)
    return [replace(kind(found), query=query) for kind in kinds]


def _filed(found: Inbox) -> Section:
    return Section(
        "filed",
        label=ngettext("filed report", "filed reports", len(found.filed)),
        title=_("Filed reports to confirm or return"),
        nothing=_("No report waits to be confirmed."),
        rows=found.filed,
    )


def _flagged(found: Inbox) -> Section:
    return Section(
        "flagged",
        label=_("to look at after a session changed"),
        title=_("To look at again after a session changed"),
        nothing=_("Nothing hangs on a session that was moved or cancelled."),
        rows=found.flagged,
        show=hanging,
    )


def _late(found: Inbox) -> Section:
    title = ngettext(
        "Received less than %(weeks)s week before their session",
        "Received less than %(weeks)s weeks before their session",
        WEEKS_TO_TRANSLATE,
    )
    return Section(
        "late",
        label=_("late for translation"),
        title=title % {"weeks": WEEKS_TO_TRANSLATE},
        nothing=_("No report came too late for its session."),
        rows=found.late,
        hint=_("Such a report may not be translated in time."),
    )


def _replies(found: Inbox) -> Section:
    overdue = found.replies.overdue
    return Section(
        "replies",
        label=ngettext("list without replies", "lists without replies", len(found.replies)),
        title=_("Lists of issues without replies"),
        nothing=_("Every list of issues has its replies."),
        rows=found.replies,
        hint="" if overdue else _("None of them is overdue."),
        urgent=overdue,
    )


def _dates(found: Inbox) -> Section:
    return Section(
        "dates",
        label=ngettext("date to confirm", "dates to confirm", len(found.to_confirm)),
        title=_("Dates to confirm"),
        nothing=_("Every open report has a firm date."),
        rows=found.to_confirm,
        show=date_row,
        hint=_(
            "The earliest report of each State whose date is an estimate or has yet to be"
            " communicated. An estimate is never overdue."
        ),
    )


def hanging(item: HangingItem) -> HangingRow:
    """Return the row of what hangs on a session."""
    row, kind = item.row, kind_of(item.row)
    return HangingRow(
        state=row.state_party.state.local_name,
        what=what_hangs(row),
        name=row.symbol or row.title,
        session=item.session.number,
        flag=item.flag,
        change_url=reverse(FORMS[kind], args=[row.pk]),
        keep_url=reverse("reporting:keep", args=[kind, row.pk]),
        version=row.version,
    )
