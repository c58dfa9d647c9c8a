"""What is foreseen is what is done, or nothing is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Contact, Obligation, Review, StateParty, User
from reporting.rules.partial_date import PartialDate
from reporting.services.fact import record, retract
from reporting.services.preview import Outcome, OutcomeChangedError, carry_out, foresee
from reporting.services.timetable import refresh
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
def officer() -> User:
    return UserFactory.create()


@pytest.fixture
def party() -> StateParty:
    found = StatePartyFactory.create()
    SubmissionFactory.create(state_party=found)
    refresh(party=found, as_at=TODAY)
    return found


def setting(party: StateParty, by: User, due: str) -> Callable[[], object]:
    """Return a change that lets the Committee set the date of the second report."""

    def change() -> object:
        decision = DecisionFactory.build(
            state_party=party, first_report=2, due_on=PartialDate.parse(due)
        )
        return record(fact=decision, by=by, as_at=TODAY)

    return change


def said(outcome: Outcome) -> list[tuple[str, str | None, str | None]]:
    return [
        (
            move.obligation.title,
            str(move.before.due_on) if move.before else None,
            str(move.after.due_on) if move.after else None,
        )
        for move in outcome.moves
    ]


def owed() -> list[tuple[Any, ...]]:
    rows = Obligation.objects.all().open(as_at=TODAY).order_by("first_report", "pk")
    return [(row.title, str(row.due_on), row.basis, row.reason, row.source) for row in rows]


def test_what_is_foreseen_is_what_is_saved(party: StateParty, officer: User) -> None:
    before = owed()
    outcome = foresee(party=party, as_at=TODAY, change=setting(party, officer, "2027-04-01"))
    assert owed() == before
    assert said(outcome) == [
        ("second periodic report", "2018-09-01", "2027-04-01"),
        ("third periodic report", "2023-09-01", None),
        ("fourth periodic report", "2028-09-01", None),
    ]
    foreseen = {(move.after.title, str(move.after.due_on)) for move in outcome.moves if move.after}
    ended = {move.before.title for move in outcome.moves if move.before and not move.after}
    carry_out(
        party=party,
        as_at=TODAY,
        change=setting(party, officer, "2027-04-01"),
        expected=outcome.mark,
    )
    after = {(row[0], row[1]) for row in owed()}
    assert foreseen <= after
    assert not ended & {title for title, _due in after}
    unchanged = {(row[0], row[1]) for row in before} & after
    assert after == foreseen | unchanged


def test_nothing_is_saved_where_the_facts_have_changed_since(
    party: StateParty, officer: User
) -> None:
    change = setting(party, officer, "2027-04-01")
    outcome = foresee(party=party, as_at=TODAY, change=change)
    record(fact=ReviewFactory.build(state_party=party), by=officer, as_at=TODAY)
    before = owed()
    with pytest.raises(OutcomeChangedError) as caught:
        carry_out(party=party, as_at=TODAY, change=change, expected=outcome.mark)
    assert owed() == before
    assert party.decisions.count() == 0
    seen_again = caught.value.outcome
    assert said(seen_again)[0] == ("second periodic report", "2022-09-13", "2027-04-01")
    carry_out(party=party, as_at=TODAY, change=change, expected=seen_again.mark)
    assert owed()[0][:2] == ("second periodic report", "2027-04-01")


def test_saving_twice_saves_once(party: StateParty, officer: User) -> None:
    def change() -> object:
        asked = DecisionFactory.build(
            state_party=party, kind="additional report", symbol="CMW/C/40/2"
        )
        return record(fact=asked, by=officer, as_at=TODAY)

    mark = foresee(party=party, as_at=TODAY, change=change).mark
    carry_out(party=party, as_at=TODAY, change=change, expected=mark)
    with pytest.raises(OutcomeChangedError):
        carry_out(party=party, as_at=TODAY, change=change, expected=mark)
    assert party.decisions.count() == 1


def test_what_is_refused_is_refused_before_it_is_shown(party: StateParty, officer: User) -> None:
    def change() -> object:
        again = SubmissionFactory.build(state_party=party, received_on=PartialDate(2015))
        return record(fact=again, by=officer, as_at=TODAY)

    with pytest.raises(ValidationError, match="covers already"):
        foresee(party=party, as_at=TODAY, change=change)


def test_the_alerts_that_are_ahead_are_counted_for_each_active_contact(
    party: StateParty, officer: User
) -> None:
    for number, active in enumerate((True, True, False)):
        Contact.objects.create(
            state=party.state,
            role=Contact.Role.FOCAL_POINT,
            name="A",
            email=f"a{number}@example.org",
            active=active,
        )
    setting(party, officer, "2027-04-01")()
    move_it = setting(party, officer, "2028-04-01")
    outcome = foresee(party=party, as_at=TODAY, change=move_it)
    assert said(outcome)[0] == ("second periodic report", "2027-04-01", "2028-04-01")
    # 130 days are left: the alerts 90, 30, 7 and 1 days before and that of the day are ahead.
    assert (outcome.alerts, outcome.contacts, outcome.alerts_in_all) == (5, 2, 10)


def test_a_date_that_stays_cancels_nothing(party: StateParty, officer: User) -> None:
    setting(party, officer, "2027-04-01")()
    again = foresee(party=party, as_at=TODAY, change=setting(party, officer, "2027-04-01"))
    assert again.alerts_in_all == 0


def test_taking_a_review_off_the_record_says_what_stands_again(
    party: StateParty, officer: User
) -> None:
    review = record(fact=ReviewFactory.build(state_party=party), by=officer, as_at=TODAY)

    def change() -> None:
        found = Review.objects.get(pk=review.pk)
        retract(fact=found, seen=found.version, by=officer, as_at=TODAY, reason="another State")

    outcome = foresee(party=party, as_at=TODAY, change=change)
    assert said(outcome)[0] == ("second periodic report", "2022-09-13", "2018-09-01")
    assert Review.objects.exists()
