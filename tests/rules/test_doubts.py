"""What is pointed out between a pasted paragraph and what is on record."""

from dataclasses import replace
from datetime import date

import pytest

from reporting.rules.doubts import Doubt, doubts
from reporting.rules.paragraph import Known, read_paragraph
from reporting.rules.partial_date import PartialDate

TODAY = date(2026, 11, 22)
KNOWN = Known(
    reports=(3, 3),
    adopted_on=PartialDate(2025, 12, 11),
    considered_on=PartialDate(2025, 12, 2),
)


def doubts_of(text: str, known: Known = KNOWN) -> set[Doubt]:
    read = read_paragraph(text, known)
    return set(doubts(read, known, iso3="IDN", symbol="CMW/C/IDN/CO/2", as_at=TODAY))


def test_what_fits_raises_no_doubt() -> None:
    assert doubts_of("CMW/C/IDN/CO/2: its third periodic report by 1 January 2031.") == set()


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Nothing is asked for.", {Doubt.NO_DATE}),
        ("Its fourth periodic report by 1 January 2031.", {Doubt.OTHER_REPORTS}),
        ("Its third periodic report by 1 January 2026.", {Doubt.PASSED}),
        ("Its third periodic report by 2024.", {Doubt.PASSED, Doubt.BEFORE_REVIEW}),
        ("Its report by 1 May 2029, or by 1 May 2030.", {Doubt.SEVERAL_DATES}),
        ("Its report by 31 June 2029.", {Doubt.NO_SUCH_DAY}),
        ("CMW/C/IDN/CO/1: report by 2031.", {Doubt.OTHER_SYMBOL}),
        ("CMW/C/SYR/CO/2: report by 2031.", {Doubt.OTHER_SYMBOL, Doubt.OTHER_STATE}),
        ("It should ratify the Convention by 1 May 2027.", {Doubt.NOT_CLEAR}),
        ("It should ratify the Convention before 2027.", {Doubt.NOT_CLEAR}),
        ("The law of 1990 was amended.", {Doubt.NO_DATE}),
        ("It should heed the 2030 Agenda (Programme à l'horizon 2030).", {Doubt.NO_DATE}),
        ("Its third report is due in the first half of 2028.", {Doubt.NOT_CLEAR}),
        ("Its third report within one year of receipt of the list.", {Doubt.OTHER_START}),
        ("Its third report five years after the dialogue.", set()),
    ],
)
def test_what_does_not_fit_is_pointed_out(text: str, doubt: set[Doubt]) -> None:
    assert doubts_of(text) == doubt


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Its third periodic report within five years.", replace(KNOWN, adopted_on=None)),
        ("Its third report five years after the dialogue.", replace(KNOWN, considered_on=None)),
    ],
)
def test_a_term_without_a_day_to_count_from_is_pointed_out(text: str, known: Known) -> None:
    assert doubts_of(text, known) == {Doubt.NO_START}
    assert doubts_of(text) == set()
