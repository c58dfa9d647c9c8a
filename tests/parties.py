"""States parties with what follows from their facts."""

from datetime import date
from typing import Any

from reporting.models import StateParty
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
)


def refreshed_party(*, as_at: date = TODAY, **given: Any) -> StateParty:
    """Return Indonesia, or what is given, with the obligations that follow from its deposit."""
    party: StateParty = StatePartyFactory.create(**given)
    refresh(party=party, as_at=as_at)
    return party


def party_with_date_set(*, as_at: date) -> StateParty:
    """Return Indonesia, whose second report the Committee set for 1 October 2022."""
    party: StateParty = StatePartyFactory.create()
    review = ReviewFactory.create(state_party=party)
    SubmissionFactory.create(state_party=party)
    DecisionFactory.create(state_party=party, review=review)
    refresh(party=party, as_at=as_at)
    return party
