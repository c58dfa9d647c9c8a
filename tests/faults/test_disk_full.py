"""A disk that is really full, at an upload, at a write of the database, and at a mail to the outbox."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from config.kept_files import FolderStorage
from reporting.models import Reminder, Role, SubmissionDocument
from reporting.services.document import Draft, keep_document, opened
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.sending import send_due
from tests.factories import NOW, StatePartyFactory, UserFactory
from tests.faults.conftest import LATER, MORNING, World
from tests.files import PDF, upload

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(
        sys.platform != "linux" or os.geteuid() != 0, reason="only root mounts a small disk"
    ),
]
Fill = Callable[[], None]
PASSWORD = "correct horse battery"  # noqa: S105


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of eight megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    assert mount
    assert umount
    subprocess.check_call([mount, "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)])  # noqa: S603 - our own
    yield place
    connection.close()
    subprocess.check_call([umount, "--lazy", str(place)])  # noqa: S603 - our own


def fill(disk: Path) -> None:
    """Leave no room."""
    with (disk / "filler").open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue


def free(disk: Path) -> None:
    """Make room again."""
    (disk / "filler").unlink()


def test_an_upload_that_finds_no_room_leaves_nothing_and_works_later(
    database: dict[str, Any], disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = FolderStorage(location=disk / "documents")
    monkeypatch.setattr(SubmissionDocument.file.field, "storage", storage)
    party, person = StatePartyFactory.create(), UserFactory.create(role=Role.MINISTRY)
    person.states.add(party.state)
    draft = Draft(uuid4(), party, person)

    def keep() -> SubmissionDocument:
        file = upload("report.pdf", PDF)
        return keep_document(draft=draft, upload=file, language="en", now=NOW)

    (disk / "documents").mkdir()
    fill(disk)
    with pytest.raises(ValidationError, match="the storage is full or does not answer"):
        keep()
    assert not SubmissionDocument.objects.exists()
    assert list((disk / "documents").iterdir()) == []
    free(disk)
    with opened(keep()) as file:
        assert file.read() == PDF


# Another server has another disk.
if connection.vendor == "sqlite":

    def test_a_write_to_a_full_database_is_said_and_what_was_there_is_there(
        database: dict[str, Any], disk: Path, settings: LazySettings
    ) -> None:
        connection.close()
        moved = shutil.copy(database["NAME"], disk / "db.sqlite3")
        connection.settings_dict = {**database, "NAME": str(moved)}
        person = UserFactory.create(email="desk@example.org")
        person.set_password(PASSWORD)
        person.save()
        browser = Client(raise_request_exception=False)
        given = {"login": "desk@example.org", "password": PASSWORD}
        fill(disk)
        answer = browser.post("/sign-in/", given)
        assert answer.status_code == 503
        assert "There is no room left to store what was sent" in answer.content.decode()
        assert browser.get("/sign-in/").status_code == 200
        free(disk)
        assert browser.post("/sign-in/", given).status_code == 302
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]


def test_mails_wait_for_room_in_the_outbox_and_go_out_whole(
    world: World, disk: Path, settings: LazySettings
) -> None:
    outbox = disk / "outbox"
    settings.EMAIL_OUTBOX, settings.EMAIL_FILE_PATH = outbox, str(outbox)
    settings.EMAIL_BACKEND = "reporting.emails.outbox.EmailBackend"
    outbox.mkdir()
    plan_alerts(as_at=MORNING.date(), now=MORNING)
    fill(disk)
    send_due(as_at=MORNING.date(), clock=lambda: MORNING)
    assert [file for file in outbox.iterdir() if file.suffix == ".eml"] == []
    assert set(Reminder.objects.values_list("state", flat=True)) == {"planned"}
    free(disk)
    send_due(as_at=LATER.date(), clock=lambda: LATER)
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent"}
    assert len(list(outbox.glob("*.eml"))) == len(world.readers)
    assert all(b"Message-ID" in file.read_bytes() for file in outbox.glob("*.eml"))
