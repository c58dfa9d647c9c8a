"""E-mails as files in a folder."""

import resource
import stat
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

BACKEND = "reporting.emails.outbox.EmailBackend"


@pytest.fixture
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    made = tmp_path / "var" / "outbox"
    settings.EMAIL_FILE_PATH = str(made)
    return made


@pytest.fixture
def outbox(folder: Path) -> BaseEmailBackend:
    connection: BaseEmailBackend = get_connection(BACKEND)
    return connection


def mail(number: int = 1, **fields: Any) -> EmailMultiAlternatives:
    made = EmailMultiAlternatives(
        f"Alert {number}",
        "Échéance\n",
        to=["siti@example.org"],
        headers={"Message-ID": f"<{number}@example.org>"},
        **fields,
    )
    made.attach_alternative("<p>Échéance</p>", "text/html")
    made.attach("due.ics", "BEGIN:VCALENDAR", "text/calendar")
    return made


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_message_is_one_file_that_mail_programs_open(
    outbox: BaseEmailBackend, folder: Path
) -> None:
    assert outbox.send_messages([mail()]) == 1
    (name,) = names(folder)
    content = (folder / name).read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    read = BytesParser(policy=policy.default).parsebytes(content)
    body, attached = read.get_body(("plain",)), list(read.iter_attachments())
    assert body
    assert (read["Subject"], read["To"], read["Message-ID"]) == (
        "Alert 1",
        "siti@example.org",
        "<1@example.org>",
    )
    assert body.get_content().strip() == "Échéance"
    assert [part.get_filename() for part in attached] == ["due.ics"]


def test_names_stand_in_the_order_of_writing_and_nobody_else_reads_the_files(
    outbox: BaseEmailBackend, folder: Path
) -> None:
    assert outbox.send_messages([mail(number) for number in range(20)]) == 20
    files = [folder / name for name in names(folder)]
    subjects = [BytesParser().parsebytes(file.read_bytes())["Subject"] for file in files]
    assert subjects == [f"Alert {number}" for number in range(20)]
    assert {file.suffix for file in files} == {".eml"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_message_to_nobody_is_not_written(outbox: BaseEmailBackend, folder: Path) -> None:
    assert outbox.send_messages([EmailMultiAlternatives("To nobody", "")]) == 0
    assert names(folder) == []


@pytest.fixture
def little_room() -> Iterator[None]:
    """Let no file grow beyond a hundred bytes, as if the disk were full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("little_room")
def test_what_a_full_disk_cuts_off_is_an_error_and_never_appears(
    outbox: BaseEmailBackend, folder: Path
) -> None:
    with pytest.raises(OSError, match="File too large"):
        outbox.send_messages([mail()])
    assert names(folder) == []
