"""Writing what became of obligations, once, for programs that are told; in the transaction of the change.

Rows are written ten years ahead, so what counts is how they stand on a day: an obligation is told of when
it arises, not when it is projected. A fact is told with all that it changed. Of a day that has passed,
what it changed is told, by the rows as they were before the refresh: so what a file, other rules or rows
that are built anew bring is no news, of which there would be thousands.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from typing import Any

from reporting.models import Closure, Followed, Obligation, ObligationChange, StateParty
from reporting.queries.folding import Folding, folding_of
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


def by_days(
    party: StateParty, rows: Iterable[Obligation], *, as_at: date
) -> list[ObligationChange]:
    """Return what the days since it was looked did to what is owed, by the rows before anything is written.

    Where nobody has looked yet there is nothing to compare with.
    """
    since, rows = followed_up_to(party) or as_at, list(rows)
    before = {row.key: row for row in rows if row.is_open(as_at=since)}
    return by_fact(party, before, rows, as_at=as_at)


def by_fact(
    party: StateParty, before: Rows, rows: Iterable[Obligation], *, as_at: date
) -> list[ObligationChange]:
    """Return what a fact did to what was owed before it, and what the days since it was looked did."""
    day = max(followed_up_to(party) or as_at, as_at)
    moves = between(before, rows, as_at=day)
    told = [(what, move) for move in moves if (what := _what(move))]
    folds = _folding(party, as_at=day) if told else Folding()
    return [_change(party, what, move, folds) for what, move in told]


def tell(changes: list[ObligationChange], *, party: StateParty, as_at: date, written: bool) -> None:
    """Write what became of the obligations, and that it has been looked up to that day."""
    known = followed_up_to(party)
    ObligationChange.objects.bulk_create(changes)
    # Where nothing was, the same comes of looking from the day before.
    if written or changes or known is None:
        _look(party, max(known or as_at, as_at))


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


def _folding(party: StateParty, *, as_at: date) -> Folding:
    protocols = StateParty.objects.filter(
        state=party.state_id, treaty__folded_into=party.treaty.code
    )
    return folding_of(protocols, as_at=as_at)


def _also_under(party: StateParty, move: Move, folds: Folding) -> str:
    """Name the protocols of which it is the report too, or was before it moved."""
    codes: set[str] = set()
    for row in filter(None, (move.before, move.after)):
        codes.update(folds.protocols(row, iso3=party.state.iso3, treaty=party.treaty.code))
    return f" {' '.join(sorted(codes))} " if codes else ""


def _change(party: StateParty, what: What, move: Move, folds: Folding) -> ObligationChange:
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
        also_under=_also_under(party, move, folds),
        **given,
    )


_KEPT = ("kind", "first_report", "last_report", "basis")
