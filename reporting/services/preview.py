"""What a change would do to the dates, seen before it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from reporting.models import Obligation, StateParty


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


def preview(*, party: StateParty, as_at: date, change: Callable[[], object]) -> list[Change]:
    """Make the change, look, and undo it; what ``change`` raises goes through.

    Doing it afterwards does exactly what is returned, unless something else happens in between.
    """
    with transaction.atomic():
        before = _open(party, as_at)
        change()
        after = _open(party, as_at)
        closed = {
            row.key: row for row in party.obligations.filter(key__in=before.keys() - after.keys())
        }
        transaction.set_rollback(True)
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
    )
