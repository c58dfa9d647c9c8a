"""Backups on one database: what is refused, and that nothing is lost where something fails."""

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from reporting.models import State, SubmissionDocument, User
from reporting.services.backup import archive as archives
from reporting.services.backup.archive import BackupError, Manifest
from reporting.services.backup.restoring import restore
from reporting.services.backup.writing import back_up
from tests.factories import NOW, StateFactory, SubmissionFactory, UserFactory
from tests.files import PDF, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> SubmissionDocument:
    submission = SubmissionFactory.create()
    return SubmissionDocument.objects.create(
        submission=submission,
        draft="00000000-0000-0000-0000-000000000007",
        file=upload(),
        name="report.pdf",
        media_type="application/pdf",
        size=len(PDF),
        sha256="0" * 64,
        uploaded_at=NOW,
    )


@pytest.fixture
def backup(document: SubmissionDocument, tmp_path: Path) -> Path:
    """Return a backup of Indonesia, one report and its document."""
    path = tmp_path / "backup.zip"
    back_up(path=path, now=NOW)
    return path


def changed(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write another archive, in which something is changed."""
    with ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    made = path.with_name("changed.zip")
    with ZipFile(made, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)
    return made


def in_the_list(**values: object) -> Callable[[dict[str, bytes]], None]:
    """Return a change of the list of what is in an archive."""

    def change(members: dict[str, bytes]) -> None:
        content = json.loads(members[archives.MANIFEST]) | values
        members[archives.MANIFEST] = json.dumps(content).encode()

    return change


def refusal(path: Path) -> str:
    """Return why it is refused; everything that was there is there still."""
    before = list(State.objects.values()), list(User.objects.values())
    with pytest.raises(BackupError) as caught:
        restore(path=path, replace=True)
    assert (list(State.objects.values()), list(User.objects.values())) == before
    return str(caught.value)


def test_what_was_there_at_the_time_takes_the_place_of_what_is_there_now(
    backup: Path, document: SubmissionDocument
) -> None:
    storage, name = storages["private"], str(document.file.name)
    storage.delete(name)
    other = SubmissionDocument.objects.get()
    other.pk, other.file = None, upload("other.pdf")
    other.save()
    StateFactory.create(iso3="TGO", name="Togo")
    State.objects.filter(iso3="IDN").update(name="Another")

    assert restore(path=backup, replace=True).files == 1
    assert list(State.objects.values_list("iso3", "name")) == [("IDN", "Indonesia")]
    kept = SubmissionDocument.objects.get()
    assert kept == document
    with storage.open(str(kept.file.name)) as file:
        assert file.read() == PDF
    assert not storage.exists(str(other.file.name))


def test_a_database_with_something_in_it_is_left_alone_unless_one_says_so(backup: Path) -> None:
    with pytest.raises(BackupError, match="There is something in this database already"):
        restore(path=backup)


def test_a_backup_never_takes_the_place_of_another(backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(BackupError, match="exists already; nothing was written"):
        back_up(path=backup, now=NOW)
    assert backup.read_bytes() == before


@pytest.mark.parametrize("start", ["files/", "tables/reporting.treaty", archives.MANIFEST])
def test_an_archive_of_which_one_byte_is_wrong_is_refused(backup: Path, start: str) -> None:
    with ZipFile(backup) as made:
        member = next(info for info in made.infolist() if info.filename.startswith(start))
    content = bytearray(backup.read_bytes())
    content[member.header_offset + 30 + len(member.filename) + 50] ^= 0xFF
    backup.write_bytes(content)
    assert "damaged" in refusal(backup)


@pytest.mark.parametrize("part", [0, 0.3, 0.99])
def test_an_archive_that_ends_too_early_is_refused(backup: Path, part: float) -> None:
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * part)])
    assert refusal(backup) == f"“{backup}” is no backup of this application, or it is damaged."


def test_what_is_no_archive_of_ours_is_refused(tmp_path: Path) -> None:
    text, foreign = tmp_path / "a.txt", tmp_path / "a.zip"
    text.write_text("no archive")
    with ZipFile(foreign, "w") as made:
        made.writestr("a.txt", "something else")
    for path in (text, foreign):
        assert refusal(path) == f"“{path}” is no backup of this application, or it is damaged."
    assert refusal(tmp_path / "b.zip").endswith("cannot be read: No such file or directory.")


def test_a_member_that_was_put_in_another_place_or_added_is_refused(backup: Path) -> None:
    def exchange(members: dict[str, bytes]) -> None:
        one, other = "tables/reporting.state.jsonl", "tables/reporting.treaty.jsonl"
        members[one], members[other] = members[other], members[one]

    assert "damaged" in refusal(changed(backup, exchange))
    assert "damaged" in refusal(changed(backup, lambda members: members.update(more=b"")))


def test_a_backup_of_a_newer_version_is_refused_as_such(backup: Path) -> None:
    newer = "made by a newer version of the application"
    assert newer in refusal(changed(backup, in_the_list(version=archives.VERSION + 1)))
    with ZipFile(backup) as made:
        migrations = json.loads(made.read(archives.MANIFEST))["migrations"]
    migrations["reporting"].append("9999_something_later")
    assert newer in refusal(changed(backup, in_the_list(migrations=migrations)))


def test_a_row_that_the_database_does_not_take_changes_nothing(
    backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_a_row(members: dict[str, bytes]) -> None:
        name = "tables/reporting.user.jsonl"
        members[name] = members[name].replace(b"@example.org", b"@EXAMPLE.org")

    UserFactory.create()
    path = backup.with_name("with-a-user.zip")
    back_up(path=path, now=NOW)
    monkeypatch.setattr("reporting.services.backup.archive.Reader.check", lambda _self: None)
    said = refusal(changed(path, break_a_row))
    assert said.startswith("A row of reporting.user cannot be kept in this database (")
    assert said.endswith("); nothing was restored.")


def test_a_backup_of_earlier_tables_is_not_put_into_later_ones(backup: Path) -> None:
    with ZipFile(backup) as made:
        migrations = json.loads(made.read(archives.MANIFEST))["migrations"]
    migrations["reporting"].pop()
    assert "of an earlier version" in refusal(changed(backup, in_the_list(migrations=migrations)))


def test_a_file_that_was_lost_before_is_named_and_everything_else_is_there(
    document: SubmissionDocument, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    storages["private"].delete(str(document.file.name))
    path = tmp_path / "backup.zip"
    with pytest.raises(CommandError, match="Files lost before: 1; everything else"):
        call_command("backup", str(path))
    assert f"Not where it was stored: {document.file.name}" in capsys.readouterr().err
    made: Manifest = restore(path=path, replace=True)
    assert made.missing == [str(document.file.name)]
    assert SubmissionDocument.objects.get() == document


def test_the_commands_say_what_they_did(
    backup: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("restore", str(backup), "--replace")
    said = capsys.readouterr().out
    assert "Restored as it was at 2026-11-22T12:00:00+00:00 are rows: " in said
    assert ", files: 1." in said
    with pytest.raises(CommandError, match="is not a folder") as caught:
        call_command("backup", str(tmp_path / "nowhere" / "b.zip"))
    assert caught.value.returncode == 2
    with pytest.raises(CommandError, match="There is something in this database already"):
        call_command("restore", str(backup))
