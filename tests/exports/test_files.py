"""CSV and JSON, line by line."""

import csv
import json
from collections.abc import Iterator

from reporting.exports.columns import Cell
from reporting.exports.files import as_csv, as_json

NAMES = ["state", "days"]


def test_a_csv_begins_so_that_excel_reads_utf_8_and_holds_every_text() -> None:
    rows: list[list[Cell]] = [["Côte d'Ivoire", 5], ['دولة; "a"\nb', None], ["=1+1", -3]]
    text = "".join(as_csv(NAMES, rows))
    assert text.startswith("\ufeffstate,days\r\n")
    assert list(csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True))) == [
        NAMES,
        ["Côte d'Ivoire", "5"],
        ['دولة; "a"\nb', ""],
        ["'=1+1", "-3"],
    ]


def test_json_is_an_array_of_objects_and_keeps_texts_as_they_are() -> None:
    text = "".join(as_json(NAMES, [["=1+1", None], ["دولة", 4]]))
    assert json.loads(text) == [{"state": "=1+1", "days": None}, {"state": "دولة", "days": 4}]
    assert "دولة" in text


def test_without_rows_there_is_the_heading_and_an_empty_array() -> None:
    assert "".join(as_csv(NAMES, [])) == "\ufeffstate,days\r\n"
    assert json.loads("".join(as_json(NAMES, []))) == []


def test_rows_are_read_as_they_are_sent() -> None:
    read = []

    def rows() -> Iterator[list[int]]:
        for number in range(5000):
            read.append(number)
            yield [number, number]

    for write in (as_csv, as_json):
        read.clear()
        texts = write(NAMES, rows())
        first = [next(texts), next(texts)]
        assert len(read) < 2000, first
        assert json.loads("".join([*first, *texts])) if write is as_json else list(texts)
        assert len(read) == 5000
