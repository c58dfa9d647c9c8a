"""The eleven regimes are what the file of treaties says."""

import csv
from datetime import date
from pathlib import Path

import pytest

from reporting.rules.entry_into_force import parse_rule
from reporting.rules.errors import RulesError
from reporting.rules.regimes import CMW, REGIMES, Regime

TREATIES = Path(__file__).parents[2] / "fixtures" / "treaties.csv"


def _rows() -> list[dict[str, str]]:
    with TREATIES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _months(text: str) -> int | None:
    return int(text) if text else None


def test_every_treaty_of_the_file_is_a_regime_and_no_other() -> None:
    assert [row["code"] for row in _rows()] == list(REGIMES)


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["code"])
def test_the_values_of_a_regime_are_those_of_the_file(row: dict[str, str]) -> None:
    regime = REGIMES[row["code"]]

    assert regime.in_force_on == date.fromisoformat(row["in_force_on"])
    assert regime.entry_into_force == parse_rule(
        row["entry_into_force_rule"], article=row["entry_into_force_article"]
    )
    assert regime.initial_months == int(row["initial_months"])
    assert regime.periodic_months == _months(row["periodic_months"])
    assert regime.follow_up_months == _months(row["follow_up_months"])
    assert regime.initial_article.startswith(row["report_article"])
    assert regime.periodic_article.startswith(row["report_article"])


def test_the_convention_on_migrant_workers_cites_the_paragraphs_of_article_73() -> None:
    assert (CMW.initial_article, CMW.periodic_article) == ("73(1)(a)", "73(1)(b)")


def test_two_treaties_set_no_interval() -> None:
    without = [code for code, regime in REGIMES.items() if regime.periodic_months is None]

    assert without == ["CCPR", "CED"]


@pytest.mark.parametrize("months", [0, -12, 18])
def test_an_interval_that_is_not_whole_years_forward_is_refused(months: int) -> None:
    with pytest.raises(RulesError, match=f"NEW: {months} months is no reporting interval"):
        Regime("NEW", date(2030, 1, 1), CMW.entry_into_force, 12, months, "1", "1")
