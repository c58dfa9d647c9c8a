"""Nothing is decided of a report for which it is too late."""

import pytest
from django.core.exceptions import ValidationError

from reporting.models import CommitteeDecision, DecisionKind, StateParty
from reporting.rules.partial_date import PartialDate
from reporting.services.discharge import refuse_discharged
from reporting.services.fact import correct, record
from tests.factories import (
    TODAY,
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> StateParty:
    made: StateParty = StatePartyFactory.create()
    SubmissionFactory.create(state_party=made)
    return made


def test_a_date_for_a_report_that_has_come_is_refused_and_nothing_is_stored(
    party: StateParty,
) -> None:
    wrong = DecisionFactory.build(state_party=party, first_report=1)
    with pytest.raises(ValidationError) as caught:
        record(fact=wrong, by=UserFactory.create(), as_at=TODAY)
    assert caught.value.message_dict == {
        "first_report": [
            (
                "Initial report: received or considered before this was decided, so no date can be "
                "set. Name report 2 or a later one, or say below why this stands all the same."
            )
        ]
    }
    assert not CommitteeDecision.objects.exists()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            DecisionKind.LIST_OF_ISSUES,
            (
                "Initial report: considered before this list was issued. Name report 2 or a later "
                "one, or say below why this stands all the same."
            ),
        ),
        (
            DecisionKind.LIST_OF_ISSUES_PRIOR,
            (
                "Initial report: received or considered before this list was issued. Name report 2 "
                "or a later one, or say below why this stands all the same."
            ),
        ),
    ],
)
def test_a_list_on_a_report_that_was_considered_is_refused_unless_a_reason_is_given(
    party: StateParty, kind: DecisionKind, said: str
) -> None:
    ReviewFactory.create(state_party=party)
    late = DecisionFactory.build(
        state_party=party,
        kind=kind,
        first_report=1,
        decided_on=PartialDate(2018),
        due_on=None,
        symbol="",
    )
    with pytest.raises(ValidationError) as caught:
        record(fact=late, by=UserFactory.create(), as_at=TODAY)
    assert caught.value.message_dict == {"first_report": [said]}
    late.accepted_because = "printed so"
    record(fact=late, by=UserFactory.create(), as_at=TODAY)
    assert CommitteeDecision.objects.get().kind == kind


def test_a_date_set_before_the_report_came_can_still_be_corrected(party: StateParty) -> None:
    decision = DecisionFactory.create(
        state_party=party,
        first_report=1,
        decided_on=PartialDate(2014, 1, 1),
        due_on=PartialDate(2015),
    )
    decision.due_on = PartialDate(2015, 3, 1)
    correct(fact=decision, seen=decision.version, by=UserFactory.create(), as_at=TODAY)
    assert str(CommitteeDecision.objects.get().due_on) == "2015-03-01"


def test_a_date_recorded_in_error_for_what_had_come_can_be_withdrawn(party: StateParty) -> None:
    decision = DecisionFactory.create(state_party=party, first_report=1)
    with pytest.raises(ValidationError):
        refuse_discharged(decision)
    decision.withdrawn_on = PartialDate(2026, 11, 1)
    correct(fact=decision, seen=decision.version, by=UserFactory.create(), as_at=TODAY)
    assert str(CommitteeDecision.objects.get().withdrawn_on) == "2026-11-01"
