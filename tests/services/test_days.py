"""What cannot have happened on its day is refused whichever way it comes in."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reporting.models import StateParty
from reporting.rules.partial_date import PartialDate
from reporting.services.deposit import correct_deposit
from reporting.services.fact import record
from tests.factories import (
    TODAY,
    ReviewFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.parties import refreshed_party

pytestmark = pytest.mark.django_db
AHEAD = "23 November 2026 lies ahead: record it when it has happened."


@pytest.fixture
def party() -> StateParty:
    return refreshed_party()


def refusals(fact: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        record(fact=fact, by=UserFactory.create(), as_at=TODAY)
    assert not type(fact).objects.exists()
    return caught.value.message_dict


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"received_on": PartialDate(2026, 11, 23)}, {"received_on": [AHEAD]}),
        (
            {"received_on": PartialDate(2026, 11, 20), "sent_on": date(2026, 11, 23)},
            {
                "sent_on": [AHEAD],
                "received_on": [
                    "20 November 2026 lies before the day on which it was sent, 23 November 2026."
                ],
            },
        ),
        (
            {"symbol": "CMW/C/SYR/1"},
            {
                "symbol": [
                    "CMW/C/SYR/1 is about another State; for Indonesia it would be as in CMW/C/IDN/1."
                ]
            },
        ),
        (
            {"symbol": "CMW/C/IDN/2"},
            {"symbol": ["CMW/C/IDN/2 is about report 2, but this is report 1."]},
        ),
    ],
)
def test_a_report_on_an_impossible_day_or_of_another_state_is_refused(
    party: StateParty, given: dict[str, Any], said: dict[str, list[str]]
) -> None:
    assert refusals(SubmissionFactory.build(state_party=party, **given)) == said


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("deposited_on", PartialDate(2026, 11, 23)),
        ("signed_on", PartialDate(2026, 11, 23)),
        ("denunciation_notified_on", date(2026, 11, 23)),
    ],
)
def test_a_deposit_that_lies_ahead_is_refused(party: StateParty, name: str, day: Any) -> None:
    setattr(party, name, day)
    with pytest.raises(ValidationError) as caught:
        correct_deposit(
            party=party, seen=party.version, by=UserFactory.create(), as_at=TODAY, reason="a slip"
        )
    assert caught.value.message_dict == {name: [AHEAD]}


def test_a_review_that_was_distributed_before_its_adoption_is_refused(party: StateParty) -> None:
    review = ReviewFactory.build(
        state_party=party,
        session=None,
        distributed_on=PartialDate(2017, 9, 12),
        symbol="CMW/C/IDN/1",
    )
    assert refusals(review) == {
        "distributed_on": [
            "12 September 2017 lies before the date given for “Adopted on”, 13 September 2017."
        ]
    }
    review.distributed_on = PartialDate(2017, 10, 16)
    assert refusals(review) == {
        "symbol": ["CMW/C/IDN/1 is another kind of document; here it is as in CMW/C/IDN/CO/1."]
    }


def test_a_symbol_is_kept_as_documents_print_it(party: StateParty) -> None:
    report = SubmissionFactory.build(state_party=party, symbol="cmw/c/idn/1")
    assert record(fact=report, by=UserFactory.create(), as_at=TODAY).symbol == "CMW/C/IDN/1"
