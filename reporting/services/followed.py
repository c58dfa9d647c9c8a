"""Writing what became of obligations, once, for programs that are told; in the transaction of the change.

Rows are written ten years ahead, so what counts is how they stand on a day: an obligation is told of when
it arises, not when it is projected. A fact is told with all that it changed. Of a day that has passed,
what it changed is told, by the rows as they are now: so a file that is loaded, other rules and rows that
are built anew are no news, of which there would be thousands.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from typing import Any

from reporting.models import Closure, Followed, Obligation, ObligationChange, StateParty
from reporting.services.moves import Move, between

What = ObligationChange.What
Rows = Mapping[str, Obligation]


def as_they_were(rows: Rows, *, since: date) -> Rows:
    """Return what was owed on that day, as it is before anything is written."""
    return {key: copy(row) for key, row in rows.items() if row.is_open(as_at=since)}


def followed_up_to(party: StateParty) -> date | None:
    """Return the day up to which it has been looked; the State party has it with it."""
    followed: Followed | None = getattr(party, "followed", None)
    return followed.up_to if followed else None


def follow(
    *,
    party: StateParty,
    before: Rows | None,
    rows: Iterable[Obligation],
    as_at: date,
    written: bool,
) -> None:
    """Write what became of the obligations since it was looked.

    ``before`` is what was owed before a fact was recorded; none where it is the day alone that counts.
    Where nobody has looked yet there is nothing to compare with, but for a fact.
    """
    known = followed_up_to(party)
    since, rows = known or as_at, list(rows)
    day = max(since, as_at)
    if before is None:
        before = {row.key: row for row in rows if row.is_open(as_at=since)}
    moves = between(before, rows, as_at=day)
    told = [_change(party, what, move) for move in moves if (what := _what(move))]
    ObligationChange.objects.bulk_create(told)
    if written or moves or known is None:  # where nothing was, the same comes of looking from then
        _look(party, day)


def _look(party: StateParty, day: date) -> None:
    Followed.objects.bulk_create(
        [Followed(state_party=party, up_to=day)],
        update_conflicts=True,
        unique_fields=["state_party"],
        update_fields=["up_to"],
    )


def _what(move: Move) -> What | None:
    if move.before and move.after:
        return What.MOVED if _date(move.before) != _date(move.after) else None
    if move.after:
        return What.SET
    met = move.ended and move.ended.closed_as == Closure.MET
    return What.MET if met else What.LAPSED


def _date(row: Obligation) -> tuple[object, str]:
    """Return when it is due, and on what that rests; an estimate is no date."""
    return row.firm_date, row.basis


def _change(party: StateParty, what: What, move: Move) -> ObligationChange:
    row, before = move.obligation, move.before if move.after else None
    given: dict[str, Any] = {name: getattr(row, name) for name in _KEPT}
    given["due_on"] = row.firm_date
    if before:
        given |= {"due_on_before": before.firm_date, "basis_before": before.basis}
        given["replaces"] = before.pk if before.pk != row.pk else None
    return ObligationChange(
        state_party=party,
        what=what,
        obligation=row.pk,
        closed_as=move.ended.closed_as if move.ended and not move.after else "",
        **given,
    )


_KEPT = ("kind", "first_report", "last_report", "basis")
