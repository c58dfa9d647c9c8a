"""What a change does to the dates, as rows to show."""

from dataclasses import dataclass
from datetime import date

from reporting.models import Obligation
from reporting.rules.status import Standing
from reporting.services.moves import Move
from reporting.services.preview import Outcome


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A duty as it stands and as it would stand; ``ended`` is its old row with how it would end."""

    title: str
    before: Obligation | None
    standing_before: Standing | None
    after: Obligation | None
    standing_after: Standing | None
    ended: Obligation | None
    date_stays: bool


def shown(outcome: Outcome, *, as_at: date) -> list[MoveRow]:
    """Return the rows in the order of the reports."""
    return [_row(move, as_at) for move in sorted(outcome.moves, key=_order)]


def _order(move: Move) -> tuple[bool, int, int]:
    duty = move.obligation
    return duty.first_report is None, duty.first_report or 0, duty.last_report or 0


def _row(move: Move, as_at: date) -> MoveRow:
    return MoveRow(
        title=move.obligation.title,
        before=move.before,
        standing_before=move.before.standing(as_at=as_at) if move.before else None,
        after=move.after,
        standing_after=move.after.standing(as_at=as_at) if move.after else None,
        ended=move.ended,
        date_stays=move.date_stays,
    )
