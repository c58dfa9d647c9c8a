"""What a change did to what is owed, duty by duty."""

import pytest

from reporting.models import StateParty
from reporting.rules.partial_date import PartialDate
from reporting.services.moves import changes_since, open_rows, paired
from reporting.services.timetable import refresh
from tests.factories import TODAY, DecisionFactory, StatePartyFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> StateParty:
    party: StateParty = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    return party


def moved(party: StateParty) -> list[tuple[str, str, str]]:
    """Return what a refresh did: the duty, its date before, and its date after or how it ended."""
    before = open_rows(party=party, as_at=TODAY)
    refresh(party=party, as_at=TODAY)
    return [
        (
            move.obligation.title,
            str(move.before.due_on) if move.before else "",
            str(move.after.due_on) if move.after else move.ended.closed_as if move.ended else "",
        )
        for move in paired(changes_since(before, party=party, as_at=TODAY))
    ]


def test_nothing_has_moved_where_nothing_changed(party: StateParty) -> None:
    assert moved(party) == []


def test_what_is_met_has_an_end_and_no_successor(party: StateParty) -> None:
    SubmissionFactory.create(state_party=party)
    assert moved(party)[0] == ("initial report", "2013-09-01", "met")


def test_a_duty_with_another_row_for_its_new_date_is_one_move_there_and_back(
    party: StateParty,
) -> None:
    SubmissionFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY)
    decision = DecisionFactory.create(
        state_party=party, first_report=2, due_on=PartialDate(2027, 4, 1)
    )
    assert moved(party)[0] == ("second periodic report", "2018-09-01", "2027-04-01")
    decision.delete()
    assert moved(party)[0] == ("second periodic report", "2027-04-01", "2018-09-01")
