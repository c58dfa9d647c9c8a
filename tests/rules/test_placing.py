"""On which day a fact without a full date counts (rules 15 and 16)."""

from datetime import date
from typing import Any

import pytest

from reporting.rules.contradictions import ContradictionsError
from reporting.rules.facts import DecisionKind, Denunciation, Fact, SubmissionKind
from reporting.rules.placing import place
from tests.rules.build import answer, date_set, decision, facts, known, owed, report, review

LIST, PRIOR = DecisionKind.LIST_OF_ISSUES, DecisionKind.LIST_OF_ISSUES_PRIOR
RECORDED = date(2026, 11, 22)


def days(*all_facts: Any) -> dict[str, str]:
    """Return the day of each fact by its ref, in the order in which they count."""
    placed, errors = place(facts(*all_facts))
    assert errors == []
    return {item.fact.ref: item.day.isoformat() for item in placed}


def undated(fact: Any) -> Any:
    """Return the fact as it is put on record without its date."""
    return type(fact)(
        **{name: getattr(fact, name) for name in fact.__dataclass_fields__}
        | {"recorded_on": RECORDED}
    )


@pytest.mark.parametrize(
    ("received", "counts"),
    [("2015-03-04", "2015-03-04"), ("2015-03", "2015-03-31"), ("2015", "2015-12-31")],
)
def test_a_dated_fact_counts_from_its_own_last_day(received: str, counts: str) -> None:
    assert days(report("1", received)) == {"report-1": counts}


def test_a_year_ends_where_something_about_a_later_report_had_happened() -> None:
    assert days(report("1", "2015"), report("2", "2015-03-04")) == {
        "report-1": "2015-03-04",
        "report-2": "2015-03-04",
    }


def test_a_later_report_of_an_earlier_day_does_not_bind_a_year() -> None:
    odd = report("2", "2014-03-04", accepted_because="both came in one parcel")

    assert days(report("1", "2015"), odd) == {"report-2": "2014-03-04", "report-1": "2015-12-31"}


def test_a_date_that_reaches_beyond_the_day_of_recording_counts_from_that_day() -> None:
    assert days(report("1", "2026", recorded_on=RECORDED)) == {"report-1": "2026-11-22"}


def test_an_undated_report_counts_from_the_last_day_of_its_dialogue() -> None:
    facts = (undated(report("1")), review("1", "2017-09-13", dialogue="2017-09-06"))

    assert days(*facts) == {"report-1": "2017-09-06", "review-1": "2017-09-13"}


def test_an_undated_report_does_not_count_from_a_review_in_its_absence() -> None:
    facts = (undated(report("1")), review("1", "2017-09-13", in_absence=True))

    assert days(*facts) == {"review-1": "2017-09-13", "report-1": "2026-11-22"}


def test_an_undated_review_counts_from_the_next_dated_fact_about_a_later_report() -> None:
    facts = (
        undated(review("2")),
        decision(PRIOR, decided="2016-10-03", span="3"),
        review("3", "2017-09-07"),
    )

    assert days(*facts) == {
        "review-2": "2016-10-03",
        "decision-list_of_issues_prior": "2016-10-03",
        "review-3": "2017-09-07",
    }


def test_an_undated_review_counts_from_the_first_day_of_the_date_that_it_set() -> None:
    facts = (undated(review("1")), date_set("2016", review="review-1"), report("2", "2019-05-15"))

    assert days(*facts) == {
        "review-1": "2016-01-01",
        "set-2016": "2016-01-01",
        "report-2": "2019-05-15",
    }


def test_an_undated_review_counts_from_the_day_on_which_its_decision_is_dated() -> None:
    facts = (undated(review("1")), date_set("2016", decided="2011-10-03", review="review-1"))

    assert days(*facts) == {"review-1": "2011-10-03", "set-2016": "2011-10-03"}


def test_an_undated_review_counts_no_earlier_than_the_report_that_it_considered() -> None:
    facts = (
        report("1", "2011-03-01"),
        undated(review("1")),
        date_set("2011", review="review-1"),
    )

    assert days(*facts) == {
        "report-1": "2011-03-01",
        "review-1": "2011-03-01",
        "set-2011": "2011-03-01",
    }


def test_undated_reviews_follow_each_other_by_their_ordinals() -> None:
    facts = (
        undated(review("1")),
        undated(review("2")),
        date_set("2021", review="review-2"),
        undated(report("1")),
        undated(report("2")),
    )

    assert days(*facts) == {
        "report-1": "2021-01-01",
        "review-1": "2021-01-01",
        "report-2": "2021-01-01",
        "review-2": "2021-01-01",
        "set-2021": "2021-01-01",
    }


def test_what_hangs_on_an_undated_review_counts_with_it() -> None:
    facts = (
        undated(report("1")),
        undated(review("1")),
        undated(decision(DecisionKind.FOLLOW_UP, "2014-01-01", review="review-1")),
        report("2", "2013-02-01"),
    )

    assert list(days(*facts).items()) == [
        ("report-1", "2013-02-01"),
        ("review-1", "2013-02-01"),
        ("decision-follow_up", "2013-02-01"),
        ("report-2", "2013-02-01"),
    ]


def test_a_decision_counts_no_earlier_than_the_review_that_it_came_from() -> None:
    facts = (
        review("1", "2017-09-13"),
        date_set("2022", decided="2017-09-06", review="review-1"),
    )

    assert days(*facts) == {"review-1": "2017-09-13", "set-2022": "2017-09-13"}


def test_an_undated_list_of_issues_counts_from_the_review_of_all_its_reports() -> None:
    facts = (
        review("1", "2015-08-31", in_absence=True),
        decision(LIST, span="1-3"),
        review("1-3", "2022-04-08", dialogue="2022-04-01"),
    )

    assert days(*facts) == {
        "review-1": "2015-08-31",
        "decision-list_of_issues": "2022-04-01",
        "review-1-3": "2022-04-08",
    }


def test_an_undated_list_of_issues_counts_from_the_first_day_on_which_replies_were_due() -> None:
    facts = (decision(LIST, "2019-10-01", span="1"), review("1", "2022-04-08"))

    assert days(*facts)["decision-list_of_issues"] == "2019-10-01"


def test_an_undated_list_of_issues_counts_from_its_replies() -> None:
    facts = (
        decision(LIST, span="1"),
        answer("decision-list_of_issues", "2024-08-20", kind=SubmissionKind.REPLIES),
    )

    assert days(*facts)["decision-list_of_issues"] == "2024-08-20"


def test_an_undated_list_prior_to_reporting_counts_from_the_report() -> None:
    facts = (decision(PRIOR, "2025", span="1"), report("1", "2024-08-20"))

    assert days(*facts) == {
        "decision-list_of_issues_prior": "2024-08-20",
        "report-1": "2024-08-20",
    }


def test_a_list_of_a_known_year_ends_with_what_it_made_due() -> None:
    listed = decision(LIST, "2019-10-01", decided="2019", span="1")

    assert days(listed) == {"decision-list_of_issues": "2019-10-01"}


def test_a_year_in_which_something_was_decided_and_due_ends_with_the_year_of_both() -> None:
    assert days(date_set("2011", decided="2011-05", span="1")) == {"set-2011": "2011-05-31"}


def test_a_denunciation_counts_from_its_notification_else_from_its_effect() -> None:
    notified = Denunciation(ref="d", effective_on=date(2020, 5, 1), notified_on=date(2019, 4, 9))

    assert days(notified) == {"d": "2019-04-09"}
    assert days(Denunciation(ref="d", effective_on=date(2020, 5, 1))) == {"d": "2020-05-01"}


def test_facts_of_one_day_count_in_the_order_of_a_reports_life() -> None:
    day = "2017-09-13"
    facts: list[Fact] = [
        Denunciation(ref="denunciation", effective_on=date(2017, 9, 13)),
        decision(DecisionKind.ADDITIONAL_REPORT, "2018", decided=day, ref="additional"),
        decision(DecisionKind.FOLLOW_UP, "2018", decided=day, review="review-1", ref="follow-up"),
        date_set("2022", decided=day, review="review-1"),
        review("1", day),
        answer("list", day, kind=SubmissionKind.REPLIES, ref="replies"),
        decision(LIST, decided=day, span="1", ref="list"),
        report("2", day),
        report("1", day),
        decision(PRIOR, decided=day, span="1", ref="prior"),
    ]

    assert list(days(*facts)) == [
        "prior",
        "report-1",
        "list",
        "replies",
        "review-1",
        "set-2022",
        "follow-up",
        "report-2",
        "additional",
        "denunciation",
    ]


@pytest.mark.parametrize("received", ["2025-02-10", ""])
def test_a_report_without_ordinals_counts_by_its_day_or_by_its_recording(received: str) -> None:
    assert days(report("", received, ref="r", recorded_on=RECORDED)) == {
        "r": received or "2026-11-22"
    }


def test_a_fact_without_any_day_is_refused_and_asks_for_one() -> None:
    with pytest.raises(
        ContradictionsError,
        match=r"^report 1: nothing on record says by when it happened; record its date "
        r"\(source: cover of report 1\)$",
    ):
        owed(report("1"))


def test_a_review_that_cannot_be_placed_leaves_what_hangs_on_it_unplaced_too() -> None:
    with pytest.raises(ContradictionsError) as caught:
        owed(review("1"), decision(LIST, span="1"), report("1"))

    assert [error.ref for error in caught.value.reasons] == [
        "review-1",
        "decision-list_of_issues",
        "report-1",
    ]


def test_the_own_date_of_a_review_is_the_adoption_else_the_dialogue() -> None:
    assert [
        review("1", "2017-09-13", dialogue="2017-09-06").concluded_on,
        review("1", dialogue="2017-09-06").concluded_on,
        review("1", dialogue_from=known("2017-09-05")).concluded_on,
        review("1").concluded_on,
    ] == [known("2017-09-13"), known("2017-09-06"), known("2017-09-05"), None]


def test_a_review_known_by_its_session_alone_keeps_the_link_and_has_no_day_of_its_own() -> None:
    facts = (review("1", session=10), date_set("2011-10-18", decided="2011-10-18", span="2"))
    initial = owed(*facts, deposited="2005-01-01", as_at=date(2011, 10, 18))[0]

    assert (initial.closed_by, initial.closed_on) == (
        "review of report 1 at session 10",
        date(2011, 10, 18),
    )
