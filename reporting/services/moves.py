"""What a change did to what a State party owes: each duty with its row before and its row after."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reporting.models import Closure, Kind, Obligation, StateParty


@dataclass(frozen=True, slots=True)
class Change:
    """An obligation that was open and is not, is and was not, or has another date or reason."""

    before: Obligation | None
    after: Obligation | None

    @property
    def obligation(self) -> Obligation:
        """The one to name it by."""
        found = self.after or self.before
        assert found  # noqa: S101 # one of the two is there
        return found


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of a duty: its row until now, the row that takes its place, how the first ended."""

    before: Obligation | None
    after: Obligation | None
    ended: Obligation | None = None

    @property
    def obligation(self) -> Obligation:
        """The one to name it by."""
        found = self.after or self.before
        assert found  # noqa: S101 # one of the two is there
        return found

    @property
    def date_stays(self) -> bool:
        """Whether the due date is the same before and after."""
        return bool(self.before and self.after and self.before.due_on == self.after.due_on)


def between(
    before: Mapping[str, Obligation], rows: Iterable[Obligation], *, as_at: date
) -> list[Move]:
    """Return what became of what was open, as it was then, by the rows as they are on that day."""
    now = {row.key: row for row in sorted(rows, key=lambda row: (row.arises_on, row.pk))}
    still = {key: row for key, row in now.items() if row.is_open(as_at=as_at)}
    stayed = ((row, still[key]) for key, row in before.items() if key in still)
    ended = [Change(row, now.get(key)) for key, row in before.items() if key not in still]
    begun = [Change(None, row) for key, row in still.items() if key not in before]
    moved = [Move(old, new) for old, new in stayed if said(old) != said(new)]
    moves = [*moved, *paired([*ended, *begun])]
    return [part for move in moves for part in apart(move, as_at=as_at)]


def apart(move: Move, *, as_at: date) -> Iterator[Move]:
    """Take apart what is two moves to a reader.

    What is not owed on that day does not go on, and of requests a new one is not the old one with
    another date.
    """
    before, after = move.before, move.after
    if after and not after.is_open(as_at=as_at):
        after = None
    if before and after and before.kind != Kind.REPORT and before.key != after.key:
        yield Move(before, None)
        yield Move(None, after)
    elif before or after:
        yield Move(before, after, move.ended)


def open_rows(*, party: StateParty, as_at: date) -> dict[str, Obligation]:
    """Return what is open on that day by its key, in order."""
    rows = Obligation.objects.filter(state_party=party).open(as_at=as_at)
    return {row.key: row for row in rows.order_by("arises_on", "pk")}


def changes_since(
    before: Mapping[str, Obligation], *, party: StateParty, as_at: date
) -> list[Change]:
    """Return what is no longer as it was when ``before`` was open."""
    after = open_rows(party=party, as_at=as_at)
    closed = {
        row.key: row for row in party.obligations.filter(key__in=before.keys() - after.keys())
    }
    changes = []
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(key), after.get(key) or closed.get(key)
        if old is None or new is None or said(old) != said(new):
            changes.append(Change(old, new))
    return changes


def said(row: Obligation) -> tuple[object, ...]:
    """Return what a reader is told of an obligation."""
    return (
        row.due_on,
        row.basis,
        row.source,
        row.reason,
        str(row.places),
        row.closed_on,
        row.closed_as,
        row.awaiting_since,
    )


def paired(changes: Iterable[Change]) -> list[Move]:
    """Put what ended and what opened for the same reports together."""
    changes = list(changes)
    opened = [each.after for each in changes if each.before is None and each.after]
    moves = []
    for old, new in ((each.before, each.after) for each in changes):
        if old and new and not new.closed_as:
            moves.append(Move(old, new))
        elif old:
            moves.append(Move(old, _successor(old, new, opened), ended=new))
    return moves + [Move(None, each) for each in opened]


def _successor(old: Obligation, ended: Obligation | None, opened: list[Obligation]) -> Any:
    """Take what was opened in place of a duty that was superseded out of the list."""
    replaced = ended is None or ended.closed_as in {Closure.SUPERSEDED, Closure.WITHDRAWN}
    found = next((each for each in opened if replaced and duty(each) == duty(old)), None)
    if found:
        opened.remove(found)
    return found


def duty(row: Obligation) -> tuple[Any, ...]:
    """Return what is owed, whatever the date of it rests on."""
    return row.kind, row.first_report, row.last_report
