"""What a change would do to the dates, seen before it is done; then done exactly as it was seen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max

from reporting.models import Closure, Contact, Obligation, StateParty
from reporting.rules.obligation import Kind
from reporting.rules.schedule import DEFAULT_OFFSETS, alerts_ahead
from reporting.services.fact import lock


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change does: to the dates, and to the alerts that are ahead.

    ``mark`` is the same only for the same change to the same facts.
    """

    moves: list[Move]
    alerts: int
    contacts: int
    mark: str

    @property
    def alerts_in_all(self) -> int:
        """The alerts ahead for the dates that move or end, one for each contact."""
        return self.alerts * self.contacts


class OutcomeChangedError(Exception):
    """The facts are no longer those of the preview; nothing was saved. Holds what would happen now."""

    def __init__(self, outcome: Outcome) -> None:
        """Keep the new outcome."""
        super().__init__("The facts have changed since the preview.")
        self.outcome = outcome


def preview(*, party: StateParty, as_at: date, change: Callable[[], object]) -> list[Change]:
    """Make the change, look, and undo it; what ``change`` raises goes through.

    Doing it afterwards does exactly what is returned, unless something else happens in between.
    """
    with transaction.atomic():
        changes = _made(party, as_at, change)
        transaction.set_rollback(True)
    return changes


def foresee(*, party: StateParty, as_at: date, change: Callable[[], object]) -> Outcome:
    """Return what the change would do, and do nothing."""
    with transaction.atomic():
        outcome = _outcome(party, as_at, change)
        transaction.set_rollback(True)
    return outcome


def carry_out(
    *, party: StateParty, as_at: date, change: Callable[[], object], expected: str
) -> Outcome:
    """Make the change if it does what was foreseen under the mark ``expected``.

    Raise OutcomeChangedError, and write nothing, where something else has happened in between.
    """
    with transaction.atomic():
        outcome = _outcome(party, as_at, change)
        if outcome.mark != expected:
            raise OutcomeChangedError(outcome)
    return outcome


def _outcome(party: StateParty, as_at: date, change: Callable[[], object]) -> Outcome:
    lock(party=party)
    facts = _version(party)
    changes = _made(party, as_at, change)
    moves = _paired(changes)
    told = Contact.objects.filter(state=party.state, active=True, unsubscribed_at__isnull=True)
    return Outcome(
        moves=moves,
        alerts=sum(_alerts_cancelled(move, as_at) for move in moves),
        contacts=told.count(),
        mark=_mark(facts, changes),
    )


def _made(party: StateParty, as_at: date, change: Callable[[], object]) -> list[Change]:
    """Make the change and return what it did."""
    before = _open(party, as_at)
    change()
    after = _open(party, as_at)
    closed = {
        row.key: row for row in party.obligations.filter(key__in=before.keys() - after.keys())
    }
    changes = []
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(key), after.get(key) or closed.get(key)
        if old is None or new is None or _said(old) != _said(new):
            changes.append(Change(old, new))
    return changes


def _open(party: StateParty, as_at: date) -> dict[str, Obligation]:
    rows = Obligation.objects.filter(state_party=party).open(as_at=as_at)
    return {row.key: row for row in rows.order_by("arises_on", "pk")}


def _said(row: Obligation) -> tuple[object, ...]:
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


def _paired(changes: Iterable[Change]) -> list[Move]:
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
    found = next((each for each in opened if replaced and _duty(each) == _duty(old)), None)
    if found:
        opened.remove(found)
    return found


def _duty(row: Obligation) -> tuple[Any, ...]:
    return row.kind, row.first_report, row.last_report


def _alerts_cancelled(move: Move, as_at: date) -> int:
    old = move.before
    if old is None or old.due_on is None or move.date_stays:
        return 0
    return alerts_ahead(old.due_on, DEFAULT_OFFSETS[Kind(old.kind)], as_at=as_at)


def _version(party: StateParty) -> list[object]:
    """Return what changes whenever a fact of the State party does."""
    latest: list[object] = [party.version]
    for facts in (party.submissions, party.reviews, party.decisions):
        history: Any = facts.model.history
        found = history.filter(state_party_id=party.pk).aggregate(Max("history_id"))
        latest.append(found["history_id__max"])
    return latest


def _mark(facts: list[object], changes: Iterable[Change]) -> str:
    """Return a short text for a change to those facts; keys are left out, as they name new rows."""
    said = [
        [(_duty(row), _said(row)) if row else None for row in (change.before, change.after)]
        for change in changes
    ]
    return sha256(repr((facts, said)).encode()).hexdigest()
