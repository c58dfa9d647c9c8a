"""Names without signs that break or turn them."""

import doctest

import pytest

from reporting.services import text
from reporting.services.text import is_plain, plain


def test_the_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(text).failed == 0


@pytest.mark.parametrize("name", ["Žižek", "Nguyễn", "علی‌رضا", "山田", "O'Brien-Smith", "فاطمة"])
def test_names_of_every_script_are_plain(name: str) -> None:
    assert is_plain(name)
    assert plain(name) == name


@pytest.mark.parametrize(
    "sign", ["\n", "\r", "\x00", "\x85", "\u2028", "\u202e", "\u2066", "\ud800"]
)
def test_signs_that_break_or_turn_a_line_are_not(sign: str) -> None:
    assert not is_plain(f"a{sign}b")
    assert plain(f"a{sign}b") == "a b"
