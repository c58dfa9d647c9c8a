"""The steps of a national report for the Universal Periodic Review: counted back, ticked, moved."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from reporting.models import Milestone, Role, State, StateParty, UniversalReview, User
from reporting.queries.plan import (
    ReviewPlan,
    reports_in_preparation,
    review_in_preparation,
    review_plans,
)
from reporting.rules.partial_date import PartialDate
from reporting.services.errors import NotAllowedError
from reporting.services.milestone import ReviewStepName, plan_milestone, tick_milestone
from reporting.services.state_fact import retract_state_fact, save_state_fact
from tests.factories import TODAY, StatePartyFactory, UniversalReviewFactory, UserFactory
from tests.views.cast import stranger

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> StateParty:
    made: StateParty = StatePartyFactory.create()
    return made


@pytest.fixture
def review(party: StateParty) -> UniversalReview:
    """Return the fifth cycle of Indonesia, whose report is due in August 2027."""
    made: UniversalReview = UniversalReviewFactory.create(state=party.state)
    return made


@pytest.fixture
def ministry(review: UniversalReview) -> User:
    person: User = UserFactory.create(role=Role.MINISTRY)
    person.states.add(review.state)
    return person


def plan_of(state: State, as_at: date = TODAY) -> ReviewPlan | None:
    reports = reports_in_preparation(states=[state.pk], as_at=as_at)[state.pk]
    return next(iter(review_plans(reports=reports)), None)


def draft(review: UniversalReview) -> ReviewStepName:
    return ReviewStepName(review=review, step="draft")


def day_of_draft(state: State) -> date | None:
    plan = plan_of(state)
    return plan.step("draft").planned_on if plan else None


def test_the_plan_counts_back_from_the_national_report_and_stores_nothing(
    review: UniversalReview,
) -> None:
    plan = plan_of(review.state)
    assert plan
    said = [(step.milestone.step, str(step.planned_on)) for step in plan.steps]
    assert said[0] == ("start", "2026-02-01")
    assert said[3] == ("draft", "2027-02-01")
    assert said[-1] == ("sign-off", "2027-07-01")
    assert not Milestone.objects.exists()


def test_a_step_is_ticked_and_the_tick_is_taken_off(
    review: UniversalReview, ministry: User
) -> None:
    for done_on, done in ((TODAY, 1), (None, 0)):
        tick_milestone(step=draft(review), done_on=done_on, by=ministry, as_at=TODAY)
        plan = plan_of(review.state)
        assert plan
        assert (plan.done, plan.step("draft").milestone.done_on) == (done, done_on)
    assert Milestone.objects.count() == 1


def test_a_moved_step_keeps_its_distance_when_the_date_moves(
    review: UniversalReview, ministry: User
) -> None:
    name, moved = draft(review), date(2027, 2, 11)
    plan_milestone(step=name, planned_on=moved, owner="Ms. Sari", by=ministry, as_at=TODAY)
    assert day_of_draft(review.state) == moved
    review.report_due_on = PartialDate(2027, 9, 15)
    seen = review.version
    save_state_fact(fact=review, by=ministry, as_at=TODAY, seen=seen, reason="It was moved.")
    assert day_of_draft(review.state) == date(2027, 3, 25)
    plan = plan_of(review.state)
    assert plan
    assert plan.step("draft").milestone.owner == "Ms. Sari"


def test_the_plan_goes_when_its_date_or_its_cycle_is_taken_off_the_record(
    review: UniversalReview, ministry: User
) -> None:
    tick_milestone(step=draft(review), done_on=TODAY, by=ministry, as_at=TODAY)
    due, review.report_due_on = review.report_due_on, None
    review.save()
    assert plan_of(review.state) is None
    with pytest.raises(ValidationError, match="not in preparation any more"):
        tick_milestone(step=draft(review), done_on=None, by=ministry, as_at=TODAY)
    review.report_due_on = due
    review.save()
    plan = plan_of(review.state)
    assert plan
    assert plan.done == 1
    retract_state_fact(fact=review, by=ministry, seen=review.version, reason="Of another State.")
    assert not Milestone.objects.exists()


def test_it_is_planned_until_the_review_for_nobody_records_that_the_report_came(
    review: UniversalReview,
) -> None:
    state = review.state
    assert plan_of(state, as_at=date(2027, 11, 8))
    assert plan_of(state, as_at=date(2027, 11, 9)) is None
    assert review_in_preparation(state=state, cycle=4, as_at=TODAY) is None


def test_a_day_after_the_date_is_refused(review: UniversalReview, ministry: User) -> None:
    with pytest.raises(ValidationError) as caught:
        plan_milestone(
            step=draft(review), planned_on=date(2027, 8, 2), owner="", by=ministry, as_at=TODAY
        )
    assert caught.value.message_dict == {
        "planned_on": ["This day lies after the due date, August 2027."]
    }


def test_its_ministry_and_the_secretariat_that_is_bound_to_no_treaty_plan(
    party: StateParty, review: UniversalReview
) -> None:
    bound = UserFactory.create()
    bound.treaties.add(party.treaty)
    for person in (stranger(), bound):
        with pytest.raises(NotAllowedError):
            tick_milestone(step=draft(review), done_on=TODAY, by=person, as_at=TODAY)
        with pytest.raises(NotAllowedError):
            plan_milestone(step=draft(review), planned_on=None, owner="x", by=person, as_at=TODAY)
    officer = UserFactory.create()
    assert tick_milestone(step=draft(review), done_on=TODAY, by=officer, as_at=TODAY).pk


def test_a_step_is_of_one_report(party: StateParty, review: UniversalReview) -> None:
    common = {"step": "draft", "months_before": 6}
    for both in ({"state_party": party, "report": 1, "universal_review": review}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Milestone.objects.create(**common, **both)
