"""The symbols of documents, read and written."""

import csv
import re

import pytest

from reporting.rules.symbols import DocumentKind, Symbol, SymbolError
from tests.rules.recorded import FIXTURES

FILES = ("submissions.csv", "reviews.csv", "lists_of_issues.csv")
COLUMNS = {"symbol", "concluding_observations"}
ABOUT_A_STATE = re.compile(r"\b[A-Z]+/C/[A-Z]{3}/[A-Z]*/?[\d-]+(?:/(?:Add|Rev|Corr)\.\d+)*")


def recorded_symbols() -> list[tuple[str, str]]:
    """Return every symbol in the columns of the fact files, with the State of its line."""
    found = []
    for name in FILES:
        with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found += [(row[each], row["iso3"]) for each in COLUMNS & row.keys() if row[each]]
    return found


def test_every_recorded_symbol_reads_as_one_of_its_state_and_writes_back() -> None:
    recorded = recorded_symbols()
    assert len(recorded) > 150
    for text, iso3 in recorded:
        symbol = Symbol.parse(text)
        assert (str(symbol), symbol.treaty, symbol.iso3) == (text, "CMW", iso3)


def test_every_symbol_that_a_recorded_source_names_reads_and_writes_back() -> None:
    for name in FILES:
        named = set(ABOUT_A_STATE.findall((FIXTURES / name).read_text(encoding="utf-8")))
        assert len(named) > 40
        assert {str(Symbol.parse(text)) for text in named} == named


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        (
            "CMW/C/IDN/2",
            Symbol(treaty="CMW", iso3="IDN", kind=DocumentKind.REPORT, first=2, last=2),
        ),
        (
            " cmw/c/syr/2-3 ",
            Symbol(treaty="CMW", iso3="SYR", kind=DocumentKind.REPORT, first=2, last=3),
        ),
        (
            "CMW/C/NER/QPR/2/Corr.1",
            Symbol(
                treaty="CMW",
                iso3="NER",
                kind=DocumentKind.LIST_OF_ISSUES_PRIOR,
                first=2,
                last=2,
                parts=("Corr.1",),
            ),
        ),
        (
            "CMW/C/MRT/FCO/1/Add.1/Rev.2",
            Symbol(
                treaty="CMW",
                iso3="MRT",
                kind=DocumentKind.FOLLOW_UP,
                first=1,
                last=1,
                parts=("Add.1", "Rev.2"),
            ),
        ),
        (
            "E/C.12/IDN/CO/1",
            Symbol(
                treaty="CESCR",
                iso3="IDN",
                kind=DocumentKind.CONCLUDING_OBSERVATIONS,
                first=1,
                last=1,
            ),
        ),
    ],
)
def test_a_symbol_falls_into_its_parts(text: str, symbol: Symbol) -> None:
    assert Symbol.parse(text) == symbol
    assert Symbol.parse(str(symbol)) == symbol


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CMW",
        "CMW/C/IDN",
        "CMW/C/IDN/0",
        "CMW/C/IDN/3-2",
        "CMW/C/IDN/02",
        "CMW/C/IDN/2-",
        "CMW/C/IDN/2/Add",
        "CMW/C/IDN/2/Add.0",
        "CMW/C/IDN/CO",
        "CMW/C/IDN/XX/2",
        "CMW/C/IDN/\uff12",
        "CMW/C/IDN/2/../../etc",
        "CMW/C/IDN/2<script>",
        "CMW/C/SR.343",
        "A/62/48",
        "http://example.org/CMW/C/IDN/2",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(SymbolError, match="is not the symbol"):
        Symbol.parse(text)
