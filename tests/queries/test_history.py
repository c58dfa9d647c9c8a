"""Who changed a fact, when and why, and what it was before."""

import pytest

from reporting.queries.history import (
    CHANGED,
    RECORDED,
    TAKEN_OFF,
    FieldChange,
    history_of,
    withdrawal_of,
)
from reporting.rules.partial_date import PartialDate
from reporting.services.fact import correct, record, retract
from reporting.services.review import DatesSet, correct_review, record_review, version
from tests.factories import (
    TODAY,
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_every_change_of_a_fact_is_told_the_latest_first() -> None:
    officer, party = UserFactory.create(name="Ana"), StatePartyFactory.create()
    review = record(fact=ReviewFactory.build(state_party=party), by=officer, as_at=TODAY)
    review.in_absence = True
    correct(fact=review, seen=review.version, by=officer, as_at=TODAY, reason="read again")
    pk = review.pk
    retract(fact=review, seen=review.version, by=officer, as_at=TODAY, reason="another State")
    found = history_of(kind="review", pk=pk)
    assert found
    assert (found.title, found.is_on_record) == ("CMW/C/IDN/CO/1", False)
    told = [(each.how, each.by, each.because) for each in found.versions]
    assert told == [
        (TAKEN_OFF, officer, "another State"),
        (CHANGED, officer, "read again"),
        (RECORDED, officer, ""),
    ]
    assert found.versions[0].changes == []
    assert found.versions[1].changes == [FieldChange("in the absence of a report", "no", "yes")]
    assert FieldChange("session", "", "27") in found.versions[2].changes
    assert FieldChange("put on record on", "", "22 November 2026") in found.versions[2].changes


def test_what_was_read_from_the_files_has_no_author() -> None:
    submission = SubmissionFactory.create()
    found = history_of(kind="submission", pk=submission.pk)
    assert found
    assert [each.by for each in found.versions] == [None]
    assert FieldChange("State party", "", "Indonesia (CMW)") in found.versions[0].changes


def test_the_deposit_has_a_history_too() -> None:
    party = StatePartyFactory.create()
    found = history_of(kind="deposit", pk=party.pk)
    assert found
    assert (found.party, found.title, found.is_on_record) == (party, "State party", True)


def test_what_never_was_has_no_history() -> None:
    assert history_of(kind="review", pk=7) is None
    assert history_of(kind="treaty", pk=1) is None


def test_who_withdrew_a_decision_is_who_last_set_the_day_and_not_who_corrected_it() -> None:
    ana, ben, cem = (UserFactory.create(name=name) for name in ("Ana", "Ben", "Cem"))
    decision = DecisionFactory.create()
    for person, day in ((ana, "2026-01-01"), (cem, None), (ben, "2026-02-01"), (cem, "2026-03-01")):
        decision.withdrawn_on = day and PartialDate.parse(day)
        correct(fact=decision, seen=decision.version, by=person, as_at=TODAY)
    assert withdrawal_of(decision).by == ben


def test_the_history_of_a_review_tells_of_the_dates_that_it_set() -> None:
    ana, ben = (UserFactory.create(name=name) for name in ("Ana", "Ben"))
    review = ReviewFactory.build(state_party=StatePartyFactory.create())
    first, second = (
        DatesSet(next_report_due=PartialDate(2022, 10, 1), follow_up_due=PartialDate(2019, 10, 1)),
        DatesSet(next_report_due=PartialDate(2023, 10, 1)),
    )
    record_review(review=review, dates=first, by=ana, as_at=TODAY)
    correct_review(
        review=review, dates=second, seen=version(review), by=ben, as_at=TODAY, reason="read again"
    )
    found = history_of(kind="review", pk=review.pk)
    assert found
    told = [(each.about, each.how, each.by) for each in found.versions]
    assert told == [
        ("follow-up", TAKEN_OFF, ben),
        ("next report due", CHANGED, ben),
        ("follow-up", RECORDED, ana),
        ("next report due", RECORDED, ana),
        ("", RECORDED, ana),
    ]
    moved, recorded = found.versions[1], found.versions[3]
    assert moved.changes == [FieldChange("due on", "1 October 2022", "1 October 2023")]
    assert moved.because == "read again"
    assert FieldChange("due on", "", "1 October 2022") in recorded.changes
