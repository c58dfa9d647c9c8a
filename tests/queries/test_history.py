"""Who changed a fact, when and why, and what it was before."""

import pytest

from reporting.queries.history import CHANGED, RECORDED, TAKEN_OFF, FieldChange, history_of
from reporting.services.fact import correct, record, retract
from tests.factories import (
    TODAY,
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
