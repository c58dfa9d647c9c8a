"""The audit log is only added to, by the code and by the database; old entries go as a setting says."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.db.models import QuerySet

from reporting.models import AccountChange, AddedOnlyError, AuditEntry, AuditOpening, User
from reporting.services.audit import What, note, purge
from reporting.tasks import purge_audit
from tests.factories import NOW, SubmissionFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def person() -> User:
    made: User = UserFactory.create()
    return made


@pytest.fixture
def entry(person: User) -> AuditEntry:
    return note(what=What.SIGNED_IN, at=NOW, by=person, account=person, address="192.0.2.7")


@pytest.fixture
def change(person: User) -> AccountChange:
    return AccountChange.objects.create(account=person, field="role", before="a", at=NOW, by=person)


def test_the_code_changes_and_deletes_no_entry(entry: AuditEntry) -> None:
    entry.about = "something else"
    rows = AuditEntry.objects.filter(pk=entry.pk)
    for attempt in (
        entry.save,
        entry.delete,
        rows.delete,
        lambda: rows.update(about="something else"),
        lambda: rows.bulk_update([entry], ["about"]),
    ):
        with pytest.raises(AddedOnlyError):
            attempt()
    assert AuditEntry.objects.get().about == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_auditentry SET about = 'x'",
        "UPDATE reporting_auditentry SET at = '2000-01-01'",
        "UPDATE reporting_auditentry SET by_id = NULL",
        "UPDATE reporting_auditentry SET address = '192.0.2.8'",
        "DELETE FROM reporting_auditentry",
        "UPDATE reporting_accountchange SET before = 'x'",
        "DELETE FROM reporting_accountchange",
    ],
)
def test_the_database_changes_and_deletes_none_whoever_asks(
    entry: AuditEntry, change: AccountChange, statement: str
) -> None:
    before = rows()
    with (
        pytest.raises(IntegrityError, match="The audit log is only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert rows() == before


REPLACING = [
    (
        "REPLACE INTO reporting_auditentry (id, at, what, about)"
        " SELECT id, at, what, 'x' FROM reporting_auditentry"
    ),
    "REPLACE INTO reporting_accountchange SELECT * FROM reporting_accountchange",
]
MERGING = [
    (
        "INSERT INTO reporting_auditentry (id, at, what, about)"
        " SELECT id, at, what, 'x' FROM reporting_auditentry WHERE true"
        " ON CONFLICT (id) DO UPDATE SET about = 'x'"
    ),
    (
        "INSERT INTO reporting_accountchange SELECT * FROM reporting_accountchange WHERE true"
        " ON CONFLICT (id) DO UPDATE SET before = 'x'"
    ),
]


@pytest.mark.parametrize("statement", [*REPLACING, *MERGING])
def test_the_database_puts_no_row_over_another(
    entry: AuditEntry, change: AccountChange, statement: str
) -> None:
    before = rows()
    with refused(statement), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert rows() == before


def refused(statement: str) -> "pytest.RaisesExc[DatabaseError]":
    """Expect the word of the log; REPLACE is a word of SQLite, and elsewhere none at all."""
    if statement in REPLACING and connection.vendor != "sqlite":
        return pytest.raises(ProgrammingError)
    return pytest.raises(IntegrityError, match="The audit log is only added to")


def rows() -> list[Any]:
    return [*AuditEntry.objects.values(), *AccountChange.objects.values()]


def test_a_network_address_can_be_taken_out_where_a_person_is_erased(entry: AuditEntry) -> None:
    QuerySet(AuditEntry).filter(pk=entry.pk).update(address=None)
    assert AuditEntry.objects.get().address is None


def test_entries_older_than_they_are_kept_are_deleted_and_that_is_noted(
    entry: AuditEntry, change: AccountChange, settings: LazySettings
) -> None:
    settings.AUDIT_DAYS = 30
    young = note(what=What.SIGNED_OUT, at=NOW + DAY)
    SubmissionFactory.create()
    history = SubmissionFactory._meta.model.history.count()
    assert purge(now=NOW + 30 * DAY) == 0
    assert purge(now=NOW + 30 * DAY + timedelta(seconds=1)) == 2
    (noted, kept) = AuditEntry.objects.all()
    assert kept == young
    assert (noted.what, noted.about) == (What.PURGED, "2 before 2026-11-22")
    assert not AccountChange.objects.exists()
    assert not AuditOpening.objects.exists()
    assert SubmissionFactory._meta.model.history.count() == history


def test_a_log_that_is_kept_for_ever_loses_nothing(
    entry: AuditEntry, settings: LazySettings
) -> None:
    settings.AUDIT_DAYS = 0
    assert purge(now=NOW + 10_000 * DAY) == 0
    out = StringIO()
    call_command("purge_audit", stdout=out)
    assert out.getvalue() == "AUDIT_DAYS is 0: the audit log is kept for ever.\n"
    assert list(AuditEntry.objects.all()) == [entry]


def test_the_command_says_how_many_without_deleting_them_and_the_task_deletes_them(
    entry: AuditEntry, settings: LazySettings, time_machine: Any
) -> None:
    settings.AUDIT_DAYS = 30
    time_machine.move_to(NOW + 31 * DAY, tick=False)
    out = StringIO()
    call_command("purge_audit", "--dry-run", stdout=out)
    assert out.getvalue() == "Entries from before 2026-11-23 that would be deleted: 1.\n"
    assert AuditEntry.objects.count() == 1
    purge_audit()
    assert [each.what for each in AuditEntry.objects.all()] == [What.PURGED]
    call_command("purge_audit", stdout=out)
    assert out.getvalue().endswith("Entries from before 2026-11-23 that are deleted: 0.\n")
