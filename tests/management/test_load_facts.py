"""`manage.py load_facts` and `manage.py refresh_timetable`."""

from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from reporting.models import Obligation, StateParty
from reporting.tasks import refresh_timetable
from tests.plugins import FIXTURES

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@time_machine.travel("2026-11-22")
def test_the_facts_of_the_project_are_loaded_without_an_argument() -> None:
    assert run("load_facts")[0] == (
        "423 facts new, 0 changed, 0 as before; 547 obligations derived.\n"
    )
    assert run("load_facts", str(FIXTURES))[0] == (
        "0 facts new, 0 changed, 423 as before; 547 obligations derived.\n"
    )
    assert run("refresh_timetable")[0] == "0 obligations new, 0 changed, 0 gone.\n"


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


def test_the_daily_task_lets_the_reports_of_the_cycle_arise() -> None:
    with time_machine.travel("2026-11-22"):
        run("load_facts")
    before = Obligation.objects.count()
    with time_machine.travel("2032-01-01"):
        refresh_timetable()
        assert Obligation.objects.count() > before
        assert run("refresh_timetable")[0] == "0 obligations new, 0 changed, 0 gone.\n"
