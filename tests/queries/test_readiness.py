"""Which part of what the application relies on is not well."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from reporting.models import Heartbeat
from reporting.queries.readiness import Part, database_parts, mail_server, unapplied
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LONG_AGO = NOW - timedelta(days=1)


def test_a_database_that_is_up_to_date_and_processes_that_were_seen_are_well() -> None:
    for process in ("beat", "worker"):
        Heartbeat.objects.create(process=process, seen_at=NOW)
    found = list(database_parts(now=NOW, up_since=LONG_AGO))
    assert found == [Part("database"), Part("migrations"), Part("processes")]
    assert all(part.is_well for part in found)


def test_a_process_that_is_silent_and_a_migration_that_waits_are_named() -> None:
    *_well, processes = database_parts(now=NOW, up_since=LONG_AGO)
    assert "beat" in processes.problem.lower()
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("reporting")
    MigrationRecorder(connection).record_unapplied(*newest)
    assert unapplied() == [".".join(newest)]
    _database, migrations, unknown = database_parts(now=NOW, up_since=LONG_AGO)
    assert "run “manage.py migrate”" in migrations.problem
    assert unknown.is_well  # nobody asks tables that may not be there


def test_a_mail_server_that_is_not_there_is_said_without_its_name(settings: LazySettings) -> None:
    settings.EMAIL_OUTBOX = None
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    found = mail_server()
    assert not found.is_well
    assert "127.0.0.1" not in found.problem
