"""A backup in processes of their own: from each engine to the other, with no room, of an empty disk."""

import json
import os
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import psycopg
import pytest

from tests.__main__ import DEFAULT_POSTGRES_URL, why_not

pytestmark = pytest.mark.faults
ROOT = Path(__file__).parents[2]
SERVER = os.environ.get("TEST_POSTGRES_URL") or DEFAULT_POSTGRES_URL


@dataclass
class Place:
    """An installation: a database and a folder."""

    folder: Path
    url: str = ""

    @property
    def _way(self) -> dict[str, Any]:
        kept = {key: value for key, value in os.environ.items() if key.startswith(("PATH", "LANG"))}
        return {
            "cwd": ROOT,
            "env": {**kept, "VAR_DIR": str(self.folder), "DATABASE_URL": self.url},
            "text": True,
        }

    def run(self, *arguments: str, **more: Any) -> "subprocess.CompletedProcess[str]":
        """Run a command there."""
        command = [sys.executable, *arguments]
        return subprocess.run(command, capture_output=True, check=False, **self._way, **more)  # noqa: S603

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        """Run a command beside what comes next."""
        return subprocess.Popen([sys.executable, *arguments], **self._way)  # noqa: S603

    def does(self, *arguments: str) -> str:
        """Run a command that succeeds, and return what it printed."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def holds(self) -> dict[str, Any]:
        """Return every row and the sum of every file."""
        found: dict[str, Any] = json.loads(self.does("-m", "tests.everything", "dump"))
        return found


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Callable[[str], Place]]:
    """Return how to make an installation on an engine, with nothing in it, not even tables."""
    names: list[str] = []

    def make(engine: str) -> Place:
        folder = tmp_path / uuid4().hex
        folder.mkdir()
        if engine == "sqlite":
            return Place(folder)
        if reason := why_not(SERVER):
            pytest.skip(f"PostgreSQL does not answer ({reason})")
        names.append(f"backup_{uuid4().hex}")
        _on_server(f'CREATE DATABASE "{names[-1]}"')
        return Place(folder, SERVER.rpartition("/")[0] + f"/{names[-1]}")

    yield make
    for name in names:
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(statement.encode())


@pytest.mark.parametrize(
    ("here", "there"), [("sqlite", "postgresql"), ("postgresql", "sqlite")], ids="{}".format
)
def test_every_row_and_every_file_comes_back_on_the_other_engine(
    place: Callable[[str], Place], tmp_path: Path, here: str, there: str
) -> None:
    old, new, archive = place(here), place(there), tmp_path / "backup.zip"
    old.does("manage.py", "migrate", "-v0")
    old.does("-m", "tests.everything", "fill")
    before = old.holds()
    assert [name for name, rows in before["tables"].items() if not rows] == []
    assert len(before["files"]) == 1

    old.does("manage.py", "backup", str(archive))
    assert archive.stat().st_mode & 0o077 == 0
    said = new.does("manage.py", "restore", str(archive))
    assert ", files: 1." in said
    after = new.holds()
    assert "'restored'" in after["tables"]["reporting.auditentry"].pop()
    assert after == before

    again = tmp_path / "again.zip"
    new.does("manage.py", "backup", str(again))
    counted = _numbers(old, archive)
    counted["reporting.auditentry"] = 2  # that of the restoring, too
    assert _numbers(new, again) == counted


def _closed_to_nobody() -> None:
    os.umask(0)


def test_what_is_restored_is_for_its_owner_only_whatever_the_umask(
    filled: Place, place: Callable[[str], Place], tmp_path: Path
) -> None:
    archive, new = tmp_path / "backup.zip", place("sqlite")
    filled.does("manage.py", "backup", str(archive))
    done = new.run("manage.py", "restore", str(archive), preexec_fn=_closed_to_nobody)
    assert done.returncode == 0, done.stderr
    database, documents = new.folder / "db.sqlite3", new.folder / "documents"
    (document,) = documents.iterdir()
    assert [stat.S_IMODE(each.stat().st_mode) for each in (database, document)] == [0o600, 0o600]
    assert stat.S_IMODE(documents.stat().st_mode) == 0o700


def _numbers(place: Place, archive: Path) -> dict[str, int | None]:
    """Return the highest number that each table has ever given to a row."""
    program = (
        "import sys; from pathlib import Path; from reporting.services.backup.archive import Reader\n"
        "tables = Reader(Path(sys.argv[1])).manifest.tables\n"
        "import json; print(json.dumps({name: each.last for name, each in tables.items()}))"
    )
    found: dict[str, int | None] = json.loads(place.does("-c", program, str(archive)))
    return found


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Return an installation on SQLite with something in every table."""
    made = Place(tmp_path_factory.mktemp("filled"))
    made.does("manage.py", "migrate", "-v0")
    made.does("-m", "tests.everything", "fill")
    return made


def _little_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def test_where_there_is_no_room_a_backup_leaves_nothing_and_says_so(
    filled: Place, tmp_path: Path
) -> None:
    file = tmp_path / "b.zip"
    done = filled.run("manage.py", "backup", str(file), preexec_fn=_little_room)
    assert done.returncode == 1
    assert done.stderr == f"CommandError: “{file}” cannot be written: File too large.\n"
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_no_room_for_the_files_a_restore_leaves_what_was_there(
    filled: Place, tmp_path: Path
) -> None:
    archive, kept = tmp_path / "backup.zip", tmp_path / "kept"
    filled.does("manage.py", "backup", str(archive))
    shutil.copytree(filled.folder, kept)
    other = Place(kept)
    other.does("manage.py", "shell", "-c", _FORGET)
    shutil.rmtree(kept / "documents")
    (kept / "documents").write_text("a file where the folder should be")
    before = other.holds()["tables"]
    done = other.run("manage.py", "restore", "--replace", str(archive))
    assert done.returncode == 1
    assert "A file cannot be written: " in done.stderr
    assert "nothing was restored." in done.stderr
    assert other.holds()["tables"] == before


_FORGET = "from reporting.models import User; User.objects.update(name='changed since')"


def test_what_is_written_while_a_backup_runs_is_not_in_it_and_waits_for_nothing(
    filled: Place, tmp_path: Path
) -> None:
    """The file of the document is a pipe: the backup stands still until somebody writes into it."""
    kept = tmp_path / "kept"
    shutil.copytree(filled.folder, kept)
    busy, archive = Place(kept), tmp_path / "backup.zip"
    (document,) = (kept / "documents").iterdir()
    content = document.read_bytes()
    document.unlink()
    os.mkfifo(document)
    backup = busy.begin("manage.py", "backup", str(archive))
    with document.open("wb") as pipe:  # which opens when the backup has come so far
        busy.does("manage.py", "shell", "-c", _FORGET)
        pipe.write(content)
    assert backup.wait(timeout=60) == 0
    with ZipFile(archive) as made:
        assert b"changed since" not in made.read("tables/reporting.user.jsonl")
        names = made.namelist()
    assert names.index("tables/reporting.user.jsonl") > names.index(f"files/{document.name}")
    assert "changed since" in json.dumps(busy.holds()["tables"]["reporting.user"])
