"""What whoever runs the application watches: `/metrics` for programs, `/operation/` for people."""

import math
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from reporting.models import Role, Submission, SubmissionDocument
from reporting.services import refresh
from reporting.services.heartbeat import beat
from tests.factories import NOW, UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page
from tests.views.reminder.world import contact_of, mail, reminder

pytestmark = pytest.mark.usefixtures("recorded")
TOKEN = {"Authorization": "Bearer for the tests only"}


def measured(client: Client) -> dict[tuple[str, str], float]:
    """Return every number by its name and its labels."""
    answer = client.get("/metrics", headers=TOKEN)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {
        (sample.name, ",".join(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in families
        for sample in family.samples
    }


def test_without_a_token_there_is_nothing_to_read(client: Client, settings: LazySettings) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer \u00fc"}):
        answer = client.get("/metrics", headers=headers)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert b"reporting_" not in answer.content
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers=TOKEN).status_code == 404


def test_requests_are_counted_by_route_method_and_status(client: Client) -> None:
    name = "reporting_request_seconds_count"
    before = measured(client)
    for path in ("/states/IDN/", "/states/SYR/", "/states/XXX/", "/no/such/page/"):
        client.get(path)
    client.generic("BREW", "/livez")
    after = measured(client)

    def more(labels: str) -> float:
        return after.get((name, labels), 0) - before.get((name, labels), 0)

    assert more("GET,200,reporting:state") == 2
    assert more("GET,404,reporting:state") == 1
    assert more("GET,404,none") == 1
    assert more("other,200,reporting:livez") == 1


def test_the_ledger_the_queue_and_the_signs_of_life_are_measured(client: Client) -> None:
    reader = contact_of("IDN")
    reminder(reader, "sent", message=mail(reader))
    reminder(reader, "planned", days_before=7, planned_for=NOW.date() - timedelta(days=2))
    beat(process="worker", now=NOW - timedelta(seconds=30))
    found = measured(client)
    assert found["reporting_reminders", "sent"] == 1
    assert found["reporting_reminders", "planned"] == 1
    assert found["reporting_reminders", "failed"] == 0
    assert found["reporting_reminders_due", ""] == 1
    assert found["reporting_reminders_oldest_due_seconds", ""] == 2.5 * 24 * 60 * 60
    assert found["reporting_queue_tasks", ""] == 0
    assert found["reporting_sign_of_life_seconds", "worker"] == 30
    assert found["reporting_sign_of_life_seconds", "beat"] == math.inf
    assert found["reporting_sign_of_life_seconds", "backup"] == math.inf
    assert found["reporting_unapplied_migrations", ""] == 0
    assert found["reporting_documents_bytes", ""] == 0


def test_the_administrator_sees_how_the_application_does() -> None:
    beat(process="worker", now=NOW)
    page = Page(as_(UserFactory.create(role=Role.ADMINISTRATOR)).get("/operation/"))
    for text in (
        "Worker 22 November 2026",
        "Beat never",
        "Backup none that is known here",
        "Tasks that wait at the broker 0",
        "Alerts that are due and not sent 0",
        "0 documents, 0\xa0bytes.".replace("\xa0", " "),
        "Django 5.2",
    ):
        assert text in page.text.replace("\xa0", " "), text


def test_the_administrator_sees_whose_documents_take_most(settings: LazySettings) -> None:
    settings.STATE_QUOTA_BYTES, settings.STORAGE_QUOTA_BYTES = 4096, 1024 * 1024
    for iso3, size in (("IDN", 1024), ("SYR", 3072), ("IDN", 1024)):
        submission = Submission.objects.filter(state_party__state__iso3=iso3).earliest("pk")
        SubmissionDocument.objects.create(
            submission=submission, draft=uuid4(), name="a.pdf", size=size, uploaded_at=NOW
        )
    client = as_(UserFactory.create(role=Role.ADMINISTRATOR))
    text = Page(client.get("/operation/")).text.replace("\xa0", " ")
    assert "All together may take 1.0 MB." in text
    taken = "Syrian Arab Republic 3.0 KB of 4.0 KB Indonesia 2.0 KB of 4.0 KB"
    assert f"States whose documents take most {taken}" in text
    settings.STATE_QUOTA_BYTES = settings.STORAGE_QUOTA_BYTES = 0
    text = Page(client.get("/operation/")).text.replace("\xa0", " ")
    assert "There is no limit for all together." in text
    assert "Syrian Arab Republic 3.0 KB Indonesia 2.0 KB" in text


def test_the_administrator_sees_how_far_the_refresh_is_and_what_the_last_one_did() -> None:
    client = as_(UserFactory.create(role=Role.ADMINISTRATOR))
    assert "Refresh of the timetables There has been none." in Page(client.get("/operation/")).text
    run = refresh.start(as_at=NOW.date(), now=NOW)
    next(refresh.go_on(run, clock=lambda: NOW))
    answer = client.get("/operation/")
    assert "50 of 60 States parties (83 %)." in Page(answer).text
    assert '<progress value="50"' in answer.content.decode()
    assert 'hx-trigger="every 5s"' in answer.content.decode()
    list(refresh.go_on(run, clock=lambda: NOW))
    answer = client.get("/operation/")
    assert "60 of 60 States parties. Obligations new: 0, changed: 0, gone: 0." in Page(answer).text
    assert "hx-trigger" not in answer.content.decode()


@pytest.mark.parametrize("role", [Role.MINISTRY, Role.SECRETARIAT])
def test_nobody_else_does(role: str) -> None:
    client = as_(UserFactory.create(role=role))
    assert client.get("/operation/").status_code == 404
    assert "/operation/" not in client.get("/").content.decode()


def test_tables_that_are_missing_are_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'axes'")
    page = Page(as_(UserFactory.create(role=Role.ADMINISTRATOR)).get("/operation/"))
    assert "axes.0001_initial" in page.text


def test_a_backup_is_known_afterwards(tmp_path: Path, capsys: Any) -> None:
    call_command("backup", str(tmp_path / "a.backup"))
    page = Page(as_(UserFactory.create(role=Role.ADMINISTRATOR)).get("/operation/"))
    assert "Backup 22 November 2026" in page.text
