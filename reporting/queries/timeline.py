"""The timelines of the States parties: what each owed, owes and will owe, and what it sent."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from reporting.models import Obligation, Session, StateParty, Treaty
from reporting.queries.facts import with_facts
from reporting.queries.state import StatePage, facts_by, projected

ON_A_PAGE = 100


def states_shown(*, as_at: date, treaty: Treaty) -> "Paginator[Any]":
    """Return the States parties of that day by name, in pages."""
    parties = with_facts(StateParty.objects.filter(treaty=treaty).parties(as_at=as_at))
    return Paginator(parties.order_by("state"), ON_A_PAGE)


def timelines(*, as_at: date, treaty: Treaty, page: "Page[Any] | None" = None) -> "Page[StatePage]":
    """Return the timelines of a page of States parties, the first where none is given; six queries."""
    found = page or states_shown(as_at=as_at, treaty=treaty).page(1)
    members: list[StateParty] = list(found.object_list)
    rows: dict[int, list[Obligation]] = defaultdict(list)
    arisen = Obligation.objects.arisen(as_at=as_at).filter(state_party__in=members)
    for row in arisen.order_by("arises_on", "pk"):
        rows[row.state_party_id].append(row)
    found.object_list = [_timeline(party, rows[party.pk], as_at) for party in members]
    return found


def _timeline(party: StateParty, rows: list[Obligation], as_at: date) -> StatePage:
    return StatePage(
        party=party,
        is_party=True,
        facts=facts_by(party, as_at=as_at),
        past=[row for row in rows if not row.is_open(as_at=as_at)],
        open=[row for row in rows if row.is_open(as_at=as_at)],
        projected=projected(party, as_at=as_at),
    )


def sessions_shown(*, treaty: Treaty) -> list[Session]:
    """Return the sessions that were or will be held, by number."""
    held = Session.objects.filter(treaty=treaty).exclude(status=Session.Status.CANCELLED)
    return list(held.order_by("number"))
