"""What is known of a review before it is recorded."""

from typing import Any

import pytest

from reporting.models import StateParty
from reporting.queries.review import known_of_next_review
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> StateParty:
    made: StateParty = StatePartyFactory.create()
    return made


def known(party: StateParty) -> dict[str, Any]:
    refresh(party=party, as_at=TODAY)
    return known_of_next_review(party=party, as_at=TODAY)


def second(party: StateParty, **more: Any) -> None:
    SubmissionFactory.create(
        state_party=party,
        first_report=2,
        last_report=3,
        received_on=PartialDate(2024, 1, 1),
        symbol="CMW/C/IDN/2-3",
        **more,
    )


def test_nothing_is_known_where_no_report_waits(party: StateParty) -> None:
    assert known(party) == {}


def test_the_earliest_report_that_waits_is_next(party: StateParty) -> None:
    SubmissionFactory.create(state_party=party)
    second(party)
    assert known(party) == {"first_report": 1, "last_report": 1}


def test_a_report_that_is_scheduled_comes_first(party: StateParty) -> None:
    SubmissionFactory.create(state_party=party)
    second(party, session=45)
    assert known(party) == {"first_report": 2, "last_report": 3, "session": 45}


def test_the_list_of_issues_on_a_report_names_its_session(party: StateParty) -> None:
    second(party)
    DecisionFactory.create(
        state_party=party, kind="list of issues", first_report=2, session=46, due_on=None, symbol=""
    )
    assert known(party) == {"first_report": 2, "last_report": 3, "session": 46}


def test_a_report_whose_review_is_on_record_is_left_out(party: StateParty) -> None:
    SubmissionFactory.create(state_party=party)
    second(party)
    ReviewFactory.create(
        state_party=party,
        dialogue_from=PartialDate(2027, 4, 6),
        dialogue_to=PartialDate(2027, 4, 7),
        adopted_on=None,
    )
    assert known(party) == {"first_report": 2, "last_report": 3}
