"""What stands in a calendar, and the mark by which a program knows that nothing has changed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from reporting.models import CommitteeDecision, Milestone, StateParty
from reporting.queries.calendar import KEPT, Scope, days, mark, state_scope
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import refresh
from tests.factories import (
    SessionFactory,
    SubmissionFactory,
)
from tests.parties import party_with_date_set

AS_AT = date(2022, 9, 1)
DAY = timedelta(days=1)


@pytest.fixture
def party(db: None) -> StateParty:
    """Return Indonesia, whose second report the Committee set for 1 October 2022."""
    return party_with_date_set(as_at=AS_AT)


def scope(party: StateParty, **more: Any) -> Scope:
    return Scope(party.treaty, states=(party.state_id,), **more)


def standing(party: StateParty, as_at: date) -> list[tuple[str, str]]:
    found = days(scope=scope(party), as_at=as_at)
    return [(str(each.due), each.closed_as) for each in found.obligations]


def seen(party: StateParty, as_at: date = AS_AT, **more: Any) -> str:
    return mark(scope=scope(party, **more), as_at=as_at, language="en").text


def test_what_is_open_stands_there_and_what_ended_for_half_a_year(party: StateParty) -> None:
    assert standing(party, AS_AT) == [("2022-10-01", "")]
    received = date(2022, 9, 20)
    SubmissionFactory.create(
        state_party=party, first_report=2, symbol="", received_on=PartialDate.of(received)
    )
    refresh(party=party, as_at=received)
    assert ("2022-10-01", "met") in standing(party, received + KEPT - DAY)
    assert ("2022-10-01", "met") not in standing(party, received + KEPT)


def test_a_session_stands_in_the_calendar_of_the_states_that_it_is_about(party: StateParty) -> None:
    expected = SessionFactory.create(number=27)
    other = SessionFactory.create(number=28)
    assert days(scope=scope(party), as_at=AS_AT).sessions == [expected]
    assert days(scope=Scope(party.treaty), as_at=AS_AT).sessions == [expected, other]


def test_steps_are_for_those_who_plan_with_them(party: StateParty) -> None:
    assert days(scope=scope(party), as_at=AS_AT).plans == []
    (plan,) = days(scope=scope(party, with_steps=True), as_at=AS_AT).plans
    assert len(plan.steps) == 8


def test_the_mark_changes_with_every_fact_session_and_language(party: StateParty) -> None:
    marks = [seen(party)]
    decision = CommitteeDecision.objects.get()
    decision.due_on = PartialDate(2023, 10, 1)
    decision.save()
    marks.append(seen(party))
    refresh(party=party, as_at=AS_AT)
    marks.append(seen(party))
    session = SessionFactory.create(number=27)
    marks.append(seen(party))
    session.status = session.Status.CANCELLED
    session.save()
    marks.append(seen(party))
    marks.append(mark(scope=scope(party), as_at=AS_AT, language="fr").text)
    assert len(set(marks)) == 6
    assert seen(party) == marks[4]


def test_a_day_that_changes_nothing_leaves_the_mark_and_one_that_does_changes_it(
    party: StateParty,
) -> None:
    before = seen(party, date(2022, 9, 2))
    assert seen(party, date(2022, 10, 1)) == before
    assert seen(party, date(2022, 10, 2)) != before  # its alarms are gone
    passed = mark(scope=scope(party), as_at=date(2122, 10, 2), language="en")
    assert passed.at > datetime(2026, 1, 1, tzinfo=UTC)


def test_a_step_that_was_moved_changes_the_mark_of_its_ministry_alone(party: StateParty) -> None:
    public, own = seen(party), seen(party, with_steps=True)
    Milestone.objects.create(state_party=party, report=2, step="draft", months_before=6)
    assert seen(party) == public
    assert seen(party, with_steps=True) != own


def test_no_other_state_is_the_one_that_was_asked_for(party: StateParty) -> None:
    found, state = state_scope(iso3="IDN", treaty=party.treaty)
    assert (found.states, state) == ((party.state_id,), party.state)
    with pytest.raises(StateParty.DoesNotExist):
        state_scope(iso3="XXX", treaty=party.treaty)
