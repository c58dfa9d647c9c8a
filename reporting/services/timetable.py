"""Deriving the obligations from the facts; nothing else writes a due date."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from reporting.models import Obligation, Revision, StateParty
from reporting.models.fact import COUNTS_FROM
from reporting.queries.facts import facts_of, with_facts
from reporting.rules.hindsight import projected_until
from reporting.rules.placing import place
from reporting.rules.timetable import timetable
from reporting.services.calling_off import call_off, in_calendars
from reporting.services.followed import as_they_were, by_days, by_fact, followed_up_to, tell
from reporting.services.reminder.follow import follow_timetable
from reporting.services.unfolding import shown_under, unfold


@dataclass(frozen=True, slots=True)
class Changes:
    """How many obligations a refresh wrote."""

    created: int = 0
    updated: int = 0
    deleted: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        """Add up."""
        return Changes(
            self.created + other.created,
            self.updated + other.updated,
            self.deleted + other.deleted,
        )

    def __bool__(self) -> bool:
        """Whether anything was written."""
        return bool(self.created or self.updated or self.deleted)


def refresh(*, party: StateParty, as_at: date, recorded: bool = False) -> Changes:
    """Bring the obligations of one State party up to its facts, and ten years beyond ``as_at``.

    Keeps the key and the row of each obligation that is still derived. Refreshing twice changes
    nothing. Programs are told what days that passed changed, and, where a fact was ``recorded`` just
    now, what that did. Raise ContradictionsError, and write nothing, where the facts contradict each
    other.
    """
    with transaction.atomic():
        StateParty.objects.select_for_update().get(pk=party.pk)
        whole = StateParty.objects.select_related("treaty").get(pk=party.pk)
        folding = StateParty.objects.filter(
            state=whole.state_id, treaty__folded_into=whole.treaty.code
        ).select_related("treaty")
        protocols = [whole] if whole.treaty.folded_into else list(folding)
        shown = shown_under(protocols, as_at=as_at)
        changes = _refresh(whole, as_at, recorded=recorded)
        for each in protocols:
            if each != whole:
                changes += refresh(party=each, as_at=as_at, recorded=recorded)
        if changes:
            unfold(shown, protocols=protocols, as_at=as_at)
        return changes


def _refresh(party: StateParty, as_at: date, *, recorded: bool) -> Changes:
    """Write what differs under this treaty alone."""
    _write_folding(party)
    rows = StateParty.objects.filter(pk=party.pk).select_related("followed")
    fresh = with_facts(rows).get()
    changes = _write(fresh, _derive(fresh, as_at), as_at, recorded=recorded)
    _write_days(fresh)
    if changes:
        follow_timetable(party=fresh, as_at=as_at)
    return changes


def _write_folding(party: StateParty) -> None:
    """Keep from which day on the reports go into those under another treaty, so that no read asks."""
    into = party.treaty.folded_into
    found = into and StateParty.objects.filter(state=party.state_id, treaty__code=into)
    whole = found.select_related("treaty").first() if found else None
    folded_from = whole.entry_into_force.last_day if whole else None
    if folded_from != party.folded_from:
        StateParty.objects.filter(pk=party.pk).update(folded_from=folded_from)


def _write_days(party: StateParty) -> None:
    """Keep with each fact the day from which it counts, so that a day of it is a WHERE clause."""
    placed, _errors = place(facts_of(party))
    days = {item.fact.ref: item.day for item in placed}
    kept: tuple[QuerySet[Any], ...] = (
        party.submissions.all(),
        party.reviews.all(),
        party.decisions.all(),
    )
    for rows in kept:
        moved = [row for row in rows if row.counts_from != days.get(row.ref)]
        for row in moved:
            row.counts_from = days.get(row.ref)
        if moved:
            rows.bulk_update(moved, [COUNTS_FROM])
            Revision.objects.renew()


def _derive(party: StateParty, as_at: date) -> dict[str, dict[str, Any]]:
    """Return the fields of every obligation by its key."""
    horizon = projected_until(as_at)
    derived = timetable(party.treaty.regime(), facts_of(party), as_at=horizon)
    return {obligation.key: Obligation.columns(obligation) for obligation in derived}


def _write(
    party: StateParty, derived: dict[str, dict[str, Any]], as_at: date, *, recorded: bool
) -> Changes:
    rows = {row.key: row for row in Obligation.objects.filter(state_party=party)}
    told = in_calendars(rows.values(), as_at=as_at)
    before = as_they_were(rows, since=followed_up_to(party) or as_at) if recorded else {}
    passed = [] if recorded else by_days(party, rows.values(), as_at=as_at)
    vanished = [row.pk for key, row in rows.items() if key not in derived]
    changed = [rows[key] for key in _changed(rows, derived)]
    new = [
        Obligation(state_party=party, key=key, **fields)
        for key, fields in derived.items()
        if key not in rows
    ]
    Obligation.objects.filter(pk__in=vanished).delete()
    if changed:
        Obligation.objects.bulk_update(changed, [*next(iter(derived.values())), "look_on"])
    Obligation.objects.bulk_create(new)
    changes = Changes(len(new), len(changed), len(vanished))
    now = [*(row for key, row in rows.items() if key in derived), *new]
    if changes:
        call_off(told, party=party, now=now, as_at=as_at)
        Revision.objects.renew()
    became = by_fact(party, before, now, as_at=as_at) if recorded else passed
    tell(became, party=party, as_at=as_at, written=bool(changes))
    return changes


def _changed(rows: dict[str, Obligation], derived: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Set what is new on the rows that differ, and name their keys."""
    for key, fields in derived.items():
        row = rows.get(key)
        if row is None or _same(row, fields.items()):
            continue
        for name, value in fields.items():
            setattr(row, name, value)
        row.look_on = date.min
        yield key


def _same(row: Obligation, fields: Iterable[tuple[str, Any]]) -> bool:
    return all(getattr(row, name) == value for name, value in fields)
