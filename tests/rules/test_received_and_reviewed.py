"""What a report and a review end, and what they leave: rules 8 to 10, 13 and 14."""

from datetime import date

from reporting.rules.obligation import Closure
from reporting.rules.regimes import REGIMES
from tests.rules.build import (
    closures,
    date_set,
    known,
    open_lines,
    owed,
    report,
    review,
)

# Rule 8: what a report discharges


def test_a_report_covering_three_cycles_closes_all_three() -> None:
    assert closures(owed(report("1-3", "2024-01-01"), as_at=date(2024, 1, 1))) == [
        ("1 due 2013-09-01", "met", "report 1-3"),
        ("2 due 2018-09-01", "met", "report 1-3"),
        ("3 due 2023-09-01", "met", "report 1-3"),
        ("4 due 2028-09-01", "open", ""),
    ]


def test_a_report_that_does_not_say_covers_all_that_had_fallen_due_by_its_receipt() -> None:
    assert open_lines(report("", "2019-01-01"), as_at=date(2019, 1, 1)) == [
        "3 due 2023-09-01 treaty: upcoming"
    ]


def test_a_report_that_does_not_say_covers_what_falls_due_on_its_very_day() -> None:
    assert open_lines(report("", "2018-09-01"), as_at=date(2018, 9, 2)) == [
        "3 due 2023-09-01 treaty: upcoming"
    ]


def test_a_report_that_does_not_say_covers_the_next_one_where_none_had_fallen_due() -> None:
    assert open_lines(report("", "2013-01-01"), as_at=date(2013, 1, 1)) == [
        "2 due 2018-09-01 treaty: upcoming"
    ]


def test_a_report_that_does_not_say_counts_on_where_nothing_is_owed() -> None:
    facts = (report("1", "2014-01-01"), report("", "2015-01-01"), review("2", "2016-01-01"))

    assert open_lines(
        *facts, deposited="2005-01-01", as_at=date(2016, 1, 1), regime=REGIMES["CCPR"]
    ) == ["3 due - none: no date"]


def test_a_report_ahead_of_the_cycle_closes_what_had_not_yet_arisen() -> None:
    assert closures(owed(report("1-2", "2013-01-01"), as_at=date(2013, 1, 1))) == [
        ("1 due 2013-09-01", "met", "report 1-2"),
        ("2 due 2018-09-01", "met", "report 1-2"),
        ("3 due 2023-09-01", "open", ""),
    ]


def test_a_combined_duty_partly_covered_leaves_the_rest_open_on_its_terms() -> None:
    facts = (
        date_set("2016", decided="2015-09-01", span="1-4"),
        report("2-3", "2016-05-01"),
    )

    assert closures(owed(*facts, as_at=date(2016, 5, 1))) == [
        ("1 due 2013-09-01", "superseded", "next report due 1-4"),
        ("2 due 2018-09-01", "superseded", "next report due 1-4"),
        ("1-4 due 2016", "superseded", "report 2-3"),
        ("1 due 2016", "open", ""),
        ("2-3 due 2016", "met", "report 2-3"),
        ("4 due 2016", "open", ""),
    ]


def test_an_earlier_report_that_never_came_is_superseded_by_the_review_of_a_later_one() -> None:
    facts = (report("2", "2019-01-01"), review("2", "2020-01-01"))

    assert closures(owed(*facts, as_at=date(2020, 1, 1))) == [
        ("1 due 2013-09-01", "superseded", "review of report 2"),
        ("2 due 2018-09-01", "met", "report 2"),
        ("3 due 2023-09-01", "superseded", "review of report 2"),
        ("3 due 2025-01-01", "open", ""),
    ]


def test_a_review_of_one_report_of_a_combined_duty_meets_that_one_alone() -> None:
    facts = (
        date_set("2016", decided="2015-09-01", span="1-3"),
        review("2", "2018-01-01"),
    )

    assert closures(owed(*facts, as_at=date(2018, 1, 1)))[2:] == [
        ("1-3 due 2016", "superseded", "review of report 2"),
        ("4 due 2021", "superseded", "review of report 2"),
        ("1 due 2016", "superseded", "review of report 2"),
        ("2 due 2016", "met", "review of report 2"),
        ("3 due 2016", "superseded", "review of report 2"),
        ("3 due 2023-01-01", "open", ""),
    ]


# Rule 9: while a report waits


def test_while_a_report_waits_the_next_keeps_its_date_and_is_not_overdue() -> None:
    waiting = report("1", "2014-01-01")

    assert open_lines(waiting, as_at=date(2018, 9, 1)) == ["2 due 2018-09-01 treaty: due soon"]
    assert open_lines(waiting, as_at=date(2018, 9, 2)) == [
        "2 due 2018-09-01 treaty: awaiting consideration",
        "3 due 2023-09-01 treaty: upcoming",
    ]


def test_what_was_overdue_waits_too_from_the_day_the_earlier_report_comes() -> None:
    late = report("1", "2020-01-01")

    assert open_lines(late, as_at=date(2019, 12, 31))[1] == "2 due 2018-09-01 treaty: overdue"
    assert open_lines(late, as_at=date(2020, 1, 1))[0] == (
        "2 due 2018-09-01 treaty: awaiting consideration"
    )


def test_the_wait_ends_with_the_review_and_what_is_still_out_is_overdue_again() -> None:
    facts = (
        date_set("2013-09-01", span="1-2", decided="2013-01-01"),
        report("1", "2014-01-01"),
        report("3", "2015-01-01"),
        review("1", "2016-01-01"),
    )

    assert open_lines(*facts, as_at=date(2015, 12, 31))[0] == (
        "2 due 2013-09-01 committee: awaiting consideration"
    )
    assert open_lines(*facts, as_at=date(2016, 1, 1)) == [
        "2 due 2013-09-01 committee: overdue",
        "4 due 2021-01-01 estimate: unconfirmed",
    ]


def test_the_review_of_a_report_while_the_next_one_waits_leaves_that_one_in_the_backlog() -> None:
    facts = (report("1", "2014-01-01"), report("2", "2018-01-01"), review("1", "2018-06-01"))
    first, second, *_ = owed(*facts, as_at=date(2020, 1, 1))

    assert (first.considered_on, second.considered_on) == (date(2018, 6, 1), None)
    assert open_lines(*facts, as_at=date(2024, 1, 1)) == [
        "3 due 2023-06-01 estimate: unconfirmed",
        "4 due 2028-06-01 estimate: unconfirmed",
    ]


# Rule 10: a review in the absence of a report


def test_a_review_in_absence_closes_what_had_fallen_due_and_asks_for_it_combined() -> None:
    facts = (
        review("1", "2019-04-13", in_absence=True, symbol="CMW/C/IDN/CO/1"),
        date_set("2021-05-01", review="review-1", symbol="CMW/C/IDN/CO/1"),
    )

    assert closures(owed(*facts, as_at=date(2019, 4, 13))) == [
        ("1 due 2013-09-01", "considered in absence", "CMW/C/IDN/CO/1"),
        ("2 due 2018-09-01", "considered in absence", "CMW/C/IDN/CO/1"),
        ("3 due 2023-09-01", "superseded", "CMW/C/IDN/CO/1"),
        ("1-2 due 2021-05-01", "open", ""),
    ]


def test_a_review_in_absence_without_a_date_asks_for_the_combined_report_by_an_estimate() -> None:
    assert open_lines(review("1", "2019-04-13", in_absence=True), as_at=date(2019, 4, 13)) == [
        "1-2 due 2024-04-13 estimate: unconfirmed"
    ]


def test_a_report_due_on_the_very_day_of_a_review_in_absence_is_on_time_and_not_asked_for() -> None:
    reviewed = review("1", "2018-09-01", in_absence=True, symbol="CMW/C/IDN/CO/1")

    assert closures(owed(reviewed, as_at=date(2018, 9, 1))) == [
        ("1 due 2013-09-01", "considered in absence", "CMW/C/IDN/CO/1"),
        ("2 due 2018-09-01", "superseded", "CMW/C/IDN/CO/1"),
        ("1 due 2023-09-01", "open", ""),
    ]


def test_the_date_after_a_review_in_absence_is_for_what_has_not_come_since() -> None:
    facts = (
        review("1", "2019-04-13", in_absence=True),
        report("1", "2019-06-01"),
        date_set("2021-05-01", decided="2019-09-01", review="review-1"),
    )

    assert open_lines(*facts, as_at=date(2019, 9, 1)) == ["2 due 2021-05-01 committee: upcoming"]


def test_a_review_in_absence_of_a_report_that_was_sent_back_opens_the_duty_again() -> None:
    facts = (
        report("1", "2014-01-01"),
        review("1", "2015-01-01", in_absence=True, accepted_because="the report was sent back"),
    )

    assert open_lines(*facts, as_at=date(2015, 1, 1)) == ["1 due 2020-01-01 estimate: unconfirmed"]
    assert [each.awaiting_since for each in owed(*facts, as_at=date(2015, 1, 1))][-1] is None


# Rules 13 and 14: dates that differ


def test_a_report_can_come_on_the_last_day_of_the_dialogue() -> None:
    facts = (
        report("1", "2025-04-10"),
        review("1", "2025-04-17", dialogue="2025-04-10", dialogue_from=known("2025-04-09")),
    )

    assert open_lines(*facts, as_at=date(2025, 4, 17)) == ["2 due 2030-04-17 estimate: unconfirmed"]


def test_a_report_can_come_after_the_first_day_of_a_dialogue_whose_end_is_not_on_record() -> None:
    facts = (report("1", "2025-04-10"), review("1", dialogue_from=known("2025-04-09")))

    initial, *_, estimate = owed(*facts, as_at=date(2025, 4, 10))
    assert (initial.submission, initial.closed_on) == ("report-1", date(2025, 4, 10))
    assert (estimate.due, estimate.arises_on) == (known("2030-04-09"), date(2025, 4, 10))


def test_a_report_of_unknown_receipt_came_by_the_last_day_of_the_dialogue() -> None:
    facts = (report("1"), review("1", "2017-09-13", dialogue="2017-09-06"))
    initial = owed(*facts)[0]

    assert (initial.closed_on, initial.closed_as) == (date(2017, 9, 6), Closure.MET)
    assert (initial.submission, initial.received) == ("report-1", None)
    assert initial.considered_on == date(2017, 9, 13)


def test_a_report_that_is_accepted_as_coming_after_its_review_waits_for_nothing() -> None:
    facts = (
        review("1", "2017-09-13"),
        report("1", "2018-01-01", accepted_because="the cover prints the date of a second copy"),
    )

    assert open_lines(*facts, as_at=date(2024, 1, 1)) == [
        "2 due 2022-09-13 estimate: unconfirmed",
        "3 due 2027-09-13 estimate: unconfirmed",
    ]
    assert {each.awaiting_since for each in owed(*facts, as_at=date(2024, 1, 1))} == {None}


def test_observations_adopted_after_the_next_report_came_set_the_date_of_the_one_after() -> None:
    facts = (
        report("1", "2017-01-20"),
        report("2", "2017-09-10"),
        review("1", "2017-09-13", dialogue="2017-09-06"),
        date_set("2022-10-01", review="review-1"),
    )

    assert open_lines(*facts, as_at=date(2017, 9, 13)) == ["3 due 2022-10-01 committee: upcoming"]
