"""`manage.py load_facts`, and `manage.py refresh_timetable` after it."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from reporting.models import StateParty
from tests.plugins import FIXTURES

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@time_machine.travel("2026-11-22")
def test_the_facts_of_the_project_are_loaded_without_an_argument() -> None:
    assert run("load_facts")[0] == (
        "Facts new: 423, changed: 0, as before: 0; obligations derived: 547.\n"
    )
    assert run("load_facts", str(FIXTURES))[0] == (
        "Facts new: 0, changed: 0, as before: 423; obligations derived: 547.\n"
    )
    assert run("refresh_timetable")[0] == "Obligations new: 0, changed: 0, gone: 0.\n"


def test_problems_are_printed_one_a_line_and_the_command_fails(tmp_path: Path) -> None:
    err = StringIO()
    with pytest.raises(CommandError, match="5 problems found; nothing was loaded") as caught:
        call_command("load_facts", str(tmp_path), stderr=err)
    assert caught.value.returncode == 1
    assert err.getvalue().splitlines()[0] == "lists_of_issues.csv:1: the file is missing"
    assert not StateParty.objects.exists()


def test_a_folder_that_is_not_there_is_a_bad_argument() -> None:
    with pytest.raises(CommandError, match="“/nowhere” is not a folder") as caught:
        call_command("load_facts", "/nowhere")
    assert caught.value.returncode == 2


def test_a_treaty_that_is_none_is_a_bad_argument() -> None:
    with pytest.raises(CommandError, match="“NOPE” is no treaty") as caught:
        call_command("load_facts", treaty="NOPE")
    assert caught.value.returncode == 2


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "The database is not prepared: run `manage.py migrate`, or start with `make run`."),
        (
            {"DATABASE_URL": "nonsense"},
            "DATABASE_URL is no address of a database, as in postgres://user:password@host/name.",
        ),
        (
            {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"},
            "The database cannot be used: connection failed",
        ),
    ],
)
def test_a_set_up_that_is_not_ready_is_one_sentence(
    tmp_path: Path, environment: dict[str, str], sentence: str
) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "timetable", "IDN"],
        cwd=ROOT,
        env={"VAR_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert len(done.stderr.strip().splitlines()) == 1
