"""Telling calendars of dates that the facts no longer lead to; in the transaction of the change."""

from collections.abc import Iterable
from datetime import date

from reporting.models import CalledOff, Closure, Obligation, StateParty
from reporting.queries.calendar import KEPT


def in_calendars(rows: Iterable[Obligation], *, as_at: date) -> list[CalledOff]:
    """Return what would be left of each date that stands in calendars, were it not there any more."""
    return [CalledOff.of(row, on=as_at) for row in rows if row.due_on and row.is_open(as_at=as_at)]


def call_off(
    told: Iterable[CalledOff], *, party: StateParty, now: Iterable[Obligation], as_at: date
) -> None:
    """Keep what stood in calendars and does not follow from ``now``; forget what follows again."""
    known = {row.duty for row in now if is_told(row, as_at=as_at)}
    gone = [each for each in told if each.duty not in known]
    CalledOff.objects.filter(state_party=party, duty__in=known).delete()
    CalledOff.objects.bulk_create(
        {each.duty: each for each in gone}.values(),
        update_conflicts=True,
        unique_fields=["state_party", "duty"],
        update_fields=_FIELDS,
    )


_FIELDS = ["kind", "reason", "basis", "first_report", "last_report", "due_on", "called_off_on"]


def is_told(row: Obligation, *, as_at: date) -> bool:
    """Whether calendars show how it stands themselves: open, called off not long ago, or met and gone."""
    if is_met(row, as_at=as_at):
        return True
    not_long_over = row.closed_on is None or row.closed_on > as_at - KEPT
    return bool(row.due_on) and row.arises_on <= as_at and not_long_over


def is_met(row: Obligation, *, as_at: date) -> bool:
    """Whether it was met by that day: it is gone from calendars then, for nobody called it off."""
    return bool(row.closed_as == Closure.MET and row.closed_on and row.closed_on <= as_at)
