"""What happened between two days, for facts made here."""

from datetime import date

import pytest

from reporting.models import StateParty
from reporting.queries.compare import What, compared
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
)
from tests.queries.test_compare import happened

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> StateParty:
    return StatePartyFactory.create()


def test_the_first_day_is_left_out_and_the_last_is_in(party: StateParty) -> None:
    SubmissionFactory.create(state_party=party, received_on=PartialDate(2017, 4, 19))
    refresh(party=party, as_at=TODAY)
    day, before = date(2017, 4, 19), date(2017, 4, 18)
    assert happened(before, day) == [("IDN", "received", "2017-04-19", "")]
    assert happened(day, day) == []
    assert happened(day, date(2017, 4, 20)) == []


def test_what_was_filed_and_not_confirmed_did_not_come(party: StateParty) -> None:
    SubmissionFactory.create(
        state_party=party, status="filed", received_on=None, sent_on=date(2017, 4, 19), symbol=""
    )
    assert happened(date(2017, 1, 1), date(2017, 12, 31)) == []


def test_an_estimate_and_a_replaced_date_never_fall_due(party: StateParty) -> None:
    ReviewFactory.create(
        state_party=party,
        adopted_on=PartialDate(2017, 9, 13),
        dialogue_from=None,
        dialogue_to=None,
    )
    refresh(party=party, as_at=TODAY)
    everything = compared(first=date(2003, 1, 1), last=date(2023, 12, 31), treaty=party.treaty)
    due = [event.known for event in everything if event.what == What.FELL_DUE]
    assert due == ["2013-09-01"]
    DecisionFactory.create(
        state_party=party,
        first_report=None,
        last_report=None,
        decided_on=PartialDate(2018, 1, 1),
        due_on=PartialDate(2021, 5, 1),
    )
    refresh(party=party, as_at=TODAY)
    (moved,) = [
        row for row in happened(date(2017, 12, 1), date(2018, 2, 1)) if row[1] == What.DECIDED
    ]
    assert moved == ("IDN", "decided", "2018-01-01", "2022-09-13")


def test_a_withdrawal_is_told_on_its_own_day(party: StateParty) -> None:
    DecisionFactory.create(
        state_party=party,
        decided_on=PartialDate(2018, 1, 1),
        due_on=PartialDate(2021, 5, 1),
        withdrawn_on=PartialDate(2019, 2, 3),
    )
    refresh(party=party, as_at=TODAY)
    found = compared(first=date(2017, 1, 1), last=date(2020, 1, 1), treaty=party.treaty)
    told = [(str(event.day), event.is_withdrawal) for event in found if event.what == What.DECIDED]
    assert told == [("2018-01-01", False), ("2019-02-03", True)]
