"""Two of the secretariat change one fact at the same moment, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reporting.models import CommitteeDecision, Obligation, Review, Submission, User
from reporting.rules.partial_date import PartialDate
from reporting.services.errors import ConflictError
from reporting.services.fact import correct, record, retract
from reporting.services.preview import OutcomeChangedError, carry_out, foresee
from reporting.services.receipt import confirm_submission, return_submission
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
Apart = Callable[[], Any]


def at_once(apart: Apart, *acts: Callable[[], object]) -> list[str]:
    """Do everything at one moment; return how each ended, by name."""
    start = Barrier(len(acts))

    def do(act: Callable[[], object]) -> str:
        with apart():
            start.wait(timeout=20)
            try:
                act()
            except (ValidationError, OutcomeChangedError) as error:
                return type(error).__name__
            return "saved"

    with ThreadPoolExecutor(len(acts)) as threads:
        return sorted(threads.map(do, acts))


def looked_up(apart: Apart, question: Callable[[], Any]) -> Any:
    """Return the answer as one who comes afterwards gets it."""

    def ask() -> Any:
        with apart():
            return question()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(ask).result()


def changes(number: int, by: User, seen: int, pk: int) -> Callable[[], object]:
    def act() -> object:
        decision = CommitteeDecision.objects.get(pk=pk)
        decision.due_on = PartialDate(2030 + number)
        return correct(fact=decision, seen=seen, by=by, as_at=TODAY)

    return act


def test_of_four_who_correct_one_fact_one_does_and_the_others_are_told(
    request: pytest.FixtureRequest,
) -> None:
    officer, decision = UserFactory.create(), DecisionFactory.create()
    refresh(party=decision.state_party, as_at=TODAY)
    seen = decision.version
    apart = request.getfixturevalue("apart")
    acts = [changes(number, officer, seen, decision.pk) for number in range(4)]
    assert at_once(apart, *acts) == [ConflictError.__name__] * 3 + ["saved"]

    def left() -> tuple[int, str, list[str]]:
        kept = CommitteeDecision.objects.get()
        rows = Obligation.objects.all().open(as_at=TODAY).filter(basis="committee")
        return kept.history.count(), str(kept.due_on), [str(row.due_on) for row in rows]

    versions, due, owed = looked_up(apart, left)
    assert versions == 2
    assert owed == [due]


def test_a_report_is_confirmed_or_returned_and_never_both(request: pytest.FixtureRequest) -> None:
    officer = UserFactory.create()
    report = SubmissionFactory.create(status="filed", sent_on=date(2026, 11, 2), received_on=None)
    refresh(party=report.state_party, as_at=TODAY)
    seen = report.version
    apart = request.getfixturevalue("apart")

    def confirm() -> object:
        return confirm_submission(
            submission=Submission.objects.get(),
            received_on=PartialDate(2026, 11, 3),
            symbol="CMW/C/IDN/1",
            by=officer,
            as_at=TODAY,
            seen=seen,
        )

    def send_back() -> object:
        return return_submission(
            submission=Submission.objects.get(), because="x", by=officer, as_at=TODAY, seen=seen
        )

    ended = at_once(apart, confirm, send_back)
    assert ended[1] == "saved"
    assert ended[0] in {"ConflictError", "ValidationError"}

    def left() -> tuple[str, bool]:
        status = Submission.objects.get().status
        rows = Obligation.objects.all().open(as_at=TODAY)
        return status, rows.filter(first_report=1).exists()

    assert looked_up(apart, left) in {("received", False), ("returned", True)}


def test_one_preview_that_is_saved_twice_at_once_is_saved_once(
    request: pytest.FixtureRequest,
) -> None:
    officer, party = UserFactory.create(), StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)

    def ask() -> object:
        asked = DecisionFactory.build(
            state_party=party, kind="additional report", symbol="CMW/C/40/2"
        )
        return record(fact=asked, by=officer, as_at=TODAY)

    mark = foresee(party=party, as_at=TODAY, change=ask).mark
    apart = request.getfixturevalue("apart")

    def confirm() -> object:
        return carry_out(party=party, as_at=TODAY, change=ask, expected=mark)

    assert at_once(apart, confirm, confirm, confirm) == ["OutcomeChangedError"] * 2 + ["saved"]
    assert looked_up(apart, CommitteeDecision.objects.count) == 1


def test_a_fact_that_is_taken_off_while_another_corrects_it_stays_off_or_stays_corrected(
    request: pytest.FixtureRequest,
) -> None:
    officer, review = UserFactory.create(), ReviewFactory.create()
    refresh(party=review.state_party, as_at=TODAY)
    seen = review.version
    apart = request.getfixturevalue("apart")

    def mend() -> object:
        found = Review.objects.get(pk=review.pk)
        found.session = 28
        return correct(fact=found, seen=seen, by=officer, as_at=TODAY)

    def remove() -> None:
        found = Review.objects.get(pk=review.pk)
        retract(fact=found, seen=seen, by=officer, as_at=TODAY, reason="x")

    def mend_or_find_it_gone() -> object:
        try:
            return mend()
        except Review.DoesNotExist as error:
            raise ValidationError(str(error)) from error

    ended = at_once(apart, mend_or_find_it_gone, remove)
    assert ended[1] == "saved"
    left = looked_up(apart, lambda: list(Review.objects.values_list("session", flat=True)))
    assert left in ([], [28])
