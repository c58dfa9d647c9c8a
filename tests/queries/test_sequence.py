"""The number that grows when a date moves."""

from typing import Any

import pytest

from reporting.models import Obligation, StateParty
from reporting.queries.sequence import sequences
from reporting.rules.partial_date import PartialDate
from tests.factories import DecisionFactory, ReviewFactory, StatePartyFactory

pytestmark = pytest.mark.django_db


def owed(party: StateParty, key: str) -> Obligation:
    return Obligation(pk=hash(key), state_party=party, key=key)


def test_it_grows_with_each_correction_of_the_fact_that_the_date_rests_on(
    django_assert_num_queries: Any,
) -> None:
    party = StatePartyFactory.create()
    review = ReviewFactory.create(state_party=party)
    decision = DecisionFactory.create(state_party=party, review=review)
    rows = [
        owed(party, "report/1/treaty"),
        owed(party, f"report/2/committeedecision-{decision.pk}"),
        owed(party, f"report/3/review-{review.pk}"),
        owed(party, "follow-up/2/committeedecision-0"),
    ]
    assert list(sequences(rows).values()) == [0, 0, 0, 0]
    for year in (2023, 2022):  # moved, and moved back
        decision.due_on = PartialDate(year, 10, 1)
        decision.save()
    party.save()
    with django_assert_num_queries(3):
        assert list(sequences(rows).values()) == [1, 2, 0, 0]
