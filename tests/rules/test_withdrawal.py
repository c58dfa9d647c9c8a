"""Taking back a date of the Committee restores what it had superseded."""

from datetime import date

from reporting.rules.obligation import Closure
from tests.rules.build import all_lines, date_set, known, open_lines, owed, report, review


def test_withdrawing_a_date_restores_the_date_of_the_treaty() -> None:
    moved = date_set("2020-01-01", decided="2013-01-01", withdrawn_on=known("2014-05"))

    assert open_lines(moved, as_at=date(2014, 5, 30)) == ["1 due 2020-01-01 committee: upcoming"]
    assert all_lines(moved, as_at=date(2014, 5, 31)) == [
        "1 due 2013-09-01 treaty: superseded",
        "1 due 2020-01-01 committee: withdrawn",
        "1 due 2013-09-01 treaty: overdue",
        "2 due 2018-09-01 treaty: upcoming",
    ]


def test_withdrawing_a_date_closes_the_reports_that_the_cycle_had_counted_from_it() -> None:
    moved = date_set("2014-01-01", decided="2013-01-01", withdrawn_on=known("2015-01-01"))

    closed = [
        (str(each.due), each.closed_as, each.closed_by)
        for each in owed(moved, as_at=date(2015, 1, 1))
        if not each.is_open(as_at=date(2015, 1, 1))
    ]

    assert closed == [
        ("2013-09-01", Closure.SUPERSEDED, "next report due"),
        ("2014-01-01", Closure.WITHDRAWN, "next report due"),
        ("2019-01-01", Closure.WITHDRAWN, "next report due"),
    ]


def test_withdrawing_the_date_of_a_review_restores_its_estimate() -> None:
    facts = (
        review("1", "2017-09-13"),
        date_set("2020-01-01", review="review-1", withdrawn_on=known("2018-01-01")),
    )

    assert open_lines(*facts, as_at=date(2018, 1, 1)) == ["2 due 2022-09-13 estimate: unconfirmed"]


def test_withdrawing_a_date_that_stood_through_a_review_restores_its_estimate() -> None:
    facts = (
        date_set("2020-01-01", decided="2015-01-01", span="2", withdrawn_on=known("2018-01-01")),
        review("1", "2017-09-13"),
    )

    assert open_lines(*facts, as_at=date(2017, 12, 31)) == ["2 due 2020-01-01 committee: upcoming"]
    assert open_lines(*facts, as_at=date(2018, 1, 1)) == ["2 due 2022-09-13 estimate: unconfirmed"]


def test_withdrawing_the_later_of_two_dates_after_a_review_restores_the_earlier() -> None:
    facts = (
        date_set("2019-01-01", decided="2015-01-01", span="2"),
        date_set("2020-01-01", decided="2016-01-01", span="2", withdrawn_on=known("2018-01-01")),
        review("1", "2017-09-13"),
    )

    assert open_lines(*facts, as_at=date(2018, 1, 1)) == ["2 due 2019-01-01 committee: due soon"]


def test_withdrawing_the_later_of_two_dates_restores_the_earlier() -> None:
    facts = (
        date_set("2016-01-01", decided="2013-01-01"),
        date_set("2017-01-01", decided="2014-01-01", withdrawn_on=known("2015-01-01")),
    )

    assert open_lines(*facts, as_at=date(2015, 1, 1)) == ["1 due 2016-01-01 committee: due soon"]


def test_withdrawing_the_earlier_of_two_dates_leaves_the_later() -> None:
    facts = (
        date_set("2016-01-01", decided="2013-01-01", withdrawn_on=known("2015-01-01")),
        date_set("2017-01-01", decided="2014-01-01"),
    )

    assert open_lines(*facts, as_at=date(2015, 1, 1)) == ["1 due 2017-01-01 committee: upcoming"]


def test_withdrawing_both_dates_restores_the_treatys() -> None:
    facts = (
        date_set("2016-01-01", decided="2013-01-01", withdrawn_on=known("2015-02-01")),
        date_set("2017-01-01", decided="2014-01-01", withdrawn_on=known("2015-01-01")),
    )

    assert open_lines(*facts, as_at=date(2015, 2, 1)) == [
        "1 due 2013-09-01 treaty: overdue",
        "2 due 2018-09-01 treaty: upcoming",
    ]


def test_a_date_withdrawn_and_replaced_on_one_day_leaves_the_new_one() -> None:
    facts = (
        date_set("2016-01-01", decided="2013-01-01", withdrawn_on=known("2015-01-01")),
        date_set("2018-01-01", decided="2015-01-01"),
    )

    assert open_lines(*facts, as_at=date(2015, 1, 1)) == ["1 due 2018-01-01 committee: upcoming"]


def test_withdrawing_a_date_goes_on_after_the_reports_that_came_meanwhile() -> None:
    facts = (
        date_set("2016-01-01", decided="2013-01-01", withdrawn_on=known("2015-01-01")),
        report("1", "2014-06-01"),
    )

    assert open_lines(*facts, as_at=date(2014, 6, 1)) == ["2 due 2021-01-01 treaty: upcoming"]
    assert open_lines(*facts, as_at=date(2015, 1, 1)) == ["2 due 2018-09-01 treaty: upcoming"]


def test_withdrawing_the_date_of_a_later_report_leaves_the_earlier_ones_alone() -> None:
    letter = date_set("2017-01-01", decided="2014-01-01", span="3", withdrawn_on=known("2015"))

    assert all_lines(letter, as_at=date(2023, 9, 2)) == [
        "1 due 2013-09-01 treaty: overdue",
        "2 due 2018-09-01 treaty: overdue",
        "3 due 2017-01-01 committee: withdrawn",
        "3 due 2023-09-01 treaty: overdue",
        "4 due 2028-09-01 treaty: upcoming",
    ]


def test_withdrawing_a_date_below_a_later_letter_restores_up_to_that_letter() -> None:
    facts = (
        date_set("2016-01-01", decided="2013-01-01", withdrawn_on=known("2015-01-01")),
        date_set("2030-01-01", decided="2014-01-01", span="4"),
    )

    assert open_lines(*facts, as_at=date(2015, 1, 1)) == [
        "4 due 2030-01-01 committee: upcoming",
        "1 due 2013-09-01 treaty: overdue",
        "2 due 2018-09-01 treaty: upcoming",
        "3 due 2023-09-01 treaty: upcoming",
    ]


def test_withdrawing_an_announcement_restores_what_it_had_suspended() -> None:
    announced = date_set(
        decided="2013-01-01", to_be_communicated=True, withdrawn_on=known("2013-06-01")
    )

    assert open_lines(announced, as_at=date(2013, 5, 31)) == ["1 due - none: no date"]
    assert open_lines(announced, as_at=date(2013, 6, 1)) == ["1 due 2013-09-01 treaty: due soon"]


def test_a_withdrawal_counts_no_earlier_than_its_decision() -> None:
    facts = (
        review("1", "2017-09-13"),
        date_set(
            "2020-01-01",
            decided="2017-09-01",
            review="review-1",
            withdrawn_on=known("2017-09-02"),
        ),
    )

    assert open_lines(*facts, as_at=date(2017, 9, 13)) == ["2 due 2022-09-13 estimate: unconfirmed"]
