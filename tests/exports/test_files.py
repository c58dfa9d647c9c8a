"""CSV and JSON, line by line."""

import csv
import json
import tracemalloc
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from reporting.exports.columns import Cell, Column, cells
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


def test_the_memory_of_a_file_does_not_grow_with_its_rows() -> None:
    """Of rows that all differ, in a column whose words are worked out once for rows that agree."""
    number: Column[Any] = Column("n", "N", itemgetter(0), by=itemgetter(0))

    def peak(write: Any, rows: int) -> int:
        tracemalloc.start()
        for _text in write(["n"], cells([number], ([f"row {each}"] for each in range(rows)))):
            pass
        taken = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return taken

    for write in (as_csv, as_json):
        assert peak(write, 20_000) < 1.5 * peak(write, 2_000)


def test_what_was_worked_out_long_ago_is_worked_out_again() -> None:
    column: Column[Any] = Column("n", "N", lambda row: f"number {row[0]}", by=itemgetter(0))
    numbers = [*range(3000), 1, 2999]
    lines = list(cells([column], ([each] for each in numbers)))
    assert lines == [[f"number {each}"] for each in numbers]
