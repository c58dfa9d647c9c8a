"""What is said to happen at a session can happen there."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Review, Session, StateParty, User
from reporting.rules.partial_date import PartialDate
from reporting.services.at_session import refuse_session
from reporting.services.fact import correct, record
from tests.factories import (
    TODAY,
    DecisionFactory,
    ReviewFactory,
    SessionFactory,
    StatePartyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
_DAYS = "Session 27 lasts from 4 September 2017 to 13 September 2017."


@pytest.fixture
def party() -> StateParty:
    made: StateParty = StatePartyFactory.create()
    return made


@pytest.fixture
def officer() -> User:
    made: User = UserFactory.create()
    return made


def on_record(**more: Any) -> Session:
    days = {"starts_on": date(2017, 9, 4), "ends_on": date(2017, 9, 13)}
    made: Session = SessionFactory.create(number=27, **(days | more))
    return made


def refused(party: StateParty, **given: Any) -> dict[str, list[str]]:
    review = ReviewFactory.build(state_party=party, **given)
    try:
        refuse_session(review)
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize("number", [None, 1, 26, 27])
def test_a_session_on_record_or_before_those_on_record_is_let_stand(
    party: StateParty, number: int | None
) -> None:
    on_record()
    assert refused(party, session=number) == {}


def test_any_session_is_let_stand_where_none_is_on_record(party: StateParty) -> None:
    assert refused(party, session=99) == {}


def test_a_session_that_is_not_on_record_is_refused_whatever_the_reason(party: StateParty) -> None:
    on_record()
    assert refused(party, session=99, accepted_because="so it was") == {
        "session": ["Session 99 is not on record. Correct the number, or record it first."]
    }


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"dialogue_from": "2017-09-04", "dialogue_to": "2017-09-13"}, []),
        ({"dialogue_from": "2017-09", "dialogue_to": "2017"}, []),
        ({"dialogue_from": "2017-09-03"}, ["dialogue_from"]),
        (
            {"dialogue_from": "2017-08", "dialogue_to": "2017-09-14"},
            ["dialogue_from", "dialogue_to"],
        ),
    ],
)
def test_a_dialogue_outside_its_session_needs_a_reason(
    party: StateParty, given: dict[str, str], fields: list[str]
) -> None:
    on_record()
    days = {name: PartialDate.parse(text) for name, text in given.items()}
    found = refused(party, **days)
    assert list(found) == fields
    assert all(text.startswith(_DAYS) for texts in found.values() for text in texts)
    assert refused(party, accepted_because="it sat longer", **days) == {}


def test_a_cancelled_session_needs_a_reason(party: StateParty) -> None:
    on_record(status=Session.Status.CANCELLED)
    assert refused(party) == {
        "session": ["Session 27 was cancelled. Name another one, or say why this stands."]
    }
    assert refused(party, accepted_because="the dialogue was held online") == {}


def test_what_was_recorded_before_the_session_was_cancelled_can_be_corrected_otherwise(
    party: StateParty, officer: User
) -> None:
    review = record(fact=ReviewFactory.build(state_party=party), by=officer, as_at=TODAY)
    on_record(status=Session.Status.CANCELLED)
    review.note = "its dialogue has to be planned anew"
    correct(fact=review, seen=review.version, by=officer, as_at=TODAY)
    assert Review.objects.get().note == "its dialogue has to be planned anew"


def test_a_reply_date_cannot_hang_on_a_cancelled_session(party: StateParty, officer: User) -> None:
    on_record(status=Session.Status.CANCELLED)
    decision = DecisionFactory.build(state_party=party, session=27)
    with pytest.raises(ValidationError, match="Session 27 was cancelled"):
        record(fact=decision, by=officer, as_at=TODAY)
