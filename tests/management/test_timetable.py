"""`manage.py timetable`."""

import csv
import json
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from reporting.exports.timetable import defused
from tests.factories import TODAY

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("timetable", *arguments, stdout=out)
    return out.getvalue()


def rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(run(*arguments, "--format", "csv"))))


def test_the_columns_are_those_that_others_rely_on(recorded: None) -> None:
    heading = run("IDN", "--format", "csv", "--as-at", "2026-11-22").splitlines()[0]
    assert heading == (
        "treaty,iso3,state,action,deposited_on,entry_into_force,kind,first_report,last_report,due_on,"
        "basis,source,status,days,band,explanation"
    )


def test_a_state_known_by_the_month_of_its_deposit_has_a_certain_due_date(recorded: None) -> None:
    first = rows("ZWE", "--as-at", "2026-11-22")[0]
    assert first == {
        "treaty": "CMW",
        "iso3": "ZWE",
        "state": "Zimbabwe",
        "action": "accession",
        "deposited_on": "2024-11",
        "entry_into_force": "2025-03-01",
        "kind": "report",
        "first_report": "1",
        "last_report": "1",
        "due_on": "2026-03-01",
        "basis": "treaty",
        "source": "CMW article 73(1)(a)",
        "status": "overdue",
        "days": "266",
        "band": "<5",
        "explanation": (
            "The initial report is due one year after the entry into force of the treaty for the "
            "State, 1 March 2025."
        ),
    }


def test_what_is_closed_is_shown_on_request(recorded: None) -> None:
    open_only = rows("IDN", "--as-at", "2026-11-22")
    everything = rows("IDN", "--as-at", "2026-11-22", "--all")
    assert [row["status"] for row in open_only] == ["unconfirmed"]
    assert [row["status"] for row in everything if row["kind"] == "report"] == [
        "met",
        "superseded",
        "met",
        "superseded",
        "unconfirmed",
    ]


def test_days_are_negative_while_some_are_left_and_positive_when_late(recorded: None) -> None:
    day = rows("IDN", "--as-at", "2013-08-31")[0]
    assert (day["status"], day["days"]) == ("due soon", "-1")
    day = rows("IDN", "--as-at", "2013-09-01")[0]
    assert (day["status"], day["days"]) == ("due soon", "0")
    day = rows("IDN", "--as-at", "2013-09-02")[0]
    assert (day["status"], day["days"], day["band"]) == ("overdue", "1", "<5")


def test_all_formats_tell_the_same(recorded: None) -> None:
    as_json = json.loads(run("IDN", "FJI", "--as-at", "2026-11-22", "--format", "json"))
    as_csv = rows("IDN", "FJI", "--as-at", "2026-11-22")
    assert [
        {name: str(cell if cell is not None else "") for name, cell in row.items()}
        for row in as_json
    ] == as_csv
    table = run("IDN", "FJI", "--as-at", "2026-11-22").splitlines()
    assert table[0].split("  ")[:2] == ["Treaty", "ISO code"]
    assert len(table) == len(as_csv) + 1


@time_machine.travel("2026-11-22 23:30")
def test_today_is_the_day_unless_one_is_given(recorded: None) -> None:
    assert run() == run("--as-at", TODAY.isoformat())


def test_codes_are_taken_in_small_letters(recorded: None) -> None:
    assert rows("idn", "--treaty", "cmw", "--as-at", "2026-11-22") == rows(
        "IDN", "--as-at", "2026-11-22"
    )


@time_machine.travel("2026-11-22")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--as-at", "2026-02-30"], "“2026-02-30” is not a day: write YYYY-MM-DD."),
        (["--as-at", "20261122"], "“20261122” is not a day: write YYYY-MM-DD."),
        (["--as-at", "2026-W47-7"], "“2026-W47-7” is not a day: write YYYY-MM-DD."),
        (["--as-at", "2026"], "“2026” is not a day: write YYYY-MM-DD."),
        (
            ["--as-at", "9999-12-31"],
            "The timetable reaches ten years ahead, to 2036-11-22; 9999-12-31 is later.",
        ),
        (["XXX"], "“XXX” is no State party to CMW on record."),
        (
            ["--treaty", "ABC"],
            "“ABC” is no treaty on record (known: CMW, CERD, CCPR, CESCR, CEDAW, CAT, CRC, OPAC, OPSC, CRPD, CED).",
        ),
        (["--format", "xml"], "“xml” is no format: choose one of table, csv, json."),
    ],
)
def test_a_bad_argument_is_one_sentence_and_exit_code_2(
    recorded: None, arguments: list[str], sentence: str
) -> None:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert (str(caught.value), caught.value.returncode) == (sentence, 2)


def test_the_shell_sees_exit_code_2(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "timetable", "--as-at", "soon"],
        cwd=ROOT,
        env={"VAR_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip().endswith("“soon” is not a day: write YYYY-MM-DD.")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_take_for_a_formula_is_defused(cell: str) -> None:
    assert defused(cell) == f"'{cell}"
    assert (defused(-1), defused("CMW/C/IDN/1"), defused(None)) == (-1, "CMW/C/IDN/1", None)


def test_the_future_is_what_follows_if_nothing_else_happens(recorded: None) -> None:
    ahead = rows("ZWE", "--as-at", date(2031, 3, 2).isoformat())
    assert [(row["first_report"], row["status"]) for row in ahead] == [
        ("1", "overdue"),
        ("2", "overdue"),
        ("3", "upcoming"),
    ]
