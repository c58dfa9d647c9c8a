"""Mending what is on record about the deposit of a State, from which all its dates follow."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from reporting.models import StateParty, User
from reporting.services.days import day_doubts, refuse_days
from reporting.services.fact import derive, lock, require_recorder, require_unchanged
from reporting.services.plausible import implausible, refuse_implausible


@transaction.atomic
def correct_deposit(
    *, party: StateParty, seen: int, by: User, as_at: date, reason: str
) -> StateParty:
    """Save a changed deposit or denunciation, unless somebody has changed it since ``seen``.

    Raise NotAllowedError, ConflictError, or ValidationError with every contradiction.
    """
    require_recorder(by, party)
    lock(party=party)
    require_unchanged(fact=party, seen=seen)
    return save_deposit(party=party, by=by, as_at=as_at, reason=reason)


def save_deposit(*, party: StateParty, by: User | None, as_at: date, reason: str) -> StateParty:
    """Clean, save and derive, for services that have checked who may; in their transaction."""
    party.full_clean()
    refuse_implausible(party, treaty=party.treaty.code, as_at=as_at)
    refuse_days(party, as_at=as_at)
    party.changed_by(by, because=reason)
    party.save()
    derive(party=party, as_at=as_at)
    return party


def deposit_doubts(
    given: Mapping[str, Any], *, treaty: str, as_at: date
) -> Iterator[tuple[str, str]]:
    """Go through what is wrong with the days of a deposit, as saving it says, by the name of the field."""
    out_of_bounds = implausible(given, treaty=treaty, as_at=as_at)
    yield from out_of_bounds.items()
    for name, text in day_doubts(given, as_at=as_at):
        if name not in out_of_bounds:
            yield name, text
