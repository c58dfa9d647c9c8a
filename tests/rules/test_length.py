"""How long a report may be."""

from reporting.rules.length import word_limit


def test_a_report_that_covers_the_initial_one_may_be_longer() -> None:
    assert [word_limit(first=first) for first in (1, 2, 9)] == [31_800, 21_200, 21_200]
