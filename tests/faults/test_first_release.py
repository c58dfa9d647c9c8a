"""The data of the first release, brought to today's tables.

``tests/upgrades/first-release.zip`` is a backup of the database that the code of the first migrations
made and filled (`load_facts`, three accounts). It is never made anew.
"""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.faults.test_backup import Place, place

pytestmark = pytest.mark.faults
ARCHIVE = Path(__file__).parents[1] / "upgrades" / "first-release.zip"
FACTS = ("stateparty", "submission", "review", "committeedecision")
__all__ = ["place"]  # the fixture


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_the_data_of_the_first_release_is_migrated_to_the_newest(
    place: Callable[[str], Place], engine: str
) -> None:
    migrated, fresh = place(engine), place("sqlite")
    migrated.does("manage.py", "restore", str(ARCHIVE))
    assert migrated.run("manage.py", "migrate", "--check").returncode == 0
    migrated.does("manage.py", "refresh_timetable")
    fresh.does("manage.py", "migrate", "-v0")
    fresh.does("manage.py", "load_facts")

    rows = migrated.holds()["tables"]
    with ZipFile(ARCHIVE) as first:
        for model in FACTS:
            written = first.read(f"tables/reporting.{model}.jsonl").splitlines()
            history = first.read(f"tables/reporting.historical{model}.jsonl").splitlines()
            assert len(rows[f"reporting.{model}"]) == len(written) > 0
            assert len(rows[f"reporting.historical{model}"]) == len(history) > 0
    assert len(rows["reporting.user"]) == 3
    assert len(rows["reporting.user_states"]) == 1
    # The same facts give the same dates, wherever they come from.
    day = ("--as-at", "2026-12-31")
    assert migrated.does("manage.py", "timetable", *day) == fresh.does(
        "manage.py", "timetable", *day
    )
    # A column that the fact files have got since is read when they are loaded, as an upgrade says.
    assert "Facts new: 0" in migrated.does("manage.py", "load_facts")
    assert "new: 0, changed: 0" in migrated.does("manage.py", "load_facts")
