"""What a State party owes, as a ministry can answer it."""

import pytest

from reporting.models import DecisionKind, StateParty
from reporting.queries.owed import owed
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import refresh
from tests.factories import TODAY, DecisionFactory, ReviewFactory, StatePartyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> StateParty:
    return StatePartyFactory.create()


def asked(party: StateParty, kind: DecisionKind, due: str = "2027-05-01") -> None:
    DecisionFactory.create(
        state_party=party,
        kind=kind,
        first_report=1,
        decided_on=PartialDate(2026, 5, 1),
        due_on=PartialDate.parse(due),
    )


def test_each_open_report_is_found_by_its_ordinal(party: StateParty) -> None:
    refresh(party=party, as_at=TODAY)
    found = owed(party=party, as_at=TODAY)
    assert {ordinal: str(row.due_on) for ordinal, row in found.reports.items()} == {
        1: "2013-09-01",
        2: "2018-09-01",
        3: "2023-09-01",
        4: "2028-09-01",
    }
    assert found.requests == []


def test_a_combined_duty_is_found_by_each_report_in_it(party: StateParty) -> None:
    review = ReviewFactory.create(state_party=party, in_absence=True)
    DecisionFactory.create(state_party=party, review=review, first_report=1, last_report=2)
    refresh(party=party, as_at=TODAY)
    found = owed(party=party, as_at=TODAY)
    assert found.reports[1] == found.reports[2]
    assert found.reports[1].title == "combined reports: initial report and second periodic report"


def test_requests_come_with_the_decision_and_what_answers_them(party: StateParty) -> None:
    for kind in (
        DecisionKind.ADDITIONAL_REPORT,
        DecisionKind.FOLLOW_UP,
        DecisionKind.LIST_OF_ISSUES,
        DecisionKind.LIST_OF_ISSUES_PRIOR,
    ):
        asked(party, kind)
    asked(party, DecisionKind.FOLLOW_UP, due="2028-01-01")
    refresh(party=party, as_at=TODAY)
    found = owed(party=party, as_at=TODAY)
    said = [(each.decision.kind, str(each.obligation.due_on)) for each in found.answerable]
    assert sorted(said) == [
        ("additional report", "2027-05-01"),
        ("follow-up", "2027-05-01"),
        ("follow-up", "2028-01-01"),
        ("list of issues", "2027-05-01"),
    ]
    assert found.prior_list
    assert found.prior_list.decision.kind == "list of issues prior to reporting"


def test_it_takes_two_queries(party: StateParty, django_assert_num_queries: object) -> None:
    asked(party, DecisionKind.FOLLOW_UP)
    refresh(party=party, as_at=TODAY)
    with django_assert_num_queries(2):  # type: ignore[operator]
        owed(party=party, as_at=TODAY)


def test_requests_stand_in_order_of_their_dates_and_those_without_one_last() -> None:
    party = StatePartyFactory.create()
    for kind, due in (
        (DecisionKind.FOLLOW_UP, PartialDate(2028)),
        (DecisionKind.LIST_OF_ISSUES, None),
        (DecisionKind.ADDITIONAL_REPORT, PartialDate(2027, 5)),
    ):
        DecisionFactory.create(
            state_party=party, kind=kind, first_report=1, decided_on=PartialDate(2026), due_on=due
        )
    refresh(party=party, as_at=TODAY)
    requests = owed(party=party, as_at=TODAY).requests
    assert [str(each.decision.due_on) for each in requests] == ["2027-05", "2028", "None"]
