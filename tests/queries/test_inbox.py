"""What waits for the secretariat."""

from datetime import date
from typing import Any

import pytest

from reporting.models import StateParty, Submission, Treaty
from reporting.queries.inbox import Inbox, inbox, inbox_count, to_confirm
from reporting.rules.partial_date import PartialDate
from reporting.services.fact import record
from reporting.services.receipt import return_submission
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    DecisionFactory,
    ReviewFactory,
    SessionFactory,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> StateParty:
    return StatePartyFactory.create()


def waiting() -> Inbox:
    return inbox(treaties=[Treaty.objects.get()], as_at=TODAY)


def filed(party: StateParty, **fields: Any) -> Submission:
    given: dict[str, Any] = {
        "status": "filed",
        "sent_on": date(2026, 11, 2),
        "received_on": None,
        "symbol": "",
    }
    submission: Submission = SubmissionFactory.create(state_party=party, **given | fields)
    return submission


def test_filed_reports_wait_and_received_and_returned_ones_do_not(party: StateParty) -> None:
    waits = filed(party)
    SubmissionFactory.create(state_party=party, first_report=2)
    filed(party, first_report=3, status="returned", returned_because="x")
    assert waiting().filed == [waits]


def test_the_earliest_unsure_date_of_each_state_is_to_be_confirmed(party: StateParty) -> None:
    other = StatePartyFactory.create(state=StateFactory.create(iso3="JAM", name="Jamaica"))
    for each in (party, other):
        ReviewFactory.create(
            state_party=each,
            adopted_on=PartialDate(2017, 9, 13) if each is party else PartialDate(2014, 9, 13),
            dialogue_from=None,
            dialogue_to=None,
        )
        refresh(party=each, as_at=TODAY)
    found = [
        (each.obligation.state_party.state.iso3, each.obligation.title, str(each.obligation.due_on))
        for each in waiting().to_confirm
    ]
    assert found == [
        ("JAM", "second periodic report", "2019-09-13"),
        ("IDN", "second periodic report", "2022-09-13"),
    ]


def test_a_date_to_be_communicated_waits_and_knows_where_it_came_from(party: StateParty) -> None:
    decision = DecisionFactory.create(
        state_party=party, due_on=None, to_be_communicated=True, first_report=1
    )
    refresh(party=party, as_at=TODAY)
    (found,) = waiting().to_confirm
    assert (found.obligation.due_on, found.obligation.origin) == (
        None,
        ("committeedecision", decision.pk),
    )
    assert waiting().count == 1


def test_a_date_that_the_treaty_gives_is_not_to_be_confirmed(party: StateParty) -> None:
    refresh(party=party, as_at=TODAY)
    assert list(waiting().to_confirm) == []
    assert {row.origin for row in party.obligations.all()} == {None}


def test_lists_without_replies_wait_and_only_overdue_ones_are_counted(party: StateParty) -> None:
    for report, due in ((1, "2026-11-21"), (2, "2026-12-31"), (3, None)):
        DecisionFactory.create(
            state_party=party,
            kind="list of issues",
            first_report=report,
            due_on=PartialDate.parse(due) if due else None,
            symbol=f"CMW/C/IDN/Q/{report}",
        )
    refresh(party=party, as_at=TODAY)
    found = [(each.obligation.source, each.standing.status.value) for each in waiting().replies]
    assert found == [
        ("CMW/C/IDN/Q/1", "overdue"),
        ("CMW/C/IDN/Q/2", "due soon"),
        ("CMW/C/IDN/Q/3", "no date"),
    ]
    assert waiting().count == 1


@pytest.mark.parametrize(
    ("received", "days"), [("2027-01-25", []), ("2027-01-26", [69]), ("2027-04-06", [-1])]
)
def test_a_report_is_late_for_its_session_from_ten_weeks_before_it_on(
    party: StateParty, received: str, days: list[int]
) -> None:
    session = SessionFactory.create(starts_on=date(2027, 4, 5), ends_on=date(2027, 4, 16))
    SubmissionFactory.create(
        state_party=party, received_on=PartialDate.parse(received), session=session.number
    )
    assert [each.days_before for each in waiting().late] == days


def test_no_report_is_late_for_a_session_that_is_over_or_cancelled(party: StateParty) -> None:
    session = SessionFactory.create(starts_on=date(2026, 4, 6), ends_on=date(2026, 4, 17))
    cancelled = SessionFactory.create(treaty=session.treaty, number=46, status="cancelled")
    for report, number in ((1, session.number), (2, cancelled.number)):
        SubmissionFactory.create(
            state_party=party,
            first_report=report,
            received_on=PartialDate(2026, 11, report),
            session=number,
        )
    assert waiting().late == []
    assert [item.row.first_report for item in waiting().flagged] == [2]


def test_the_inbox_asks_the_same_number_of_questions_for_any_number_of_states(
    party: StateParty, django_assert_num_queries: Any
) -> None:
    treaty = TreatyFactory.create()
    for number, iso3 in enumerate(("JAM", "SYR", "FJI")):
        other = StatePartyFactory.create(state=StateFactory.create(iso3=iso3, name=iso3))
        filed(other, session=40 + number)
        SessionFactory.create(treaty=treaty, number=40 + number)
    with django_assert_num_queries(7):
        found = inbox(treaties=[treaty], as_at=TODAY)
    assert [each.state_party.state.iso3 for each in found.filed] == ["JAM", "SYR", "FJI"]
    with django_assert_num_queries(4):
        assert found.count == 3


def test_no_list_of_dates_to_confirm_is_too_long_for_one_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parties = [
        StatePartyFactory.create(state=StateFactory.create(iso3=iso3, name=iso3))
        for iso3 in ("FJI", "JAM", "SYR", "TGO", "UGA")
    ]
    for party in parties:
        ReviewFactory.create(state_party=party, adopted_on=PartialDate(2017, 9, 13))
        refresh(party=party, as_at=TODAY)
    monkeypatch.setattr("reporting.queries.numbers.AT_ONCE", 2)
    reviews = [each.review for each in to_confirm(as_at=TODAY)]
    assert [review.state_party for review in reviews if review] == parties


def test_a_part_of_the_dates_to_confirm_is_fetched_alone(
    party: StateParty, django_assert_num_queries: Any
) -> None:
    states = [StateFactory.create(iso3=iso3, name=iso3) for iso3 in ("FJI", "JAM", "SYR")]
    parties = [StatePartyFactory.create(state=state) for state in states]
    for number, each in enumerate(parties):
        ReviewFactory.create(
            state_party=each,
            adopted_on=PartialDate(2017 - number, 9, 13),
            dialogue_from=None,
            dialogue_to=None,
        )
        refresh(party=each, as_at=TODAY)
    DecisionFactory.create(state_party=party, due_on=None, to_be_communicated=True, first_report=1)
    refresh(party=party, as_at=TODAY)
    found = to_confirm(as_at=TODAY)
    with django_assert_num_queries(2):
        assert (len(found), len(found)) == (4, 4)
    with django_assert_num_queries(3):
        assert [each.obligation.state_party for each in found[1:]] == [*parties[1::-1], party]
    assert found[0].obligation.state_party == parties[2]
    with pytest.raises(IndexError):
        found[4]


def test_the_count_is_remembered_until_a_fact_changes(
    party: StateParty, django_assert_num_queries: Any
) -> None:
    officer = UserFactory.create()
    assert inbox_count(as_at=TODAY) == 0
    submission = filed(party)
    record(fact=submission, by=officer, as_at=TODAY)
    assert inbox_count(as_at=TODAY) == 1
    with django_assert_num_queries(1):
        assert inbox_count(as_at=TODAY) == 1
    return_submission(
        submission=submission, because="x", by=officer, as_at=TODAY, seen=submission.version
    )
    assert inbox_count(as_at=TODAY) == 0


def test_before_there_are_facts_nothing_waits() -> None:
    assert inbox_count(as_at=TODAY) == 0
