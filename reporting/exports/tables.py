"""The tables that the United Nations publishes, in their shape: each by one list of columns."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from reporting.exports.columns import Column, Columns, Kind, Text
from reporting.models import Basis, Treaty
from reporting.models.status import BAND_LABELS, STATUS_LABELS
from reporting.queries import tables as queries
from reporting.queries import words
from reporting.queries.backlog import Backlog, Waiting
from reporting.queries.kept import Kept
from reporting.queries.lines import Line
from reporting.queries.tables import Compliance, Late, NeverReviewed
from reporting.rules.status import Status


@dataclass(frozen=True, slots=True)
class Table:
    """A published table; ``rows`` goes by a day and a treaty.

    ``group`` names the part in which a row stands, which the rows share that agree in ``group_by``.
    """

    slug: str
    title: Text
    sentence: Text
    columns: Columns
    rows: type[Kept[Any]]
    sources: Text
    group: Callable[[Any], str] | None = None
    group_by: Callable[[Any], Hashable] = lambda _row: None
    wide: bool = True

    def under(self, treaty: Treaty) -> "Table":
        """Return the table with the articles of a treaty in its title and its sources."""
        places = {
            "article": treaty.report_article,
            "entry_into_force": treaty.entry_into_force_article,
        }
        return replace(self, title=self.title % places, sources=self.sources % places)


_OF_THE_DATES = _(
    "Sources: the treaty, article %(article)s and article %(entry_into_force)s; the deposits in the United Nations Treaty "
    "Collection; the reports and the concluding observations whose symbols stand in the table. The "
    "files name the document in which each fact was read."
)
_OF_LATENESS = _(
    "A report is overdue from the day after its due date; a date that is not set, and an estimate, is "
    "never overdue. A State counts once, by its earliest outstanding report. Due dates: the treaty, "
    "article %(article)s and article %(entry_into_force)s, and the decisions of the Committee, as each row says. A "
    "report that came on a day that is not on record counts from the first day that shows that it had come: "
    "its State may be listed here on days when it had sent it."
)


def _status(line: Line) -> str:
    return str(STATUS_LABELS[line.standing.status])


def _came(line: Line) -> str | None:
    return line.ended.received_on if line.ended else None


_NOT_ON_RECORD = _("date not on record")
_NOT_SET = _("date not set")


def _not_on_record(line: Line) -> Text:
    """Tell a report that came on an unknown day from one that did not come."""
    return _NOT_ON_RECORD if line.standing.status is Status.MET else ""


def _not_set(_line: Line) -> Text:
    return _NOT_SET


def _rests_on(line: Line) -> str:
    """Say on what the date rests; an estimate is said to be one."""
    if line.row.basis == Basis.ESTIMATE:
        return gettext("estimate after %(source)s") % {"source": words.source(line.row.source)}
    return words.source(line.row.source)


def _basis(line: Line) -> str:
    return str(Basis(line.row.basis).label)


def _symbol(line: Line) -> str | None:
    return line.ended.symbol if line.ended else None


def _recorded(line: Line) -> str | None:
    return line.ended.recorded if line.ended else None


def _read_in(line: Line) -> str:
    return words.source(_recorded(line) or "")


def _source(row: Any) -> str:
    return words.source(row.source)


def _state(line: Line) -> str:
    return words.state(line.row.iso3, line.row.state)


def _overdue(line: Line) -> int | None:
    days = line.standing.days
    return days if days and days > 0 else None


def _first_standing(row: NeverReviewed) -> Status | None:
    return row.standing.status if row.standing else None


def _first_status(row: NeverReviewed) -> str:
    found = _first_standing(row)
    if found is Status.MET:
        return gettext("Received, not yet considered")
    return str(STATUS_LABELS[found]) if found else ""


def _type(line: Line) -> str:
    return words.title(line.row)


BY_STATE = attrgetter("iso3")
_BY_SOURCE = attrgetter("source")
_BY_REPORT = attrgetter("row.kind", "row.reason", "row.first", "row.last")
_BY_STATUS = attrgetter("standing.status")
_STATE_OF_LINE = Column("state", _("State party"), _state, Kind.STATE, 26, by=BY_STATE)
_STATE: Column[Any] = Column(
    "state",
    _("State party"),
    lambda row: words.state(row.iso3, row.state),
    Kind.STATE,
    26,
    by=BY_STATE,
)
ISO3 = Column("iso3", _("ISO code"), attrgetter("iso3"), width=8, only_files=True)

SUBMISSION_OF_REPORTS: tuple[Column[Line], ...] = (
    _STATE_OF_LINE,
    ISO3,
    Column("report", _("Type of report"), _type, width=24, by=_BY_REPORT),
    Column("due_on", _("Date due"), attrgetter("row.due_on"), Kind.DATE, 20, absent=_not_set),
    Column("received_on", _("Date received"), _came, Kind.DATE, 20, absent=_not_on_record),
    Column("symbol", _("Symbol"), _symbol, width=20),
    Column("status", _("Status"), _status, width=20, by=_BY_STATUS),
    Column("basis", _("Basis"), _basis, width=16, only_files=True, by=attrgetter("row.basis")),
    Column(
        "source",
        _("Basis of the due date"),
        _rests_on,
        width=40,
        by=attrgetter("row.basis", "row.source"),
    ),
    Column(
        "received_source",
        _("Source of the receipt"),
        _read_in,
        only_files=True,
        width=40,
        by=_recorded,
    ),
)


def _late_kind(row: Late) -> str:
    return gettext("non-reporting") if row.earliest.row.first == 1 else gettext("late reporting")


def _band(row: Late) -> str:
    return gettext("Overdue for %(band)s") % {"band": BAND_LABELS[row.band]}


LATE: tuple[Column[Late], ...] = (
    Column(
        "band", _("Overdue for"), lambda row: str(BAND_LABELS[row.band]), width=20, only_files=True
    ),
    Column(
        "state", _("State party"), lambda row: _state(row.earliest), Kind.STATE, 26, by=BY_STATE
    ),
    ISO3,
    Column(
        "group",
        pgettext_lazy("of lateness", "Kind"),
        _late_kind,
        width=16,
        by=attrgetter("earliest.row.first"),
    ),
    Column(
        "report",
        _("Earliest outstanding report"),
        lambda row: _type(row.earliest),
        width=26,
        by=attrgetter("earliest.row.first", "earliest.row.last"),
    ),
    Column("due_on", _("Date due"), attrgetter("earliest.row.due_on"), Kind.DATE, 16),
    Column("days", _("Days overdue"), attrgetter("earliest.standing.days"), Kind.NUMBER, 10),
    Column("overdue_reports", _("Overdue reports"), attrgetter("overdue"), Kind.NUMBER, 10),
    Column(
        "source",
        _("Basis of the due date"),
        lambda row: words.source(row.earliest.row.source),
        width=20,
        by=attrgetter("earliest.row.source"),
    ),
)

BACKLOG: tuple[Column[Waiting], ...] = (
    _STATE,
    ISO3,
    Column("report", _("Type of report"), lambda row: words.report(row.first, row.last), width=28),
    Column(
        "received_on",
        _("Date received"),
        attrgetter("received_on"),
        Kind.DATE,
        16,
        absent=lambda _row: _NOT_ON_RECORD,
    ),
    Column("symbol", _("Symbol"), attrgetter("symbol"), width=20),
    Column("days", _("Days waiting"), attrgetter("days"), Kind.NUMBER, 10),
    Column("session", _("Session"), attrgetter("session"), Kind.NUMBER, 10),
    Column("source", _("Source"), _source, width=40, by=_BY_SOURCE),
)

AWAITED: tuple[Column[Line], ...] = (
    _STATE_OF_LINE,
    ISO3,
    Column("awaited", _("What is awaited"), _type, width=34, by=_BY_REPORT),
    Column(
        "source",
        _("Asked for in"),
        lambda row: words.source(row.row.source),
        width=24,
        by=attrgetter("row.source"),
    ),
    Column("due_on", _("Date due"), attrgetter("row.due_on"), Kind.DATE, 16, absent=_not_set),
    Column("status", _("Status"), _status, width=20, by=_BY_STATUS),
    Column("days", _("Days overdue"), _overdue, Kind.NUMBER, 10),
)


_LEVELS = {"state": _("State"), "region": _("Regional group"), "all": _("All States parties")}


def _level(row: Compliance) -> str:
    if row.level == "state":
        return words.state(row.iso3, row.state)
    return gettext("All States parties") if row.level == "all" else gettext("All of the group")


def _region(row: Compliance) -> str:
    if row.level == "all":
        return gettext("All regional groups")
    return words.region(row.region) or gettext("No regional group on record")


_FILED = _("Reports filed, receipt not confirmed")
COMPLIANCE: tuple[Column[Compliance], ...] = (
    Column(
        "level",
        _("Level"),
        lambda row: str(_LEVELS[row.level]),
        width=20,
        only_files=True,
        by=attrgetter("level"),
    ),
    Column(
        "region",
        _("Regional group"),
        _region,
        width=30,
        only_files=True,
        by=attrgetter("level", "region"),
    ),
    Column("state", _("State party"), _level, Kind.STATE, 30, by=attrgetter("level", "iso3")),
    ISO3,
    Column(
        "instruments",
        _("Reporting instruments in force"),
        attrgetter("instruments"),
        Kind.NUMBER,
        14,
    ),
    Column("overdue", _("Of these with an overdue report"), attrgetter("overdue"), Kind.NUMBER, 14),
    Column(
        "overdue_reports",
        _("Overdue reports in all"),
        attrgetter("overdue_reports"),
        Kind.NUMBER,
        14,
    ),
    Column("compliance", _("Compliance, per cent"), attrgetter("per_cent"), Kind.NUMBER, 14),
    Column("unconfirmed", _FILED, attrgetter("unconfirmed"), Kind.NUMBER, 14),
)


NEVER_REVIEWED: tuple[Column[NeverReviewed], ...] = (
    _STATE,
    ISO3,
    Column(
        "region",
        _("Regional group"),
        lambda row: words.region(row.region),
        width=26,
        by=attrgetter("region"),
    ),
    Column("deposited_on", _("Deposit"), attrgetter("deposited_on"), Kind.DATE, 16),
    Column("entry_into_force", _("Entry into force"), attrgetter("in_force_on"), Kind.DATE, 16),
    Column("due_on", _("First report due"), attrgetter("due_on"), Kind.DATE, 16),
    Column("received_on", _("Received"), attrgetter("received_on"), Kind.DATE, 16),
    Column("status", _("Status"), _first_status, width=22, by=_first_standing),
    Column("source", _("Source of the deposit"), _source, width=40, only_files=True, by=_BY_SOURCE),
)


TABLES = {
    table.slug: table
    for table in (
        Table(
            "submission-of-reports",
            _("Submission of reports under article %(article)s"),
            _(
                "Every report that a State party owed or sent: when it was due, when it came, and its symbol."
            ),
            SUBMISSION_OF_REPORTS,
            queries.SubmissionOfReports,
            _OF_THE_DATES,
        ),
        Table(
            "late-and-non-reporting",
            _("Late and non-reporting States parties"),
            _("The States with an overdue report, by how long it has been overdue."),
            LATE,
            queries.LateAndNonReporting,
            _OF_LATENESS,
            _band,
            attrgetter("band"),
        ),
        Table(
            "backlog",
            _("Backlog: reports received and not yet considered"),
            _(
                "The reports that were received and not yet considered, in order of receipt. A report that fell due meanwhile and did not come is not among them."
            ),
            BACKLOG,
            Backlog,
            _OF_THE_DATES,
        ),
        Table(
            "replies-and-follow-up",
            _("Replies and follow-up awaited"),
            _(
                "The replies to lists of issues and the follow-up that the Committee has asked for and not received."
            ),
            AWAITED,
            queries.RepliesAndFollowUp,
            _OF_THE_DATES,
        ),
        Table(
            "compliance",
            _("Compliance indicator by State party and regional group"),
            _(
                "The share of reporting instruments under which nothing is overdue, for each State and each regional group."
            ),
            COMPLIANCE,
            queries.ComplianceIndicator,
            _(
                "Compliance in per cent: (1 - overdue reports / reporting instruments in force) x 100, the formula of the Office of the High Commissioner. What is divided is the column “Of these with an overdue report”: a State counts once under a treaty, however many of its reports are overdue; “Overdue reports in all” stands beside it and does not enter. A date that is not set is not overdue. For a group: the share of its States with nothing overdue."
            ),
            _region,
            attrgetter("level", "region"),
            wide=False,
        ),
        Table(
            "never-reviewed",
            _("States parties never reviewed"),
            _(
                "The States parties that the Committee has not considered yet, with or without a report."
            ),
            NEVER_REVIEWED,
            queries.StatesNeverReviewed,
            _(
                "Sources: the deposits in the United Nations Treaty Collection; the treaty, article %(article)s and article %(entry_into_force)s; the documents of the Committee. The files name the source of each deposit."
            ),
        ),
    )
}
