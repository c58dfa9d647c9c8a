"""From the deposit to what a State owes: rules 1 to 4, 11 and 12, and the whole."""

from datetime import date

import pytest

from reporting.rules.facts import DecisionKind, Denunciation, SubmissionKind
from reporting.rules.obligation import Basis
from reporting.rules.regimes import REGIMES
from tests.rules.build import (
    all_lines,
    answer,
    closures,
    date_set,
    decision,
    known,
    open_lines,
    owed,
    report,
    review,
)

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
