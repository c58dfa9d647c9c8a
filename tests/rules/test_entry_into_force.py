"""When a treaty starts to bind a State: rule 1, article 87 of CMW, and the two other shapes."""

from datetime import date

import pytest

from reporting.rules.entry_into_force import (
    DaysAfter,
    EntryIntoForceError,
    EntryIntoForceRule,
    FirstDayOfMonthAfterMonths,
    MonthsAfter,
    entry_into_force,
    parse_rule,
)
from reporting.rules.facts import FactError
from reporting.rules.regimes import CMW, OPAC
from reporting.rules.timetable import in_force_on
from tests.rules.build import deposit, known


@pytest.mark.parametrize(
    ("rule", "deposited", "binds"),
    [
        (FirstDayOfMonthAfterMonths(3, "87"), date(2012, 5, 31), date(2012, 9, 1)),
        (FirstDayOfMonthAfterMonths(3, "87"), date(2005, 11, 30), date(2006, 3, 1)),
        (FirstDayOfMonthAfterMonths(3, "87"), date(2008, 9, 25), date(2009, 1, 1)),
        (FirstDayOfMonthAfterMonths(3, "87"), date(2020, 9, 1), date(2021, 1, 1)),
        (MonthsAfter(3, "49"), date(2012, 11, 30), date(2013, 2, 28)),
        (MonthsAfter(1, "10"), date(2015, 1, 31), date(2015, 2, 28)),
        (MonthsAfter(1, "10"), date(2015, 12, 5), date(2016, 1, 5)),
        (DaysAfter(30, "45"), date(2012, 1, 31), date(2012, 3, 1)),
        (DaysAfter(30, "45"), date(2011, 12, 31), date(2012, 1, 30)),
    ],
)
def test_each_shape_of_rule_counts_from_the_deposit_and_clamps_to_the_months_end(
    rule: EntryIntoForceRule, deposited: date, binds: date
) -> None:
    assert rule.after(deposited) == binds


@pytest.mark.parametrize(
    ("deposited", "binds"),
    [
        ("2012-05-31", "2012-09-01"),  # Indonesia
        ("2024-11", "2025-03-01"),  # Zimbabwe, known by its month
        ("1993-02-19", "2003-07-01"),  # Egypt, before the Convention was in force
        ("2003-03-14", "2003-07-01"),  # El Salvador
        ("2003-06-05", "2003-10-01"),  # Mali
        ("1998", "2003-07-01"),  # a year alone is enough where the treaty came later
    ],
)
def test_the_convention_binds_from_the_month_after_three_months_never_before_july_2003(
    deposited: str, binds: str
) -> None:
    assert in_force_on(CMW, deposit(deposited)) == known(binds)


def test_a_deposit_known_by_its_month_gives_a_month_where_the_rule_keeps_the_day() -> None:
    assert in_force_on(OPAC, deposit("2014-05")) == known("2014-06")


def test_a_deposit_too_vague_for_a_year_asks_for_the_day_with_its_reason() -> None:
    with pytest.raises(
        EntryIntoForceError,
        match="A deposit of 2011 enters into force between 1 May 2011 and 1 April 2012: record the",
    ):
        in_force_on(CMW, deposit("2011"))


def test_a_deposit_at_the_end_of_the_calendar_is_refused_with_a_sentence() -> None:
    with pytest.raises(EntryIntoForceError, match="beyond the calendar"):
        in_force_on(CMW, deposit("9999-12-01"))


def test_an_override_with_its_reason_beats_the_rule() -> None:
    overridden = deposit(
        "2011", entry_into_force_on=known("2011-10-01"), entry_into_force_reason="printed in CO/1"
    )

    assert in_force_on(CMW, overridden) == known("2011-10-01")


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_override_without_its_reason_is_refused(reason: str) -> None:
    with pytest.raises(FactError, match=r"ratification of 2011.*needs its reason.*source: UNTC"):
        deposit("2011", entry_into_force_on=known("2011-10-01"), entry_into_force_reason=reason)


def test_an_override_before_the_deposit_is_refused() -> None:
    with pytest.raises(FactError, match="1 October 2011 lies before 2012"):
        deposit("2012", entry_into_force_on=known("2011-10-01"), entry_into_force_reason="a slip")


@pytest.mark.parametrize("text", ["", "at once", "after 3 months", "90 days after signature"])
def test_a_wording_that_is_no_known_rule_is_refused(text: str) -> None:
    with pytest.raises(EntryIntoForceError, match="is no rule of entry into force"):
        parse_rule(text, article="1")


def test_the_treatys_own_entry_into_force_is_the_floor() -> None:
    floor = date(2003, 7, 1)

    binds = entry_into_force(
        DaysAfter(30, "1"), deposited_on=known("2003-06"), treaty_in_force_on=floor
    )

    assert binds == known("2003-07")
