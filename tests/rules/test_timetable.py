"""From the facts of a State to what it owes: the sixteen rules of the domain, in their order."""

from datetime import date

import pytest

from reporting.rules.facts import DecisionKind, Denunciation, SubmissionKind
from reporting.rules.obligation import Basis, Closure, Obligation
from reporting.rules.regimes import REGIMES
from tests.rules.build import (
    all_lines,
    answer,
    date_set,
    decision,
    known,
    open_lines,
    owed,
    report,
    review,
    span,
)


def closures(obligations: tuple[Obligation, ...]) -> list[tuple[str, str, str]]:
    """Say how each obligation ended, and by what."""
    return [
        (f"{span(each)} due {each.due or '-'}", each.closed_as or "open", each.closed_by)
        for each in obligations
    ]


# Rules 1 and 2: entry into force and the initial report


def test_the_initial_report_is_due_one_year_after_the_entry_into_force() -> None:
    (initial,) = owed(as_at=date(2012, 5, 31))

    assert (initial.due, initial.basis) == (known("2013-09-01"), Basis.TREATY)
    assert initial.source == "CMW article 73(1)(a)"
    assert str(initial.explanation) == (
        "The initial report is due one year after the entry into force of the treaty for the State, "
        "1 September 2012."
    )


def test_what_a_state_will_owe_is_shown_from_its_deposit_not_before() -> None:
    assert owed(as_at=date(2012, 5, 30)) == ()
    assert open_lines(as_at=date(2012, 5, 31)) == ["1 due 2013-09-01 treaty: upcoming"]


def test_a_deposit_known_by_its_month_counts_from_the_months_last_day() -> None:
    assert owed(deposited="2024-11", as_at=date(2024, 11, 29)) == ()
    assert open_lines(deposited="2024-11", as_at=date(2024, 11, 30)) == [
        "1 due 2026-03-01 treaty: upcoming"
    ]


def test_nothing_arises_before_the_last_day_that_the_deposit_can_be() -> None:
    asked = decision(DecisionKind.ADDITIONAL_REPORT, "2025-12-01", decided="2024-11-10")

    assert owed(asked, deposited="2024-11", as_at=date(2024, 11, 29)) == ()
    assert [
        each.arises_on for each in owed(asked, deposited="2024-11", as_at=date(2024, 11, 30))
    ] == [date(2024, 11, 30), date(2024, 11, 30)]


# Rule 3: then every five years


def test_the_cycle_goes_on_every_five_years_whether_or_not_a_report_came() -> None:
    assert open_lines(as_at=date(2024, 1, 1)) == [
        "1 due 2013-09-01 treaty: overdue",
        "2 due 2018-09-01 treaty: overdue",
        "3 due 2023-09-01 treaty: overdue",
        "4 due 2028-09-01 treaty: upcoming",
    ]


def test_the_next_report_arises_the_day_after_the_one_before_fell_due() -> None:
    assert [each.arises_on for each in owed(as_at=date(2018, 9, 2))] == [
        date(2012, 5, 31),
        date(2013, 9, 2),
        date(2018, 9, 2),
    ]
    assert len(owed(as_at=date(2018, 9, 1))) == 2


def test_the_next_report_arises_at_once_when_the_one_before_comes_early() -> None:
    assert open_lines(report("1", "2013-01-10"), as_at=date(2013, 1, 10)) == [
        "2 due 2018-09-01 treaty: upcoming"
    ]


def test_the_cycle_counts_from_the_due_date_not_from_the_receipt() -> None:
    second = owed(report("1", "2017-03-01"), as_at=date(2017, 3, 1))[1]

    assert str(second.explanation) == (
        "The second periodic report is due five years after the due date of the initial report, "
        "1 September 2013."
    )


# Rule 4: an additional report outside the cycle


def test_an_additional_report_stands_beside_the_cycle_with_a_date_of_its_own() -> None:
    asked = decision(
        DecisionKind.ADDITIONAL_REPORT, "2015-06-01", decided="2014-12-01", symbol="CMW/C/LTR/1"
    )

    assert open_lines(asked, as_at=date(2015, 1, 1)) == [
        "1 due 2013-09-01 treaty: overdue",
        "2 due 2018-09-01 treaty: upcoming",
        "additional report  due 2015-06-01 committee: due soon",
    ]


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


# Rule 11: denunciation


def test_a_denunciation_lets_the_duties_on_or_after_its_day_lapse_and_keeps_the_others() -> None:
    leaves = Denunciation(ref="d", effective_on=date(2018, 9, 1), notified_on=date(2017, 8, 1))

    assert closures(owed(leaves, as_at=date(2030, 1, 1))) == [
        ("1 due 2013-09-01", "open", ""),
        ("2 due 2018-09-01", "lapsed", "denunciation effective 2018-09-01"),
    ]


def test_a_duty_of_the_day_before_the_denunciation_stays() -> None:
    leaves = Denunciation(ref="d", effective_on=date(2018, 9, 2))

    assert open_lines(leaves, as_at=date(2030, 1, 1)) == [
        "1 due 2013-09-01 treaty: overdue",
        "2 due 2018-09-01 treaty: overdue",
    ]


def test_what_comes_after_the_denunciation_opens_nothing_new() -> None:
    facts = (
        Denunciation(ref="d", effective_on=date(2018, 1, 1)),
        report("1", "2018-03-01"),
        review("1", "2019-03-01"),
        date_set("2024-03-01", review="review-1"),
        decision(DecisionKind.FOLLOW_UP, "2020-03-01", review="review-1"),
    )

    assert closures(owed(*facts, as_at=date(2030, 1, 1))) == [
        ("1 due 2013-09-01", "met", "report 1"),
        ("2 due 2018-09-01", "lapsed", "denunciation effective 2018-01-01"),
    ]


def test_a_combined_duty_partly_covered_after_the_denunciation_stays_as_it_was() -> None:
    facts = (
        date_set("2016", decided="2015-09-01", span="1-2"),
        Denunciation(ref="d", effective_on=date(2018, 1, 1)),
        report("1", "2019-01-01"),
    )

    assert closures(owed(*facts, as_at=date(2030, 1, 1)))[2:] == [
        ("1-2 due 2016", "superseded", "report 1"),
        ("3 due 2021", "lapsed", "denunciation effective 2018-01-01"),
        ("1 due 2016", "met", "report 1"),
        ("2 due 2016", "open", ""),
    ]


# Rule 12: dates of a year


def test_a_report_due_in_a_year_is_overdue_from_the_first_of_january_after_it() -> None:
    due = date_set("2011", decided="2008-04-16", span="2")

    lines = [
        open_lines(due, deposited="2005-06-02", as_at=day)[1]
        for day in (date(2009, 12, 31), date(2010, 1, 1), date(2011, 12, 31), date(2012, 1, 1))
    ]

    assert lines == [
        "2 due 2011 committee: upcoming",
        "2 due 2011 committee: due soon",
        "2 due 2011 committee: due soon",
        "2 due 2011 committee: overdue",
    ]


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


# The whole


def test_facts_of_the_last_years_of_the_calendar_end_the_cycle_quietly() -> None:
    far = date_set("9996", decided="2015-01-01", span="1")

    assert open_lines(far, as_at=date.max) == ["1 due 9996 committee: overdue"]


def test_a_regime_without_interval_owes_nothing_until_the_committee_sets_a_date() -> None:
    facts = (report("1", "2014-01-01"), review("1", "2015-01-01", symbol="CCPR/C/IDN/CO/1"))

    assert open_lines(report("1", "2014-01-01"), regime=REGIMES["CCPR"]) == []
    assert open_lines(*facts, regime=REGIMES["CCPR"]) == ["2 due - none: no date"]
    assert str(owed(*facts, regime=REGIMES["CCPR"])[-1].explanation) == (
        "The treaty sets no interval: the second periodic report has a due date only when the "
        "Committee sets it."
    )


def test_a_report_of_a_regime_without_interval_meets_the_date_that_was_set_for_it() -> None:
    facts = (
        report("1", "2014-01-01"),
        review("1", "2015-01-01"),
        date_set("2020-03-31", review="review-1"),
        report("2", "2021-01-01"),
    )

    assert all_lines(*facts, regime=REGIMES["CCPR"]) == [
        "1 due 2013-08-31 treaty: met",
        "2 due 2020-03-31 committee: met",
    ]


def test_the_key_of_an_obligation_says_what_is_owed_and_by_which_fact() -> None:
    keys = [each.key for each in owed(review("1", "2019-04-13"), as_at=date(2019, 4, 13))]

    assert keys == ["report/1/treaty", "report/2/treaty", "report/3/treaty", "report/2/review-1"]


def test_the_key_of_a_duty_that_stands_again_is_numbered() -> None:
    facts = (
        date_set("2020-01-01", decided="2013-01-01", withdrawn_on=known("2014-01-01")),
        date_set("2013-09-01", decided="2012-12-01", ref="first"),
    )

    assert [each.key for each in owed(*facts, as_at=date(2014, 1, 1))] == [
        "report/1/treaty",
        "report/1/first",
        "report/1/set-2020-01-01",
        "report/1/first/2",
        "report/2/first",
    ]


def test_replies_to_a_list_prior_to_reporting_are_the_report() -> None:
    facts = (
        decision(DecisionKind.LIST_OF_ISSUES_PRIOR, "2014-12-31", decided="2013-10-01", span="1"),
        answer(
            "decision-list_of_issues_prior",
            "2014-11-20",
            kind=SubmissionKind.REPLIES,
        ),
    )

    assert all_lines(*facts, as_at=date(2014, 11, 20)) == [
        "1 due 2013-09-01 treaty: met",
        "2 due 2018-09-01 treaty: upcoming",
        "replies to a list of issues 1 due 2014-12-31 committee: met",
    ]


@pytest.mark.parametrize("received", ["2013-12-01", "2014-06-01"])
def test_replies_after_the_report_itself_cover_nothing_more(received: str) -> None:
    facts = (
        report("1", received),
        decision(DecisionKind.LIST_OF_ISSUES_PRIOR, "2014-12-31", decided="2013-10-01", span="1"),
        answer("decision-list_of_issues_prior", "2014-11-20", kind=SubmissionKind.REPLIES),
    )

    assert closures(owed(*facts, as_at=date(2014, 11, 20)))[0] == (
        "1 due 2013-09-01",
        "met",
        "report 1",
    )
