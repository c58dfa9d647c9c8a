"""Two days beside each other as files."""

import csv
from datetime import date
from io import StringIO

import pytest
from openpyxl import load_workbook

from reporting.exports.compare import compare_csv, compare_xlsx
from reporting.models import Treaty
from reporting.queries.compare import Comparison, compared

pytestmark = pytest.mark.usefixtures("recorded")


@pytest.fixture
def found() -> Comparison:
    treaty = Treaty.objects.get(code="CMW")
    return compared(first=date(2016, 12, 31), last=date(2017, 12, 31), treaty=treaty)


def test_each_line_says_both_days_the_dates_and_the_source(found: Comparison) -> None:
    text = "".join(compare_csv(found)).removeprefix("\ufeff")
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == 24
    (moved,) = [row for row in rows if row["iso3"] == "JAM" and row["due_before"]]
    assert {name: moved[name] for name in ("after", "until", "due_before", "due_on")} == {
        "after": "2016-12-31",
        "until": "2017-12-31",
        "due_before": "2020-01-01",
        "due_on": "2019-05-01",
    }
    assert moved["symbol"] == "CMW/C/JAM/CO/1"
    assert all(row["source"] for row in rows)


def test_the_workbook_holds_the_same_lines_and_the_days(found: Comparison) -> None:
    with compare_xlsx(found) as file:
        first, second = load_workbook(file).worksheets
    assert first.max_row == 25
    assert ("After", "2016-12-31") in list(second.iter_rows(values_only=True))


def test_both_say_the_day_for_which_the_states_parties_are_known(found: Comparison) -> None:
    found.treaty.data_as_at = date(2015, 3, 14)
    text = "".join(compare_csv(found)).removeprefix("\ufeff")
    assert {row["data_as_at"] for row in csv.DictReader(StringIO(text))} == {"2015-03-14"}
    with compare_xlsx(found) as file:
        second = load_workbook(file).worksheets[1]
    assert ("Data", "CMW: data as at 14 March 2015.") in list(second.iter_rows(values_only=True))
