"""A fact refuses nonsense when it is built, by its name and its source."""

from datetime import date

import pytest

from reporting.rules.facts import (
    Decision,
    DecisionKind,
    Denunciation,
    FactError,
    Facts,
    Review,
    Submission,
    SubmissionKind,
)
from tests.rules.build import date_set, deposit, facts, known, report, review


def test_a_report_with_half_its_ordinals_is_refused() -> None:
    with pytest.raises(FactError, match="the first and the last report must both be said"):
        Submission(ref="1", first=1)


@pytest.mark.parametrize("span", ["3-2", "0-1", "0"])
def test_ordinals_that_run_backwards_or_start_below_one_are_refused(span: str) -> None:
    with pytest.raises(FactError, match=rf"run backwards \(source: cover of report {span}\)"):
        report(span)


def test_an_error_names_the_document_before_anything_else() -> None:
    with pytest.raises(FactError, match=r"^CMW/C/SYR/2-3: .*\(source: its cover\)$"):
        report("3-2", symbol="CMW/C/SYR/2-3", source="its cover")


def test_an_error_about_a_fact_without_source_names_none() -> None:
    with pytest.raises(FactError, match=r"run backwards$"):
        Submission(ref="1", first=2, last=1)


@pytest.mark.parametrize(
    "kind", [SubmissionKind.REPLIES, SubmissionKind.FOLLOW_UP, SubmissionKind.ADDITIONAL_REPORT]
)
def test_what_answers_a_request_must_say_which(kind: SubmissionKind) -> None:
    with pytest.raises(FactError, match=f"{kind} 1: it does not say which request it answers"):
        Submission(ref="1", kind=kind, first=1, last=1)


def test_a_review_of_nothing_is_refused() -> None:
    with pytest.raises(FactError, match="it does not say which reports were considered"):
        Review(ref="1", session=20)


def test_a_dialogue_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(FactError, match="session 8: 16 April 2008 lies before 17 April 2008"):
        review("1", dialogue="2008-04-16", dialogue_from=known("2008-04-17"), session=8)


def test_observations_adopted_before_the_dialogue_are_refused() -> None:
    with pytest.raises(FactError, match="1 April 2008 lies before 16 April 2008"):
        review("1", "2008-04-01", dialogue="2008-04-16")


def test_observations_adopted_before_a_dialogue_whose_end_is_unknown_are_refused() -> None:
    with pytest.raises(FactError, match="1 April 2008 lies before 16 April 2008"):
        review("1", "2008-04-01", dialogue_from=known("2008-04-16"))


def test_a_year_does_not_lie_before_a_day_of_that_year() -> None:
    assert review("1", "2008", dialogue="2008-04-16").concluded_on == known("2008")


def test_a_date_both_set_and_to_be_communicated_is_refused() -> None:
    with pytest.raises(FactError, match="cannot be set and be still to be communicated"):
        date_set("2020", to_be_communicated=True)


def test_a_decision_on_the_next_report_without_date_or_announcement_is_refused() -> None:
    with pytest.raises(FactError, match="it neither sets a due date nor says that one is to be"):
        date_set()


@pytest.mark.parametrize("kind", [DecisionKind.LIST_OF_ISSUES, DecisionKind.LIST_OF_ISSUES_PRIOR])
def test_a_list_of_issues_on_no_report_is_refused(kind: DecisionKind) -> None:
    with pytest.raises(FactError, match="it does not say on which report the questions are"):
        Decision(ref="1", kind=kind)


def test_a_date_that_is_due_before_it_was_decided_is_refused() -> None:
    with pytest.raises(FactError, match="31 December 2019 lies before 1 January 2020"):
        date_set("2019-12-31", decided="2020-01-01")


def test_a_decision_withdrawn_before_it_was_made_is_refused() -> None:
    with pytest.raises(FactError, match="2019 lies before 1 January 2020"):
        date_set("2021", decided="2020-01-01", withdrawn_on=known("2019"))


def test_a_denunciation_effective_before_its_notification_is_refused() -> None:
    with pytest.raises(FactError, match="denunciation effective 1 January 2020: it takes effect"):
        Denunciation(ref="1", effective_on=date(2020, 1, 1), notified_on=date(2020, 1, 2))


def test_two_facts_of_one_name_are_refused() -> None:
    with pytest.raises(FactError, match="report 2: another fact is recorded as “report-1”"):
        facts(report("1", "2014"), report("2", "2016", ref="report-1"))


def test_each_fact_is_named_by_its_symbol_else_by_what_it_is() -> None:
    names = [
        str(deposit("2024-11", action="accession")),
        str(report("2-3", symbol="CMW/C/SYR/2-3")),
        str(report("2-3")),
        str(report(received="2014")),
        str(review("1", symbol="CMW/C/IDN/CO/1")),
        str(review("1", session=27)),
        str(date_set("2020", symbol="CMW/C/IDN/CO/1")),
        str(date_set("2020", span="2")),
        str(Denunciation(ref="1", effective_on=date(2020, 1, 1))),
    ]

    assert names == [
        "accession of November 2024",
        "CMW/C/SYR/2-3",
        "report 2-3",
        "report",
        "CMW/C/IDN/CO/1",
        "review of report 1 at session 27",
        "CMW/C/IDN/CO/1",
        "next report due 2",
        "denunciation effective 1 January 2020",
    ]


def test_the_document_of_a_date_is_its_symbol_with_the_paragraph() -> None:
    documents = [
        date_set("2020", symbol="CMW/C/IDN/CO/1", paragraph="67").document,
        date_set("2020", symbol="CMW/C/IDN/CO/1").document,
        date_set("2020", paragraph="67").document,
    ]

    assert documents == ["CMW/C/IDN/CO/1, para. 67", "CMW/C/IDN/CO/1", ""]


def test_a_state_without_facts_has_none_to_go_through() -> None:
    assert list(Facts(deposit=deposit())) == []


def test_no_state_comes_to_a_report_beyond_fifty() -> None:
    with pytest.raises(FactError, match="no State has come to report 51"):
        Submission(ref="s", first=1, last=51)
