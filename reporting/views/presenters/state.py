"""The pages of the States parties as plain rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reporting.models import CommitteeDecision, Obligation, Review, Session, StateParty, Submission
from reporting.queries.all_treaties import AllTreaties
from reporting.queries.owed import due_order
from reporting.queries.session import Flag, HangingItem
from reporting.queries.state import FactRow, StatePage, StateSummary, overdue_reports
from reporting.rules.partial_date import PartialDate
from reporting.rules.status import Standing, Status
from reporting.rules.wording import report_name
from reporting.views.presenters.facts import FORMS, kind_of, what_hangs


@dataclass(frozen=True, slots=True)
class StateRow:
    """One State party in the list; ``under`` is the treaty of its report where that is another one."""

    name: str
    url: str
    deposited: PartialDate
    in_force: PartialDate
    report: str
    under: str
    also_under: tuple[str, ...]
    due: PartialDate | None
    status: Status | None
    overdue_reports: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One obligation in the timeline; one met late has the two days between which it was late.

    ``also_under`` are the protocols under which it is the report too; ``under`` is its treaty where
    that is another one than the page's.
    """

    obligation: Obligation
    standing: Standing
    late_since: date | None = None
    met_on: date | None = None
    also_under: Sequence[str] = ()
    under: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A date of a fact as it was known on a day: on record, not on record, or yet to come."""

    day: PartialDate | None
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact and its dates, by name, as they were known on the day."""

    name: str
    row: FactRow
    dates: dict[str, Known]
    kind: str
    change_url: str


@dataclass(frozen=True, slots=True)
class Flagged:
    """What hangs on a session that was moved or cancelled, and where it is changed."""

    what: str
    name: str
    session: Session
    flag: Flag | None
    change_url: str


_DATES: dict[type[FactRow], tuple[str, ...]] = {
    Submission: ("received_on",),
    Review: ("dialogue_from", "dialogue_to", "adopted_on", "distributed_on"),
    CommitteeDecision: ("decided_on",),
}


def rows(summaries: Iterable[StateSummary], *, query: str) -> list[StateRow]:
    """Return what the list shows."""
    return [_row(summary, query) for summary in summaries]


def _row(summary: StateSummary, query: str) -> StateRow:
    party, owed, standing = summary.party, summary.earliest, summary.standing
    return StateRow(
        name=party.state.local_name,
        url=f"/states/{party.state.iso3}/{query}",
        deposited=party.deposited_on,
        in_force=party.entry_into_force,
        report=owed.title if owed else "",
        under=owed.under if owed and owed.under != party.treaty.code else "",
        also_under=tuple(summary.also_under),
        due=owed.due_on if owed else None,
        status=standing.status if standing else None,
        overdue_reports=summary.overdue_reports,
    )


def sections(page: StatePage, *, whole: AllTreaties | None, as_at: date) -> dict[str, Any]:
    """Return the timeline and the tables of facts, each in the order in which a page shows it.

    ``whole`` knows which open reports are also those under protocols: under these they are open too.
    """
    elsewhere = whole.reported_in(page.party.treaty) if whole else []
    return {
        "overdue_elsewhere": overdue_reports(elsewhere, as_at=as_at),
        "leaves_on": _leaves_on(page.party, as_at),
        "open": _open(page, whole, as_at),
        "projected": [owed_entry(row, as_at) for row in page.projected],
        "past": [_ended(row, as_at) for row in reversed(page.past)],
        "submissions": _facts(page, Submission, as_at),
        "reviews": _facts(page, Review, as_at),
        "decisions": _facts(page, CommitteeDecision, as_at),
        "flagged": [_flagged(item) for item in page.flagged],
    }


def _open(page: StatePage, whole: AllTreaties | None, as_at: date) -> list[Entry]:
    if whole is None:
        return [owed_entry(row, as_at) for row in page.open]
    elsewhere = whole.reported_in(page.party.treaty)
    return [
        replace(
            owed_entry(row, as_at),
            also_under=whole.folding.also_under(row),
            under=row.under if row in elsewhere else "",
        )
        for row in sorted([*page.open, *elsewhere], key=due_order)
    ]


def _flagged(item: HangingItem) -> Flagged:
    row = item.row
    return Flagged(
        what=what_hangs(row),
        name=row.symbol or row.title,
        session=item.session,
        flag=item.flag,
        change_url=reverse(FORMS[kind_of(row)], args=[row.pk]),
    )


def _leaves_on(party: StateParty, as_at: date) -> date | None:
    """Return the day on which the denunciation takes effect, where one was known on that day."""
    gone = party.denunciation()
    return gone.effective_on if gone and gone.happened_on.last_day <= as_at else None


def owed_entry(obligation: Obligation, as_at: date) -> Entry:
    """Return what is open, as the timeline shows it."""
    standing = obligation.standing(as_at=as_at)
    return Entry(obligation, standing, None if standing.days is None else obligation.due_by)


def _ended(obligation: Obligation, as_at: date) -> Entry:
    standing, due_by = obligation.standing(as_at=as_at), obligation.due_by
    if standing.days is None or standing.days <= 0 or due_by is None:
        return Entry(obligation, standing)
    return Entry(obligation, standing, due_by, due_by + timedelta(days=standing.days))


def _facts(page: StatePage, kind: type[FactRow], as_at: date) -> list[Fact]:
    return [_fact(line.row, as_at) for line in page.facts if isinstance(line.row, kind)]


def _fact(row: FactRow, as_at: date) -> Fact:
    names = _DATES[type(row)]
    kind = kind_of(row)
    return Fact(
        name=_report(row),
        row=row,
        dates={name: _known(getattr(row, name), as_at) for name in names},
        kind=kind,
        change_url=reverse(FORMS[kind], args=[row.pk]),
    )


def _report(row: FactRow) -> str:
    if row.first_report is None or row.last_report is None:
        return ""
    return report_name(row.first_report, row.last_report, translate=_)


def _known(day: PartialDate | None, as_at: date) -> Known:
    is_ahead = bool(day and day.first_day > as_at)
    return Known(None if is_ahead else day, is_ahead)
