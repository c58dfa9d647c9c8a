"""Reports that fall due close together."""

from reporting.rules.clashes import clashes
from reporting.rules.partial_date import PartialDate


def test_six_months_to_the_day_clash_and_a_day_more_does_not() -> None:
    first = PartialDate(2027, 8, 31)
    assert clashes([first, PartialDate(2028, 2, 29)]) == [(1,), (0,)]
    assert clashes([first, PartialDate(2028, 3, 1)]) == [(), ()]


def test_a_date_known_by_its_year_clashes_where_it_can_lie_so_close() -> None:
    assert clashes([PartialDate(2027), PartialDate(2028, 6, 30)]) == [(1,), (0,)]
    assert clashes([PartialDate(2027), PartialDate(2028, 7, 1)]) == [(), ()]
