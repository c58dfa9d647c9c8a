"""Recording, correcting and retracting facts, and seeing before what that would do."""

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Obligation, Review, Role, Submission
from reporting.rules.partial_date import PartialDate
from reporting.services.errors import ConflictError, NotAllowedError
from reporting.services.fact import correct, record, retract
from reporting.services.preview import preview
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


def due(first_report: int) -> list[str]:
    found = Obligation.objects.all().open(as_at=TODAY).filter(first_report=first_report)
    return [f"{row.due_on} {row.basis}" for row in found]


def test_a_recorded_review_moves_the_dates_at_once_and_its_author_is_kept() -> None:
    officer, party = UserFactory.create(), StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    review = ReviewFactory.build(state_party=party)
    record(fact=review, by=officer, as_at=TODAY, reason="session 27")
    assert due(2) == ["2022-09-13 estimate"]
    latest = review.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (officer, "session 27")


def test_a_ministry_records_nothing_for_the_committee() -> None:
    ministry, party = UserFactory.create(role=Role.MINISTRY), StatePartyFactory.create()
    with pytest.raises(NotAllowedError):
        record(fact=ReviewFactory.build(state_party=party), by=ministry, as_at=TODAY)
    assert not Review.objects.exists()


def test_a_contradiction_saves_nothing_and_is_a_sentence() -> None:
    officer, party = UserFactory.create(), StatePartyFactory.create()
    early = ReviewFactory.build(
        state_party=party,
        dialogue_from=PartialDate(2010),
        dialogue_to=PartialDate(2010),
        adopted_on=None,
    )
    with pytest.raises(
        ValidationError, match="lies before the entry into force on 1 September 2012"
    ):
        record(fact=early, by=officer, as_at=TODAY)
    assert not Review.objects.exists()


def test_the_second_of_two_people_is_told_what_the_first_has_changed() -> None:
    officer, party = UserFactory.create(), StatePartyFactory.create()
    report = SubmissionFactory.create(state_party=party)
    seen = report.history.latest().pk
    first = Submission.objects.get(pk=report.pk)
    first.symbol = "CMW/C/IDN/1/Rev.1"
    correct(fact=first, seen=seen, by=officer, as_at=TODAY)
    second = Submission.objects.get(pk=report.pk)
    second.symbol = "CMW/C/IDN/1/Add.1"
    with pytest.raises(ConflictError) as caught:
        correct(fact=second, seen=seen, by=officer, as_at=TODAY)
    said = [(each.field, each.theirs, each.yours) for each in caught.value.differences]
    assert said == [("symbol", "CMW/C/IDN/1/Rev.1", "CMW/C/IDN/1/Add.1")]
    assert Submission.objects.get().symbol == "CMW/C/IDN/1/Rev.1"


def test_a_retracted_fact_takes_its_dates_back_and_its_history_stays() -> None:
    officer, party = UserFactory.create(), StatePartyFactory.create()
    decision = DecisionFactory.build(state_party=party)
    record(fact=decision, by=officer, as_at=TODAY)
    assert due(1) == ["2022-10-01 committee"]
    retract(
        fact=decision,
        seen=decision.version,
        by=officer,
        as_at=TODAY,
        reason="entered for the wrong State",
    )
    assert due(1) == ["2013-09-01 treaty"]
    last = type(decision).history.latest()
    assert (last.history_type, last.history_user) == ("-", officer)
    assert last.history_change_reason == "entered for the wrong State"


def test_a_preview_says_what_saving_then_does_and_changes_nothing_itself() -> None:
    officer, party = UserFactory.create(), StatePartyFactory.create()
    SubmissionFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY)
    before = list(Obligation.objects.values())
    review = ReviewFactory.build(state_party=party)
    changes = preview(
        party=party,
        as_at=TODAY,
        change=lambda: record(fact=review, by=officer, as_at=TODAY),
    )
    said = [
        (
            change.obligation.title,
            str(change.before.due_on) if change.before else None,
            (change.after.closed_as or str(change.after.due_on)) if change.after else None,
        )
        for change in changes
    ]
    assert said == [
        ("second periodic report", "2018-09-01", "superseded"),
        ("third periodic report", "2023-09-01", None),
        ("fourth periodic report", "2028-09-01", None),
        ("second periodic report", None, "2022-09-13"),
        ("third periodic report", None, "2027-09-13"),
    ]
    assert list(Obligation.objects.values()) == before
    assert not Review.objects.exists()
    record(fact=ReviewFactory.build(state_party=party), by=officer, as_at=TODAY)
    assert due(2) == ["2022-09-13 estimate"]
    assert due(3) == ["2027-09-13 estimate"]


def test_a_preview_of_what_is_refused_is_refused() -> None:
    officer, party = UserFactory.create(), StatePartyFactory.create()
    SubmissionFactory.create(state_party=party)
    again = SubmissionFactory.build(state_party=party, received_on=PartialDate(2015))
    with pytest.raises(ValidationError, match="covers already"):
        preview(
            party=party,
            as_at=TODAY,
            change=lambda: record(fact=again, by=officer, as_at=TODAY),
        )
    assert Submission.objects.count() == 1
