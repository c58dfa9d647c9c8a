"""The day from which a fact counts follows the facts."""

from datetime import date

import pytest

from reporting.models import Review, Submission
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import refresh
from tests.factories import TODAY, ReviewFactory, StatePartyFactory, SubmissionFactory
from tests.services.test_days_of_facts import kept

pytestmark = pytest.mark.django_db


def test_a_day_moves_with_the_fact_that_bounds_it_and_goes_with_a_return() -> None:
    party = StatePartyFactory.create()
    report = SubmissionFactory.create(state_party=party, received_on=None)
    review = ReviewFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY)
    assert kept() == {report.ref: date(2017, 9, 6), review.ref: date(2017, 9, 13)}
    Review.objects.filter(pk=review.pk).update(dialogue_to=PartialDate(2017, 9, 7))
    Submission.objects.filter(pk=report.pk).update(status="returned", returned_because="a copy")
    refresh(party=party, as_at=TODAY)
    assert kept() == {report.ref: None, review.ref: date(2017, 9, 13)}


def test_the_history_does_not_speak_of_the_day() -> None:
    report = SubmissionFactory.create()
    refresh(party=report.state_party, as_at=TODAY)
    assert report.history.count() == 1
    assert not hasattr(report.history.latest(), "counts_from")
