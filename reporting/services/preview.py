"""What a change would do to the dates, seen before it is done; then done exactly as it was seen."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from reporting.models import AlertOffsets, Contact, StateParty
from reporting.rules.schedule import Offsets, alerts_ahead
from reporting.services.fact import lock
from reporting.services.looked_at import looked_at
from reporting.services.moves import Change, Move, changes_since, duty, open_rows, paired, said


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
    return looked_at(lambda: _made(party, as_at, change))


def foresee(*, party: StateParty, as_at: date, change: Callable[[], object]) -> Outcome:
    """Return what the change would do, and do nothing."""
    return looked_at(lambda: _outcome(party, as_at, change))


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
    moves = paired(changes)
    told = Contact.objects.told().filter(Q(state=party.state) | Q(state__isnull=True))
    offsets = AlertOffsets.objects.by_kind()
    return Outcome(
        moves=moves,
        alerts=sum(_alerts_cancelled(move, offsets, as_at) for move in moves),
        contacts=told.count(),
        mark=_mark(facts, changes),
    )


def _made(party: StateParty, as_at: date, change: Callable[[], object]) -> list[Change]:
    """Make the change and return what it did."""
    before = open_rows(party=party, as_at=as_at)
    change()
    return changes_since(before, party=party, as_at=as_at)


def _alerts_cancelled(move: Move, offsets: Mapping[str, Offsets], as_at: date) -> int:
    old = move.before
    if old is None or old.firm_date is None or move.date_stays:
        return 0
    return alerts_ahead(old.firm_date, offsets[old.kind], as_at=as_at)


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
    rows = [
        [(duty(row), said(row)) if row else None for row in (change.before, change.after)]
        for change in changes
    ]
    return sha256(repr((facts, rows)).encode()).hexdigest()
