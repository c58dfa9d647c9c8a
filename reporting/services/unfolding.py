"""Telling calendars of a protocol which reports of its Convention are no longer reports under it."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from reporting.models import Kind, Obligation, StateParty, Unfolded
from reporting.queries.folding import folding_of
from reporting.services.calling_off import is_met, is_told


class Shown(NamedTuple):
    """A report of the Convention in the calendar of a protocol, by its name in calendars."""

    protocol: int
    duty: str


def shown_under(protocols: Collection[StateParty], *, as_at: date) -> set[Shown]:
    """Return what stands in the calendars of these protocols of one State, and is owed under the Convention.

    Two queries, and none without a protocol.
    """
    rows = _under_the_convention(protocols)
    stands = [row for row in rows if row.due_on and row.is_open(as_at=as_at)]
    return _of_protocols(stands, protocols, as_at)


def unfold(before: Iterable[Shown], *, protocols: Collection[StateParty], as_at: date) -> None:
    """Keep what stood in these calendars and is no report under the protocol now; forget what is one again.

    What was met is gone from calendars, as under the Convention.
    """
    if not protocols:
        return
    rows = _under_the_convention(protocols)
    told = [row for row in rows if is_told(row, as_at=as_at)]
    there = _of_protocols(told, protocols, as_at)
    met = [row.duty for row in told if is_met(row, as_at=as_at)]
    there |= {Shown(each.treaty_id, duty) for each in protocols for duty in met}
    last = {row.duty: row for row in sorted(rows, key=lambda row: _latest_last(row, as_at))}
    kept = Unfolded.objects.filter(obligation__in=rows).select_related("obligation")
    again = [row for row in kept if Shown(row.protocol_id, row.obligation.duty) in there]
    Unfolded.objects.filter(pk__in=[row.pk for row in again]).delete()
    Unfolded.objects.bulk_create(
        [
            Unfolded(protocol_id=each.protocol, obligation=last[each.duty], called_off_on=as_at)
            for each in set(before) - there
            if each.duty in last
        ],
        update_conflicts=True,
        unique_fields=["protocol", "obligation"],
        update_fields=["called_off_on"],
    )


def _under_the_convention(protocols: Collection[StateParty]) -> list[Obligation]:
    """Return the reports of the State under the Convention into whose reports those of the protocols go."""
    for party in protocols:
        rows = Obligation.objects.filter(
            state_party__state=party.state_id,
            state_party__treaty__code=party.treaty.folded_into,
            kind=Kind.REPORT,
        )
        return list(rows.select_related("state_party__state", "state_party__treaty"))
    return []


def _of_protocols(
    rows: Iterable[Obligation], protocols: Collection[StateParty], as_at: date
) -> set[Shown]:
    """Return which of these rows are reports under which of the protocols."""
    numbers = {each.treaty.code: each.treaty_id for each in protocols}
    if not numbers:
        return set()
    parties = StateParty.objects.filter(pk__in=[each.pk for each in protocols])
    folds = folding_of(parties, as_at=as_at)
    return {Shown(numbers[code], row.duty) for row in rows for code in folds.also_under(row)}


def _latest_last(row: Obligation, as_at: date) -> tuple[bool, date, int]:
    return row.is_open(as_at=as_at), row.arises_on, row.pk
