"""Every number of the environment is read in one way, within bounds."""

import doctest
import re

import pytest

from config import numbers
from config.numbers import NUMBERS, number, wrong_numbers
from config.settings import BASE_DIR


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(numbers).failed == 0


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_taken_within_its_bounds_and_named_beyond_them(name: str) -> None:
    default, least, most = NUMBERS[name]
    assert least <= default <= most
    for good in (least, most, default):
        assert number({name: f" {good} "}, name) == good
        assert wrong_numbers({name: str(good)}) == {}
    for bad in (str(least - 1), str(most + 1), "a", "1e3", "1_000", "٣", "1.5", "9" * 5000):
        assert number({name: bad}, name) == default
        assert wrong_numbers({name: bad}) == {
            name: f"{name} is “{bad[:40]}”; it is a whole number from {least} to {most}."
        }


def test_what_is_not_set_or_empty_is_the_default() -> None:
    assert number({}, "AUDIT_DAYS") == number({"AUDIT_DAYS": " "}, "AUDIT_DAYS") == 730
    assert wrong_numbers({"AUDIT_DAYS": " "}) == {}


def test_no_setting_reads_a_number_in_another_way() -> None:
    for file in (BASE_DIR / "config").rglob("*.py"):
        assert not re.search(r"env\.(int|float)\(", file.read_text()), file


def test_every_number_is_in_the_readme() -> None:
    readme = (BASE_DIR / "README.md").read_text()
    assert {name for name in NUMBERS if f"`{name}`" not in readme} == set()
