"""The words of the field in the languages of the pages, for whoever translates them."""

import csv
from collections import Counter
from pathlib import Path

from django.conf import settings

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.csv"


def _rows() -> list[dict[str, str]]:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_glossary_has_every_term_in_every_language() -> None:
    languages = [code.partition("-")[0] for code, _name in settings.LANGUAGES]
    rows = _rows()
    assert {tuple(row) for row in rows} == {tuple(languages)}
    assert [
        row for row in rows if not all(cell and cell == cell.strip() for cell in row.values())
    ] == []


def test_no_term_stands_twice_in_the_glossary() -> None:
    assert [
        term for term, times in Counter(row["en"] for row in _rows()).items() if times > 1
    ] == []
