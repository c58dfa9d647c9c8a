"""Confirming, returning and scheduling what a ministry has filed."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Obligation, Reminder, Role, Submission, SubmissionStatus, User
from reporting.rules.partial_date import PartialDate
from reporting.services.errors import ConflictError, NotAllowedError
from reporting.services.receipt import (
    confirm_submission,
    return_submission,
    schedule_submission,
)
from reporting.services.timetable import refresh
from tests.factories import TODAY, SubmissionFactory, UserFactory

pytestmark = pytest.mark.django_db
RECEIVED_ON = PartialDate(2026, 11, 3)


def filed(**fields: Any) -> Submission:
    given: dict[str, Any] = {
        "status": SubmissionStatus.FILED,
        "sent_on": date(2026, 11, 2),
        "received_on": None,
        "symbol": "",
    }
    submission: Submission = SubmissionFactory.create(**given | fields)
    refresh(party=submission.state_party, as_at=TODAY)
    return submission


def first_report() -> list[tuple[str, str]]:
    rows = Obligation.objects.filter(first_report=1, kind="report").order_by("pk")
    return [(row.closed_as, str(row.received_on or "")) for row in rows]


def confirm(submission: Submission, by: User, **changes: Any) -> Submission:
    given: dict[str, Any] = {
        "received_on": RECEIVED_ON,
        "symbol": "CMW/C/IDN/1",
        "seen": submission.version,
    }
    return confirm_submission(submission=submission, by=by, as_at=TODAY, **given | changes)


def test_a_confirmed_report_counts_from_its_receipt() -> None:
    submission, officer = filed(), UserFactory.create()
    assert first_report() == [("met", "2026-11-02")]
    confirm(submission, officer, session=45)
    assert first_report() == [("met", "2026-11-03")]
    kept = Submission.objects.get()
    assert (kept.status, kept.symbol, kept.session) == ("received", "CMW/C/IDN/1", 45)
    assert kept.history.latest().history_user == officer


def test_a_returned_report_opens_the_obligation_again() -> None:
    submission, officer = filed(), UserFactory.create()
    return_submission(
        submission=submission,
        because="The annex is missing.",
        by=officer,
        as_at=TODAY,
        seen=submission.version,
    )
    assert first_report() == [("", "")]
    kept = Submission.objects.get()
    assert (kept.status, kept.returned_because) == ("returned", "The annex is missing.")


def test_nobody_is_told_where_nothing_was_saved() -> None:
    submission, officer = (
        filed(filed_by=UserFactory.create(role=Role.MINISTRY)),
        UserFactory.create(),
    )
    with pytest.raises(ValidationError):
        return_submission(
            submission=submission, because="", by=officer, as_at=TODAY, seen=submission.version
        )
    assert not Reminder.objects.exists()
    assert Submission.objects.get().status == "filed"


def test_what_was_decided_once_is_not_decided_again() -> None:
    submission, officer = filed(), UserFactory.create()
    seen = submission.version
    confirm(submission, officer)
    fresh = Submission.objects.get()
    with pytest.raises(ConflictError):
        confirm(fresh, officer, seen=seen, symbol="CMW/C/IDN/1/Rev.1")
    with pytest.raises(ValidationError, match="has been received already"):
        return_submission(
            submission=fresh, because="Too late", by=officer, as_at=TODAY, seen=fresh.version
        )
    assert Submission.objects.get().symbol == "CMW/C/IDN/1"


def test_a_ministry_confirms_and_returns_nothing() -> None:
    submission = filed()
    ministry = UserFactory.create(role=Role.MINISTRY)
    ministry.states.add(submission.state_party.state)
    with pytest.raises(NotAllowedError):
        confirm(submission, ministry)
    with pytest.raises(NotAllowedError):
        return_submission(
            submission=submission, because="No", by=ministry, as_at=TODAY, seen=submission.version
        )
    with pytest.raises(NotAllowedError):
        schedule_submission(
            submission=submission, session=45, by=ministry, as_at=TODAY, seen=submission.version
        )
    assert Submission.objects.get().status == "filed"


def test_a_report_is_scheduled_for_a_session_and_taken_off_again() -> None:
    submission, officer = SubmissionFactory.create(), UserFactory.create()
    for session in (45, None):
        fresh = Submission.objects.get()
        schedule_submission(
            submission=fresh, session=session, by=officer, as_at=TODAY, seen=fresh.version
        )
        assert Submission.objects.get().session == session
    assert submission.history.count() == 3
