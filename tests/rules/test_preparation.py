"""The days before a session, counted back from its first."""

from datetime import date

from reporting.rules.partial_date import PartialDate
from reporting.rules.preparation import Step, counted_back, too_late_to_translate

FIRST, LAST = date(2027, 4, 5), date(2027, 4, 16)


def test_a_step_has_no_day_unless_the_house_says_how_long_before_it_is() -> None:
    days = {each.step: each.day for each in counted_back(starts_on=FIRST, ends_on=LAST)}
    assert days[Step.LIST_OF_ISSUES] is days[Step.REPLIES] is None
    weeks = {Step.LIST_OF_ISSUES: 20, Step.REPLIES: 8}
    set_here = counted_back(starts_on=FIRST, ends_on=LAST, weeks=weeks)
    assert {each.step: each.day for each in set_here} == days | {
        Step.LIST_OF_ISSUES: date(2026, 11, 16),
        Step.REPLIES: date(2027, 2, 8),
    }


def test_ten_weeks_to_the_day_are_enough() -> None:
    assert not too_late_to_translate(PartialDate(2027, 1, 25), starts_on=FIRST)
    assert too_late_to_translate(PartialDate(2027, 1, 26), starts_on=FIRST)
