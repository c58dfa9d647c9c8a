"""What whoever runs the application watches."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile

from reporting.models import Heartbeat, Reminder, SubmissionDocument
from reporting.queries.operation import Ledger, Stored, ledger, seen, stored
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, 6, tzinfo=UTC)


def told(day: date, state: str = "planned") -> None:
    Reminder.objects.create(
        occasion="returned",
        person=UserFactory.create(),
        event=f"returned/{day}/{state}",
        planned_for=day,
        planned_at=NOW,
        state=state,
        state_since=NOW,
    )


def test_the_ledger_is_counted_by_state_with_the_oldest_that_is_due() -> None:
    told(date(2026, 11, 20))
    told(date(2026, 11, 21))
    told(date(2026, 11, 23))
    told(date(2026, 11, 1), "failed")
    found = ledger(as_at=DAY, now=MOMENT)
    assert (found.states["planned"], found.states["failed"], found.states["sent"]) == (3, 1, 0)
    assert (found.due, found.oldest_due) == (2, date(2026, 11, 20))
    assert found.waits(now=MOMENT) == timedelta(days=2, hours=6)


def test_nothing_waits_where_nothing_is_due() -> None:
    found = ledger(as_at=DAY, now=MOMENT)
    assert found == Ledger(dict.fromkeys(Reminder.State.values, 0), 0, None)
    assert found.waits(now=MOMENT) == timedelta()


def test_documents_are_counted_with_their_size() -> None:
    assert stored() == Stored(0, 0)
    for size in (5, 7):
        SubmissionDocument.objects.create(
            draft=uuid4(),
            file=ContentFile(b"%PDF-", "report.pdf"),
            name="report.pdf",
            media_type="application/pdf",
            size=size,
            uploaded_at=NOW,
        )
    assert stored() == Stored(2, 12)


def test_every_process_was_seen_when_it_said_so() -> None:
    Heartbeat.objects.create(process="beat", seen_at=NOW)
    assert seen() == {"beat": NOW}
