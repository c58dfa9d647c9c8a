"""The timelines of the States parties: what each owed, owes and will owe, and what it sent."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from reporting.models import Obligation, Session, StateParty, Treaty
from reporting.queries.facts import with_facts
from reporting.queries.folding import Folding, folding_under, owed_under
from reporting.queries.state import StatePage, facts_by, projected

ON_A_PAGE = 100


def states_shown(*, as_at: date, treaty: Treaty) -> "Paginator[Any]":
    """Return the States parties of that day by name, in pages."""
    parties = with_facts(StateParty.objects.filter(treaty=treaty).parties(as_at=as_at))
    return Paginator(parties.order_by("state"), ON_A_PAGE)


def timelines(*, as_at: date, treaty: Treaty, page: "Page[Any] | None" = None) -> "Page[StatePage]":
    """Return the timelines of a page of States parties, the first where none is given.

    Seven queries, and one more for a protocol.
    """
    found = page or states_shown(as_at=as_at, treaty=treaty).page(1)
    members: list[StateParty] = list(found.object_list)
    rows: dict[int, list[Obligation]] = defaultdict(list)
    arisen = Obligation.objects.arisen(as_at=as_at).filter(state_party__in=members)
    for row in arisen.order_by("arises_on", "pk"):
        rows[row.state_party_id].append(row)
    elsewhere = reports_elsewhere(members, treaty=treaty, as_at=as_at)
    states = [party.state_id for party in members]
    folds = folding_under(treaty, as_at=as_at, states=states)
    found.object_list = [
        _timeline(party, rows[party.pk], elsewhere[party.state_id], folds, as_at)
        for party in members
    ]
    return found


def reports_elsewhere(
    members: Iterable[StateParty], *, treaty: Treaty, as_at: date
) -> dict[int, list[Obligation]]:
    """Return by State the reports of the Convention that are, or were, also those under the protocol.

    What had ended before the State was bound by both never was. One query, and none without a protocol.
    """
    found: dict[int, list[Obligation]] = defaultdict(list)
    if treaty.folded_into:
        bound = {party.state_id: _bound_by_both(party) for party in members}
        owed = Obligation.objects.arisen(as_at=as_at).filter(owed_under(treaty, as_at=as_at))
        others = owed.filter(state_party__state__in=bound).exclude(state_party__treaty=treaty)
        shown = others.select_related("state_party__state", "state_party__treaty")
        for row in shown.order_by("arises_on", "pk"):
            state = row.state_party.state_id
            if row.closed_on is None or row.closed_on > bound[state]:
                found[state].append(row)
    return found


def _bound_by_both(party: StateParty) -> date:
    bound = party.entry_into_force.last_day
    return max(bound, party.folded_from or bound)


def _timeline(
    party: StateParty,
    rows: list[Obligation],
    elsewhere: list[Obligation],
    folds: Folding,
    as_at: date,
) -> StatePage:
    for row in rows:
        row.state_party = party
    return StatePage(
        party=party,
        is_party=True,
        facts=facts_by(party, as_at=as_at),
        past=[row for row in rows if not row.is_open(as_at=as_at)],
        open=[row for row in rows if row.is_open(as_at=as_at)],
        projected=projected(party, as_at=as_at),
        elsewhere=[row for row in elsewhere if row.is_open(as_at=as_at)],
        past_elsewhere=[row for row in elsewhere if not row.is_open(as_at=as_at)],
        folding=folds,
    )


def sessions_shown(*, treaty: Treaty) -> list[Session]:
    """Return the sessions that were or will be held, by number."""
    held = Session.objects.filter(treaty=treaty).exclude(status=Session.Status.CANCELLED)
    return list(held.order_by("number"))
