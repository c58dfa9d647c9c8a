"""A review and the dates that it sets, recorded and corrected as one."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reporting.models import CommitteeDecision, Obligation, Review, Role, StateParty, User
from reporting.rules.partial_date import PartialDate
from reporting.services.errors import ConflictError, NotAllowedError
from reporting.services.fact import correct
from reporting.services.review import (
    DatesSet,
    correct_review,
    dates_set,
    record_review,
    version,
)
from tests.factories import (
    TODAY,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DATES = DatesSet(next_report_due=PartialDate(2022, 10, 1), follow_up_due=PartialDate(2019, 10, 1))


@pytest.fixture
def officer() -> User:
    return UserFactory.create()


@pytest.fixture
def reviewed(officer: User) -> Review:
    party = StatePartyFactory.create()
    SubmissionFactory.create(state_party=party)
    review = ReviewFactory.build(state_party=party)
    return record_review(review=review, dates=DATES, by=officer, as_at=TODAY)


def owed() -> list[str]:
    rows = Obligation.objects.all().open(as_at=TODAY).order_by("kind", "first_report")
    return [f"{row.title}: {row.due_on} {row.basis}" for row in rows]


def change(review: Review, by: User, dates: DatesSet, **given: Any) -> Review:
    seen = given.get("seen") or version(review)
    return correct_review(
        review=review, dates=dates, seen=seen, by=by, as_at=TODAY, reason="read again"
    )


def test_a_review_is_recorded_with_the_dates_that_it_set(reviewed: Review) -> None:
    assert owed() == [
        "follow-up on the initial report: 2019-10-01 committee",
        "second periodic report: 2022-10-01 committee",
        "third periodic report: 2027-10-01 treaty",
    ]
    found = [(each.kind, each.symbol, str(each.decided_on)) for each in reviewed.decisions.all()]
    assert sorted(found) == [
        ("follow-up", "CMW/C/IDN/CO/1", "2017-09-13"),
        ("next report due", "CMW/C/IDN/CO/1", "2017-09-13"),
    ]
    assert dates_set(reviewed) == DATES


def test_a_date_that_is_taken_out_again_leaves_an_estimate(reviewed: Review, officer: User) -> None:
    change(reviewed, officer, DatesSet())
    assert owed() == [
        "second periodic report: 2022-09-13 estimate",
        "third periodic report: 2027-09-13 estimate",
    ]
    assert not CommitteeDecision.objects.exists()
    last = CommitteeDecision.history.latest()
    assert (last.history_type, last.history_user) == ("-", officer)
    assert last.history_change_reason == "read again"


def test_a_date_to_be_communicated_is_no_date(reviewed: Review, officer: User) -> None:
    change(reviewed, officer, DatesSet(to_be_communicated=True))
    assert owed() == ["second periodic report: None none"]


def test_a_corrected_review_corrects_what_it_decided(reviewed: Review, officer: User) -> None:
    reviewed.symbol, reviewed.adopted_on = "CMW/C/IDN/CO/1/Rev.1", PartialDate(2017, 9, 14)
    change(reviewed, officer, DATES)
    found = {(each.symbol, str(each.decided_on)) for each in reviewed.decisions.all()}
    assert found == {("CMW/C/IDN/CO/1/Rev.1", "2017-09-14")}
    assert CommitteeDecision.objects.count() == 2


def test_the_second_editor_is_told_of_a_changed_date_and_overwrites_nothing(
    reviewed: Review, officer: User
) -> None:
    seen = version(reviewed)
    decision = reviewed.decisions.get(kind="next report due")
    decision.due_on = PartialDate(2023, 10, 1)
    correct(fact=decision, seen=decision.version, by=officer, as_at=TODAY)
    with pytest.raises(ConflictError) as caught:
        change(Review.objects.get(), officer, DATES, seen=seen)
    said = [(each.field, each.theirs, each.yours) for each in caught.value.differences]
    assert said == [("next report due on", "1 October 2023", "1 October 2022")]
    assert str(reviewed.decisions.get(kind="next report due").due_on) == "2023-10-01"


def test_the_second_editor_is_told_of_a_changed_review(reviewed: Review, officer: User) -> None:
    seen, mine = version(reviewed), Review.objects.get()
    reviewed.session = 28
    change(reviewed, officer, DATES)
    with pytest.raises(ConflictError) as caught:
        change(mine, officer, DATES, seen=seen)
    said = [(each.field, each.theirs, each.yours) for each in caught.value.differences]
    assert said == [("session", "28", "27")]


def test_a_review_that_is_refused_leaves_none_of_its_decisions(officer: User) -> None:
    party = StatePartyFactory.create()
    early = ReviewFactory.build(
        state_party=party, dialogue_from=None, dialogue_to=None, adopted_on=PartialDate(2010)
    )
    with pytest.raises(ValidationError, match="before the entry into force"):
        record_review(review=early, dates=DATES, by=officer, as_at=TODAY)
    assert not Review.objects.exists()
    assert not CommitteeDecision.objects.exists()


def test_a_ministry_records_and_corrects_no_review(reviewed: Review) -> None:
    ministry = UserFactory.create(role=Role.MINISTRY)
    ministry.states.add(StateParty.objects.get().state)
    with pytest.raises(NotAllowedError):
        record_review(review=ReviewFactory.build(), dates=DATES, by=ministry, as_at=TODAY)
    with pytest.raises(NotAllowedError):
        change(reviewed, ministry, DATES)


def test_the_second_editor_is_shown_every_date_that_the_first_has_changed(
    reviewed: Review, officer: User
) -> None:
    seen = version(reviewed)
    first = Review.objects.get()
    first.note = "read in the document"
    change(first, officer, DatesSet(next_report_due=PartialDate(2023, 1, 1)), seen=seen)
    with pytest.raises(ConflictError) as caught:
        change(Review.objects.get(), officer, DATES, seen=seen)
    said = [(each.field, each.theirs, each.yours) for each in caught.value.differences]
    assert said == [
        ("next report due on", "1 January 2023", "1 October 2022"),
        ("follow-up information due on", "", "1 October 2019"),
    ]


def test_a_review_whose_dates_alone_are_corrected_keeps_its_own_history(
    reviewed: Review, officer: User
) -> None:
    change(Review.objects.get(), officer, DatesSet(next_report_due=PartialDate(2023, 1, 1)))
    assert reviewed.history.count() == 1
    decision = CommitteeDecision.objects.get(kind="next report due")
    assert [str(past.due_on) for past in decision.history.all()] == ["2023-01-01", "2022-10-01"]


def test_a_report_that_was_considered_is_not_considered_again_without_a_reason(
    reviewed: Review, officer: User
) -> None:
    again = ReviewFactory.build(
        state_party=reviewed.state_party,
        session=40,
        dialogue_from=PartialDate(2025, 4, 8),
        dialogue_to=PartialDate(2025, 4, 9),
        adopted_on=PartialDate(2025, 4, 17),
        symbol="CMW/C/IDN/CO/1/Rev.1",
    )
    with pytest.raises(ValidationError) as caught:
        record_review(review=again, dates=DatesSet(), by=officer, as_at=TODAY)
    assert caught.value.message_dict == {
        "accepted_because": [
            "CMW/C/IDN/CO/1 has considered this report already. Say why this review stands too."
        ]
    }
    again.accepted_because = "the first dialogue was broken off"
    record_review(review=again, dates=DatesSet(), by=officer, as_at=TODAY)
    assert Review.objects.count() == 2


def test_what_stood_beside_another_review_is_not_asked_about_again(
    reviewed: Review, officer: User
) -> None:
    again = ReviewFactory.create(
        state_party=reviewed.state_party,
        session=40,
        dialogue_from=PartialDate(2025, 4, 8),
        dialogue_to=PartialDate(2025, 4, 9),
        adopted_on=PartialDate(2025, 4, 17),
        symbol="CMW/C/IDN/CO/1/Rev.1",
    )
    again.note = "read again"
    correct_review(
        review=again, dates=DatesSet(), seen=version(again), by=officer, as_at=TODAY, reason="note"
    )
    assert Review.objects.get(pk=again.pk).note == "read again"
