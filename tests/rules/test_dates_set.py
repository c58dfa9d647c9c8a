"""What the Committee sets, leaves open or announces: rules 5 to 7."""

from datetime import date

import pytest

from reporting.rules.facts import DecisionKind
from reporting.rules.obligation import Basis, Closure
from tests.rules.build import (
    all_lines,
    closures,
    date_set,
    decision,
    known,
    open_lines,
    owed,
    report,
    review,
)

# Rule 5: dates of the Committee


def test_a_date_of_the_committee_beats_the_cycle_and_the_cycle_counts_from_it() -> None:
    facts = (
        report("1", "2017-01-20"),
        review("1", "2017-09-13", symbol="CMW/C/IDN/CO/1"),
        date_set("2022-10-01", review="review-1", symbol="CMW/C/IDN/CO/1", paragraph="67"),
    )
    second, moved, third = owed(*facts, as_at=date(2022, 10, 2))[1:]

    assert (second.due, second.closed_as) == (known("2018-09-01"), Closure.SUPERSEDED)
    assert (second.closed_on, second.closed_by) == (date(2017, 9, 13), "CMW/C/IDN/CO/1")
    assert (moved.due, moved.basis) == (known("2022-10-01"), Basis.COMMITTEE)
    assert moved.source == "CMW/C/IDN/CO/1, para. 67"
    assert str(moved.explanation) == (
        "The Committee set this date in its concluding observations on the initial report."
    )
    assert (third.due, third.basis) == (known("2027-10-01"), Basis.TREATY)
    assert str(third.explanation) == (
        "The third periodic report is due five years after the date that the Committee had set for "
        "the second periodic report, 1 October 2022."
    )


def test_a_date_set_supersedes_the_later_reports_of_the_cycle_too() -> None:
    letter = date_set("2020-01-01", decided="2019-02-01", span="1-2")

    assert closures(owed(letter, as_at=date(2019, 2, 1))) == [
        ("1 due 2013-09-01", "superseded", "next report due 1-2"),
        ("2 due 2018-09-01", "superseded", "next report due 1-2"),
        ("3 due 2023-09-01", "superseded", "next report due 1-2"),
        ("1-2 due 2020-01-01", "open", ""),
    ]


def test_a_letter_without_ordinals_sets_the_date_of_the_next_report_to_come() -> None:
    facts = (report("1", "2014-01-01"), date_set("2020-06-01", decided="2015-01-01"))

    assert open_lines(*facts, as_at=date(2015, 1, 1)) == ["2 due 2020-06-01 committee: upcoming"]


def test_a_date_for_a_later_report_leaves_the_earlier_ones_their_dates() -> None:
    letter = date_set("2025-01-01", decided="2014-01-01", span="4")

    assert open_lines(letter, as_at=date(2014, 1, 1)) == [
        "1 due 2013-09-01 treaty: overdue",
        "2 due 2018-09-01 treaty: upcoming",
        "3 due 2023-09-01 treaty: upcoming",
        "4 due 2025-01-01 committee: upcoming",
    ]


def test_a_date_for_one_report_of_a_combined_duty_leaves_the_others_theirs() -> None:
    facts = (
        date_set("2016", decided="2015-09-01", span="1-3"),
        date_set("2019", decided="2016-01-01", span="3"),
    )

    assert open_lines(*facts, as_at=date(2016, 1, 1)) == [
        "1-2 due 2016 committee: due soon",
        "3 due 2019 committee: upcoming",
    ]


def test_a_date_set_for_a_report_that_has_come_only_moves_the_cycle_on() -> None:
    facts = (
        report("1", "2014-01-01"),
        date_set("2016-06-01", decided="2015-01-01", span="1"),
    )

    assert open_lines(*facts, as_at=date(2015, 1, 1)) == ["2 due 2021-06-01 treaty: upcoming"]


def test_a_date_set_for_two_reports_of_which_one_has_come_stands_for_the_other() -> None:
    facts = (
        report("1", "2014-01-01"),
        date_set("2016-06-01", decided="2015-01-01", span="1-2"),
    )

    assert open_lines(*facts, as_at=date(2015, 1, 1)) == ["2 due 2016-06-01 committee: upcoming"]


def test_a_date_set_for_three_reports_of_which_the_second_has_come_stands_for_two() -> None:
    facts = (
        report("2", "2014-01-01"),
        date_set("2016-06-01", decided="2015-01-01", span="1-3"),
    )

    assert open_lines(*facts, as_at=date(2015, 1, 1)) == [
        "1 due 2016-06-01 committee: upcoming",
        "3 due 2016-06-01 committee: upcoming",
    ]


def test_a_date_for_an_outstanding_report_does_not_open_the_later_one_that_came() -> None:
    facts = (
        report("2", "2014-01-01"),
        date_set("2016-06-01", decided="2015-01-01", span="1"),
    )

    assert open_lines(*facts, as_at=date(2022, 1, 1)) == [
        "1 due 2016-06-01 committee: overdue",
        "3 due 2026-06-01 treaty: upcoming",
    ]


def test_the_reply_date_of_a_list_prior_to_reporting_does_not_move_the_due_date() -> None:
    prior = decision(
        DecisionKind.LIST_OF_ISSUES_PRIOR, "2014-12-31", decided="2013-10-01", span="1"
    )

    assert open_lines(prior, as_at=date(2014, 1, 1)) == [
        "1 due 2013-09-01 treaty: overdue",
        "2 due 2018-09-01 treaty: upcoming",
        "replies to a list of issues 1 due 2014-12-31 committee: due soon",
    ]


# Rule 6: estimates


def test_a_review_without_a_date_on_record_leaves_an_estimate_that_is_never_overdue() -> None:
    facts = (report("1", "2017-01-20"), review("1", "2017-09-13", symbol="CMW/C/IDN/CO/1"))
    estimate = owed(*facts, as_at=date(2017, 9, 13))[-1]

    assert (estimate.due, estimate.source) == (known("2022-09-13"), "CMW/C/IDN/CO/1")
    assert str(estimate.explanation) == (
        "Estimated as five years after the adoption of the concluding observations on the initial "
        "report, 13 September 2017; the date that they set is not on record, so the secretariat is "
        "asked to confirm it."
    )
    assert open_lines(*facts, as_at=date(2040, 1, 1)) == [
        "2 due 2022-09-13 estimate: unconfirmed",
        "3 due 2027-09-13 estimate: unconfirmed",
        "4 due 2032-09-13 estimate: unconfirmed",
        "5 due 2037-09-13 estimate: unconfirmed",
        "6 due 2042-09-13 estimate: unconfirmed",
    ]


def test_without_the_adoption_the_estimate_counts_from_the_dialogue() -> None:
    estimate = owed(review("1", dialogue="2017-04"), as_at=date(2017, 4, 30))[-1]

    assert (estimate.due, estimate.source) == (known("2022-04"), "press release on report 1")
    assert str(estimate.explanation) == (
        "Estimated as five years after the review of the initial report, April 2017; neither the "
        "adoption of the concluding observations nor the date that they set is on record, so the "
        "secretariat is asked to confirm it."
    )


def test_what_follows_an_estimate_is_an_estimate_of_the_same_source() -> None:
    second = owed(review("1", "2017-09-13"), as_at=date(2022, 9, 14))[-1]

    assert (second.basis, second.source) == (Basis.ESTIMATE, "press release on report 1")
    assert str(second.explanation) == (
        "Estimated as five years after the estimated date of the second periodic report, "
        "13 September 2022; the secretariat is asked to confirm it."
    )


def test_a_date_that_the_committee_sets_later_supersedes_the_estimate() -> None:
    facts = (
        review("1", dialogue="2017-09-06"),
        date_set("2021-12-01", decided="2017-10-20", review="review-1"),
    )

    assert all_lines(*facts)[-3:] == [
        "2 due 2022-09-06 estimate: superseded",
        "2 due 2021-12-01 committee: overdue",
        "3 due 2026-12-01 treaty: due soon",
    ]


# Rule 5 against rule 6: an estimate is weaker than a date of the Committee


@pytest.mark.parametrize("span", ["", "2"])
def test_a_review_without_a_date_leaves_the_next_report_the_date_that_a_letter_had_set(
    span: str,
) -> None:
    facts = (
        report("1", "2014-01-01"),
        date_set("2020-06-01", decided="2015-01-01", span=span),
        review("1", "2017-09-13"),
    )

    assert open_lines(*facts, as_at=date(2017, 9, 13)) == ["2 due 2020-06-01 committee: upcoming"]
    assert open_lines(*facts, as_at=date(2020, 6, 2)) == [
        "2 due 2020-06-01 committee: overdue",
        "3 due 2025-06-01 treaty: upcoming",
    ]


def test_a_date_that_had_passed_while_a_report_waited_is_overdue_after_its_review() -> None:
    facts = (
        report("1", "2014-01-01"),
        date_set("2016-06-01", decided="2015-01-01", span="2"),
        review("1", "2017-09-13"),
    )

    assert open_lines(*facts, as_at=date(2017, 9, 12)) == [
        "2 due 2016-06-01 committee: awaiting consideration",
        "3 due 2021-06-01 treaty: upcoming",
    ]
    assert open_lines(*facts, as_at=date(2017, 9, 13)) == [
        "2 due 2016-06-01 committee: overdue",
        "3 due 2021-06-01 treaty: upcoming",
    ]


def test_a_date_set_for_a_combined_report_stands_too() -> None:
    facts = (date_set("2020-06-01", decided="2015-01-01", span="2-3"), review("1", "2017-09-13"))

    assert open_lines(*facts, as_at=date(2017, 9, 13)) == ["2-3 due 2020-06-01 committee: upcoming"]


def test_what_the_cycle_counted_from_a_date_of_the_committee_gives_way_to_the_estimate() -> None:
    facts = (
        date_set("2014-06-01", decided="2013-01-01", span="1"),
        report("1", "2015-01-01"),
        review("1", "2017-09-13"),
    )

    assert open_lines(*facts, as_at=date(2017, 9, 13)) == ["2 due 2022-09-13 estimate: unconfirmed"]


def test_a_review_in_absence_closes_what_was_open_under_a_date_of_the_committee_too() -> None:
    facts = (
        date_set("2018-06-01", decided="2015-01-01", span="1"),
        review("1", "2017-09-13", in_absence=True),
    )

    assert closures(owed(*facts, as_at=date(2017, 9, 13))) == [
        ("1 due 2013-09-01", "superseded", "next report due 1"),
        ("2 due 2018-09-01", "superseded", "next report due 1"),
        ("1 due 2018-06-01", "considered in absence", "review of report 1"),
        ("1 due 2022-09-13", "open", ""),
    ]


# Rule 7: to be communicated


def test_a_date_that_is_to_be_communicated_is_no_date_and_the_cycle_rests() -> None:
    facts = (
        review("1", "2023-12-08"),
        date_set(review="review-1", to_be_communicated=True, symbol="CMW/C/STP/CO/1"),
    )
    announced = owed(*facts, as_at=date(2040, 1, 1))[-1]

    assert (announced.due, announced.basis) == (None, Basis.NONE)
    assert str(announced.explanation) == (
        "The Committee has announced that it will establish and communicate the due date of the "
        "second periodic report."
    )
    assert open_lines(*facts, as_at=date(2040, 1, 1)) == ["2 due - none: no date"]


def test_an_announcement_about_a_report_that_has_come_changes_nothing() -> None:
    announced = date_set(decided="2015-01-01", span="1", to_be_communicated=True)

    assert open_lines(report("1", "2014-01-01"), announced, as_at=date(2015, 1, 1)) == [
        "2 due 2018-09-01 treaty: upcoming"
    ]


def test_withdrawing_an_announcement_that_changed_nothing_changes_nothing() -> None:
    announced = date_set(
        decided="2015-01-01", span="1", to_be_communicated=True, withdrawn_on=known("2015-02-01")
    )

    assert open_lines(report("1", "2014-01-01"), announced, as_at=date(2015, 2, 1)) == [
        "2 due 2018-09-01 treaty: upcoming"
    ]


def test_of_two_dates_set_on_one_day_the_one_put_on_record_last_stands() -> None:
    for first, second in ((1, 2), (9, 10), (99, 100)):
        dates = (
            date_set("2027-04-01", decided="2017-09-13", span="2", ref=f"decision-{first}"),
            date_set("2028-04-01", decided="2017-09-13", span="2", ref=f"decision-{second}"),
        )
        for order in (dates, dates[::-1]):
            found = [each.due for each in owed(*order) if each.first == 2 and not each.closed_on]
            assert found == [known("2028-04-01")]
