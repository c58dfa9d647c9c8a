"""Days that lie out of bounds are refused, whichever way they come in."""

import pytest
from django.core.exceptions import ValidationError

from reporting.models import CommitteeDecision
from reporting.rules.partial_date import PartialDate
from reporting.services.deposit import correct_deposit
from reporting.services.fact import record
from reporting.services.plausible import implausible
from tests.factories import TODAY, DecisionFactory, StatePartyFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_due_date_in_another_century_is_refused_at_its_field() -> None:
    wrong = DecisionFactory.build(
        state_party=StatePartyFactory.create(), due_on=PartialDate(9999, 12, 31)
    )
    with pytest.raises(ValidationError) as caught:
        record(fact=wrong, by=UserFactory.create(), as_at=TODAY)
    assert caught.value.message_dict == {
        "due_on": ["A due date lies at most 20 years after the decision. Check the year."]
    }
    assert not CommitteeDecision.objects.exists()


def test_a_deposit_before_the_treaty_was_adopted_is_refused_at_its_field() -> None:
    party = StatePartyFactory.create()
    party.deposited_on, seen = PartialDate(1912, 5, 31), party.version
    with pytest.raises(ValidationError) as caught:
        correct_deposit(
            party=party, seen=seen, by=UserFactory.create(), as_at=TODAY, reason="a slip"
        )
    assert caught.value.message_dict == {
        "deposited_on": [
            ("This lies before the treaty was adopted, on 18 December 1990. Check the year.")
        ]
    }


def test_an_undated_decision_counts_twenty_years_from_today() -> None:
    given = {"due_on": PartialDate(2046, 11, 23), "symbol": "CMW/C/IDN/CO/1", "decided_on": None}
    assert list(implausible(given, treaty="CMW", as_at=TODAY)) == ["due_on"]
    given["due_on"] = PartialDate(2046, 11)
    assert implausible(given, treaty="CMW", as_at=TODAY) == {}
