"""The steps of the preparation: ticked, moved and owned, and kept when the due date moves."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Milestone, Role, StateParty, User
from reporting.queries.plan import Plan, plans, report_in_preparation
from reporting.rules.partial_date import PartialDate
from reporting.services.errors import NotAllowedError
from reporting.services.milestone import StepName, plan_milestone, tick_milestone
from reporting.services.timetable import refresh
from tests.factories import TODAY, DecisionFactory, StateFactory, UserFactory
from tests.parties import refreshed_party

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> StateParty:
    return refreshed_party()


@pytest.fixture
def ministry(party: StateParty) -> User:
    person = UserFactory.create(role=Role.MINISTRY)
    person.states.add(party.state)
    return person


def plan_of(party: StateParty, report: int = 4) -> Plan:
    obligation = report_in_preparation(party=party, report=report, as_at=TODAY)
    assert obligation
    (plan,) = plans(party=party, reports=[obligation])
    return plan


def draft(party: StateParty, report: int = 4) -> StepName:
    return StepName(state_party=party, report=report, step="draft")


def move(party: StateParty, by: User, planned_on: date | None, **given: Any) -> Milestone:
    given = {"owner": ""} | given
    return plan_milestone(step=draft(party), planned_on=planned_on, by=by, as_at=TODAY, **given)


def test_the_plan_counts_back_from_the_due_date_and_stores_nothing(party: StateParty) -> None:
    said = [(step.milestone.step, str(step.planned_on)) for step in plan_of(party).steps]
    assert said == [
        ("start", "2027-03-01"),
        ("data", "2027-06-01"),
        ("inputs", "2027-12-01"),
        ("draft", "2028-03-01"),
        ("consultation", "2028-04-01"),
        ("clearance", "2028-06-01"),
        ("translation", "2028-07-01"),
        ("sign-off", "2028-08-01"),
    ]
    assert not Milestone.objects.exists()


def test_a_step_is_ticked_and_the_tick_is_taken_off(party: StateParty, ministry: User) -> None:
    tick_milestone(step=draft(party), done_on=TODAY, by=ministry, as_at=TODAY)
    assert (plan_of(party).done, plan_of(party).step("draft").is_done) == (1, True)
    tick_milestone(step=draft(party), done_on=None, by=ministry, as_at=TODAY)
    assert plan_of(party).done == 0
    assert Milestone.objects.count() == 1


def test_a_moved_step_keeps_its_distance_when_the_due_date_moves(
    party: StateParty, ministry: User
) -> None:
    move(party, ministry, date(2028, 3, 11), owner="Ms. Sari")
    DecisionFactory.create(
        state_party=party, first_report=4, due_on=PartialDate(2029, 1, 15), symbol=""
    )
    refresh(party=party, as_at=TODAY)
    step = plan_of(party).step("draft")
    assert (step.planned_on, step.milestone.owner) == (date(2028, 7, 25), "Ms. Sari")
    assert move(party, ministry, None).days_moved == 0
    assert plan_of(party).step("draft").planned_on == date(2028, 7, 15)


def test_a_step_whose_day_has_passed_is_late_until_it_is_done(
    party: StateParty, ministry: User
) -> None:
    late = plan_of(party, report=3).step("draft")
    assert late.is_late(as_at=TODAY)
    done = tick_milestone(step=draft(party, report=3), done_on=TODAY, by=ministry, as_at=TODAY)
    assert done.report == 3
    assert not plan_of(party, report=3).step("draft").is_late(as_at=TODAY)


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        (
            (date(2028, 9, 2), ""),
            "planned_on",
            "This day lies after the due date, 1 September 2028.",
        ),
        ((date(2008, 1, 1), ""), "planned_on", "This day is more than ten years away."),
        ((None, "A\nB"), "owner", "Write this on one line, with visible signs only."),
        ((None, "x" * 201), "owner", "at most 200 characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    party: StateParty, ministry: User, given: tuple[date | None, str], field: str, said: str
) -> None:
    planned_on, owner = given
    with pytest.raises(ValidationError) as caught:
        move(party, ministry, planned_on, owner=owner)
    assert said in caught.value.message_dict[field][0]
    assert not Milestone.objects.exists()


def test_without_a_due_date_a_step_has_an_owner_but_no_day(
    party: StateParty, ministry: User
) -> None:
    DecisionFactory.create(
        state_party=party, first_report=4, due_on=None, to_be_communicated=True, symbol=""
    )
    refresh(party=party, as_at=TODAY)
    assert move(party, ministry, None, owner="Ms. Sari").owner == "Ms. Sari"
    assert plan_of(party).step("draft").planned_on is None
    with pytest.raises(ValidationError, match="has no due date yet"):
        move(party, ministry, date(2028, 1, 1))


def test_what_is_not_owed_is_not_prepared(party: StateParty, ministry: User) -> None:
    with pytest.raises(ValidationError, match="not in preparation any more"):
        tick_milestone(step=draft(party, report=9), done_on=TODAY, by=ministry, as_at=TODAY)


def test_a_step_that_there_is_not_is_refused(party: StateParty, ministry: User) -> None:
    step = StepName(state_party=party, report=4, step="party")
    with pytest.raises(ValidationError):
        tick_milestone(step=step, done_on=TODAY, by=ministry, as_at=TODAY)


def test_a_stranger_plans_nothing(party: StateParty) -> None:
    stranger = UserFactory.create(role=Role.MINISTRY)
    stranger.states.add(StateFactory.create(iso3="SYR", name="Syrian Arab Republic"))
    with pytest.raises(NotAllowedError):
        move(party, stranger, None)
    assert not Milestone.objects.exists()
