"""What anybody can take along: values, names of columns, what a file keeps to itself."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils.translation import override

from reporting.exports.columns import documented, names
from reporting.exports.facts import SUBMISSIONS
from reporting.exports.obligations import OBLIGATIONS
from reporting.exports.records import EXPORTS, Question, export_csv, export_json, export_xlsx
from reporting.models import CoreDocument, State, StateParty, Submission, Treaty, UniversalReview
from reporting.queries.dashboard import Filters
from reporting.rules.partial_date import PartialDate
from tests.factories import NOW, CoreDocumentFactory, SubmissionFactory, UniversalReviewFactory

pytestmark = pytest.mark.usefixtures("recorded")
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "exports.md"


def question(as_at: date = date(2026, 11, 22), **filters: Any) -> Question:
    treaty = Treaty.objects.get(code="CMW")
    return Question(as_at, treaty, Filters(**filters), "state", "")


def rows(name: str, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads("".join(export_json(EXPORTS[name], question(**asked))))
    return found


def test_an_obligation_says_when_why_and_how_it_stands() -> None:
    (row,) = rows("obligations", state="FJI", status=("overdue",), kind="initial report")
    assert row == {
        "as_at": "2026-11-22",
        "iso3": "FJI",
        "state": "Fiji",
        "region": "asia-pacific",
        "treaty": "CMW",
        "also_under": None,
        "kind": "report",
        "first_report": 1,
        "last_report": 1,
        "report": "initial report",
        "due_on": "2020-12-01",
        "due_on_precision": "day",
        "basis": "treaty",
        "source": "CMW article 73(1)(a)",
        "status": "overdue",
        "days": 2182,
        "band": "5-10",
        "arises_on": "2019-08-19",
        "closed_on": None,
        "closed_as": None,
        "closed_by": None,
        "received_on": None,
        "received_on_precision": None,
        "confirmed": None,
        "symbol": None,
        "considered_on": None,
        "received_source": None,
        "explanation": "The initial report is due one year after the entry into force of the "
        "treaty for the State, 1 December 2019.",
    }


def test_what_is_closed_is_there_where_it_is_asked_for() -> None:
    still_open = rows("obligations", state="SYR", kind="report")
    everything = rows("obligations", state="SYR", kind="report", closed=True)
    ended = [(row["first_report"], row["closed_as"], row["symbol"]) for row in everything]
    assert [row["closed_as"] for row in still_open] == [None] * len(still_open)
    assert (2, "met", "CMW/C/SYR/2-3") in ended
    assert ("2011", "year") in {(row["due_on"], row["due_on_precision"]) for row in everything}


def test_a_file_of_a_day_gone_by_knows_nothing_that_came_later() -> None:
    then = rows("obligations", as_at=date(2017, 12, 31), state="SYR", closed=True)
    dates = {row[name] for row in then for name in ("closed_on", "received_on", "considered_on")}
    assert all(day is None or day <= "2017-12-31" for day in dates)
    assert "overdue" in {row["status"] for row in then}


def test_the_facts_are_there_with_their_sources() -> None:
    (report,) = (row for row in rows("submissions", state="LBY") if row["kind"] == "report")
    assert {
        "symbol": "CMW/C/LBY/1",
        "received_on": "2019-01-10",
        "received_on_precision": "day",
        "status": "received",
        "source": "CMW/C/LBY/CO/1 paras 1-3 (docstore.ohchr.org)",
    }.items() <= report.items()
    first, _second = rows("reviews", state="IDN")
    assert (first["session"], first["dialogue_from"], first["adopted_on"], first["in_absence"]) == (
        27,
        "2017-09-05",
        "2017-09-13",
        "no",
    )
    asked = rows("decisions", state="SYR")
    assert ("next report due", "2011", "year") in {
        (row["kind"], row["due_on"], row["due_on_precision"]) for row in asked
    }


@pytest.fixture
def beside_treaties(recorded: None) -> None:
    """Put a core document and a cycle that are some years old on record for every State."""
    states = State.objects.filter(parties__treaty__code="CMW")
    reviewed = {"cycle": 3, "report_due_on": None, "reviewed_on": PartialDate(2017, 5, 3)}
    CoreDocument.objects.bulk_create(CoreDocumentFactory.build(state=each) for each in states)
    UniversalReview.objects.bulk_create(
        UniversalReviewFactory.build(state=each, **reviewed) for each in states
    )


@pytest.mark.usefixtures("beside_treaties")
@pytest.mark.parametrize("name", EXPORTS)
def test_csv_workbook_and_json_hold_the_same(name: str) -> None:
    export, asked = EXPORTS[name], question()
    text = "".join(export_csv(export, asked)).removeprefix("\ufeff")
    lines = list(csv.reader(text.splitlines(keepends=True)))
    objects = json.loads("".join(export_json(export, asked)))
    with export_xlsx(export, asked) as made:
        book = openpyxl.load_workbook(BytesIO(made.read()))
    texts = [
        ["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].values
    ]
    assert lines[0] == list(objects[0]) == names(export.columns)
    assert texts == lines
    assert [["" if cell is None else str(cell) for cell in each.values()] for each in objects] == (
        lines[1:]
    )


def test_a_formula_in_a_note_is_defused_in_spreadsheets_and_kept_in_json() -> None:
    party = StateParty.objects.get(state__iso3="FJI")
    formula = {"note": "=HYPERLINK(1)", "symbol": "@cmd"}
    SubmissionFactory.create(state_party=party, counts_from=date(2014, 9, 1), **formula)
    text = "".join(export_csv(EXPORTS["submissions"], question(state="FJI")))
    (row,) = rows("submissions", state="FJI")
    assert "'=HYPERLINK(1)" in text
    assert ",'@cmd," in text
    assert (row["note"], row["symbol"]) == ("=HYPERLINK(1)", "@cmd")


def test_what_a_ministry_wrote_to_the_secretariat_stays_there() -> None:
    party = StateParty.objects.get(state__iso3="FJI")
    SubmissionFactory.create(
        state_party=party,
        status="filed",
        received_on=None,
        sent_on=date(2026, 11, 20),
        counts_from=date(2026, 11, 20),
        filed_at=NOW,
        note="For you alone",
        note_verbale="NV 12",
    )
    (row,) = rows("submissions", state="FJI")
    assert (row["status"], row["filed_on"], row["note"]) == ("filed", "2026-11-20", "")
    private = {"note_verbale", "filed_by", "filed_at", "returned_because", "draft"}
    assert not private & set(names(SUBMISSIONS.columns))
    assert "NV 12" not in json.dumps(row)


def test_names_and_reasons_are_in_the_language_of_the_reader_and_codes_are_not() -> None:
    with override("ar"):
        (row,) = rows("obligations", state="FJI", kind="initial report")
    assert (row["iso3"], row["state"], row["status"]) == ("FJI", "فيجي", "overdue")


def test_the_source_of_what_a_state_filed_is_in_the_language_of_the_reader() -> None:
    SubmissionFactory.create(
        state_party=StateParty.objects.get(state__iso3="FJI"),
        counts_from=date(2014, 9, 1),
        source="filed by the State party, sent on 2026-11-02",
    )
    with override("ar"):
        (row,) = rows("submissions", state="FJI")
    assert row["source"] == "مقدَّم من الدولة الطرف، وأُرسل في 2 نوفمبر 2026"


def test_what_is_beside_the_treaties_says_what_the_day_knew() -> None:
    indonesia = State.objects.get(iso3="IDN")
    CoreDocumentFactory.create(state=indonesia)
    UniversalReviewFactory.create(state=indonesia, report_due_on=PartialDate(2017, 2))
    (document,) = rows("core-documents", state="IDN", q="core/idn")
    assert document == {
        "as_at": "2026-11-22",
        "iso3": "IDN",
        "state": "Indonesia",
        "region": "asia-pacific",
        "symbol": "HRI/CORE/IDN/2010",
        "dated_on": "2010-09-27",
        "dated_on_precision": "day",
        "source": "a test",
        "note": "",
    }
    (now,) = rows("universal-reviews", region="asia-pacific")
    assert (now["cycle"], now["session"], now["report_due_on"]) == (5, 58, "2017-02")
    assert (now["report_due_on_precision"], now["reviewed_on"]) == ("month", "2027-11-08")
    (then,) = rows("universal-reviews", as_at=date(2017, 3, 1))
    assert (then["report_due_on"], then["reviewed_on"], then["adopted_on"]) == (
        "2017-02",
        None,
        None,
    )
    assert rows("universal-reviews", as_at=date(2017, 2, 20)) == []
    assert rows("core-documents", state="SYR") == rows("universal-reviews", q="syr") == []


def test_every_column_is_written_down() -> None:
    written = DOCUMENTATION.read_text(encoding="utf-8")
    for export in EXPORTS.values():
        section = written.split(f"\n## {export.name}\n")[1].split("\n## ")[0]
        lines = [line.split("|")[1:3] for line in section.splitlines() if line.startswith("| `")]
        said = [(name.strip().strip("`"), note.strip()) for name, note in lines]
        assert said == [(name, note) for name, note in documented(export.columns)]


@pytest.mark.usefixtures("beside_treaties")
@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2019, 12, 31)])
def test_a_file_of_any_day_asks_as_often_however_long_it_is(
    name: str, day: date, django_assert_num_queries: Any
) -> None:
    asked = question(day)
    which_fold = 1 if name == "obligations" else 0
    with django_assert_num_queries(1 + which_fold):
        text: Iterator[str] = export_csv(EXPORTS[name], asked)
        assert sum(part.count("\n") for part in text) > 50


def test_nothing_found_is_a_heading_and_no_rows() -> None:
    assert "".join(export_csv(EXPORTS["obligations"], question(q="Atlantis"))).count("\n") == 1
    assert rows("reviews", q="Atlantis") == []
    assert Submission.objects.exists()
    assert OBLIGATIONS[0].name == "as_at"
