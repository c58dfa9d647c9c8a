"""The number and the moment that grow when something is written about a State."""

from typing import Any

import pytest

from reporting.queries.sequence import sessions_written, written
from reporting.rules.partial_date import PartialDate
from tests.factories import (
    DecisionFactory,
    ReviewFactory,
    SessionFactory,
    StateFactory,
    StatePartyFactory,
)

pytestmark = pytest.mark.django_db


def test_every_fact_that_is_recorded_corrected_or_taken_off_counts_for_its_state(
    django_assert_num_queries: Any,
) -> None:
    party = StatePartyFactory.create()
    other = StatePartyFactory.create(state=StateFactory.create(iso3="EGY", name="Egypt"))
    review = ReviewFactory.create(state_party=party)
    decision = DecisionFactory.create(state_party=party, review=review)
    with django_assert_num_queries(5):
        before = written(parties=[party.pk, other.pk])
    assert {pk: each.times for pk, each in before.items()} == {party.pk: 3, other.pk: 1}
    decision.due_on = PartialDate(2023, 10, 1)
    decision.save()
    corrected = written(parties=[party.pk])[party.pk]
    decision.delete()
    gone = written(parties=[party.pk])[party.pk]
    assert (corrected.times, gone.times) == (4, 5)
    assert before[party.pk].at < corrected.at < gone.at


def test_a_session_that_moved_was_written_twice() -> None:
    session = SessionFactory.create()
    session.ends_on = session.starts_on
    session.save()
    assert sessions_written([session])[session.pk].times == 2
