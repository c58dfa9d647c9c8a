"""A date is set for what is still owed, and questions are asked about what is still open."""

from typing import Any

import pytest

from reporting.rules.discharge import Discharged, discharged_before, never_came
from reporting.rules.facts import Decision, DecisionKind, Deposit, Facts, Review, Submission
from reporting.rules.regimes import CMW
from tests.rules.build import TODAY, day, known
from tests.rules.recorded import recorded_facts

_INITIAL = Submission(
    ref="s-1", symbol="CMW/C/IDN/1", first=1, last=1, received_on=day("2014-09-01")
)


def _decision(first: int, last: int, **more: Any) -> Decision:
    usual: dict[str, Any] = {
        "kind": DecisionKind.NEXT_REPORT_DUE,
        "decided_on": day("2026-10-01"),
        "due_on": day("2027-04"),
    }
    return Decision(ref="d-1", first=first, last=last, **(usual | more))


def _found(decision: Decision, *reviews: Review) -> Discharged | None:
    facts = Facts(
        deposit=Deposit(ref="p", deposited_on=known("2012-05-31")),
        submissions=(_INITIAL,),
        reviews=reviews,
        decisions=(decision,),
    )
    return discharged_before(CMW, facts, decision)


@pytest.mark.parametrize("last", [1, 2])
def test_a_report_that_came_before_the_decision_gets_no_date(last: int) -> None:
    assert _found(_decision(1, last)) == Discharged(1, 1, 2)


@pytest.mark.parametrize(
    "decision",
    [
        _decision(2, 2),
        _decision(1, 1, decided_on=day("2014-08-31")),
        _decision(1, 1, decided_on=day("2014-09-01"), due_on=day("2015")),
        _decision(1, 1, decided_on=None, due_on=day("2014-09-01")),
        _decision(1, 1, decided_on=None, due_on=None, to_be_communicated=True),
        _decision(1, 1, withdrawn_on=day("2026-11-01")),
        _decision(1, 1, accepted_because="the Committee asked for it anew"),
    ],
    ids=[
        "later",
        "before",
        "same day",
        "undated, due then",
        "on no day",
        "withdrawn",
        "with its reason",
    ],
)
def test_a_date_for_what_was_owed_that_day_stands(decision: Decision) -> None:
    assert _found(decision) is None


def test_a_report_that_was_considered_without_having_come_gets_no_date() -> None:
    review = Review(ref="r-2", first=2, last=2, adopted_on=day("2020-01-01"))
    assert _found(_decision(2, 2), review) == Discharged(2, 2, 3)


def test_a_report_that_is_owed_anew_after_a_review_in_its_absence_gets_a_date() -> None:
    review = Review(ref="r-2", first=2, last=2, in_absence=True, adopted_on=day("2020-01-01"))
    assert _found(_decision(2, 2), review) is None


def test_an_undated_decision_counts_by_the_day_on_which_it_was_recorded() -> None:
    assert _found(_decision(1, 1, decided_on=None, recorded_on=TODAY)) == Discharged(1, 1, 2)


def test_a_date_that_names_no_report_is_that_of_the_next_one() -> None:
    decision = Decision(ref="d-1", kind=DecisionKind.NEXT_REPORT_DUE, due_on=day("2027-04"))
    assert _found(decision) is None


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (DecisionKind.LIST_OF_ISSUES_PRIOR, Discharged(1, 1, 2)),
        (DecisionKind.LIST_OF_ISSUES, None),
        (DecisionKind.ADDITIONAL_REPORT, None),
        (DecisionKind.FOLLOW_UP, None),
    ],
)
def test_questions_prior_to_a_report_are_not_for_one_that_has_come(
    kind: DecisionKind, found: Discharged | None
) -> None:
    assert _found(_decision(1, 1, kind=kind)) == found


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (DecisionKind.LIST_OF_ISSUES_PRIOR, Discharged(1, 1, 2)),
        (DecisionKind.LIST_OF_ISSUES, Discharged(1, 1, 2)),
        (DecisionKind.ADDITIONAL_REPORT, None),
        (DecisionKind.FOLLOW_UP, None),
    ],
)
def test_no_questions_are_for_a_report_that_has_been_considered(
    kind: DecisionKind, found: Discharged | None
) -> None:
    review = Review(ref="r-1", first=1, last=1, adopted_on=day("2020-01-01"))
    assert _found(_decision(1, 2, kind=kind), review) == found
    before = {"decided_on": day("2014-08-01"), "due_on": day("2014-09-01")}
    assert _found(_decision(1, 2, kind=kind, **before), review) is None


def test_no_recorded_decision_comes_too_late_for_its_report() -> None:
    asked = [
        discharged_before(CMW, facts, decision)
        for facts in recorded_facts().values()
        for decision in facts.decisions
    ]
    assert len(asked) > 80
    assert not any(asked)


@pytest.mark.parametrize(
    ("review", "missing"),
    [
        ({"first": 1, "last": 1}, None),
        ({"first": 1, "last": 3}, (2, 3)),
        ({"first": 2, "last": 2}, (2, 2)),
        ({"first": 2, "last": 2, "in_absence": True}, None),
    ],
    ids=["came", "came in part", "never came", "in absence"],
)
def test_reports_of_which_no_receipt_is_on_record_are_named(
    review: dict[str, Any], missing: tuple[int, int] | None
) -> None:
    held = Review(ref="r-1", adopted_on=day("2024-01-01"), **review)
    own = _decision(4, 4, review="r-1")
    facts = Facts(
        deposit=Deposit(ref="p", deposited_on=known("2012-05-31")),
        submissions=(_INITIAL,),
        reviews=(held,),
        decisions=(own,),
    )
    assert never_came(CMW, facts, held, as_at=TODAY) == missing
