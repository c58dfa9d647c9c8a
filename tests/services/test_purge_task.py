"""The clock deletes what was uploaded and never filed."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine

from config.beat import SCHEDULE
from config.celery import app
from reporting.models import SubmissionDocument
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_every_entry_of_the_clock_names_a_task_that_there_is() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in SCHEDULE.values()} <= set(app.tasks)


def test_the_task_deletes_drafts_of_last_week_and_can_run_twice() -> None:
    SubmissionDocument.objects.create(
        draft=uuid4(), name="a.pdf", media_type="application/pdf", size=1, uploaded_at=NOW
    )
    purge = app.tasks["reporting.tasks.purge_drafts"]
    for day, left in ((29, 1), (30, 0), (30, 0)):
        with time_machine.travel(datetime(2026, 11, day, 3, 15, tzinfo=UTC), tick=False):
            purge.delay()
        assert SubmissionDocument.objects.count() == left
