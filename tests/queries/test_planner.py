"""What waits for a session, and what the plan says, on recorded facts and on small worlds."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from reporting.models import Session, StateParty, Submission, Treaty
from reporting.queries.planner import Outcome, Planner, planner
from reporting.queries.preparation import prepared
from reporting.rules.partial_date import PartialDate
from reporting.services.assignment import assign
from reporting.services.timetable import refresh
from tests.factories import TODAY, ReviewFactory, SessionFactory, SubmissionFactory, UserFactory

pytestmark = pytest.mark.usefixtures("recorded")


@pytest.fixture
def session(recorded: None) -> Session:
    """Return a session in April 2027, for one review."""
    return SessionFactory.create(treaty=Treaty.objects.get(code="CMW"), capacity=1)


def plan(years: int = 5, as_at: date = TODAY) -> Planner:
    return planner(treaty=Treaty.objects.get(code="CMW"), as_at=as_at, years=years)


def party(iso3: str) -> StateParty:
    return StateParty.objects.get(state__iso3=iso3, treaty__code="CMW")


def bring(iso3: str, session: Session, *, absent: bool = False) -> None:
    report = None if absent else Submission.objects.get(symbol="", state_party=party(iso3))
    assign(
        party=party(iso3), submission=report, session=session, by=UserFactory.create(), as_at=TODAY
    )


def test_the_one_report_that_waits_on_the_record_is_that_of_lesotho() -> None:
    assert [(item.party.state.iso3, str(item.received)) for item in plan().reports] == [
        ("LSO", "2025-02-19")
    ]


def test_reports_stand_in_order_of_receipt() -> None:
    found = plan(as_at=date(2016, 1, 1)).reports
    assert [(item.party.state.iso3, str(item.received)) for item in found] == [
        ("LSO", "2015-12-01"),
        ("DZA", "2015-12-07"),
        ("BGD", "2015-12-28"),
    ]


@pytest.mark.parametrize(
    ("iso3", "before"),
    [
        ("BLZ", date(2014, 9, 1)),
        ("CPV", date(2015, 8, 30)),
        ("NGA", date(2017, 3, 31)),
        ("JAM", date(2017, 4, 3)),
        ("VCT", date(2018, 4, 11)),
    ],
)
def test_every_state_reviewed_in_absence_had_been_a_candidate(iso3: str, before: date) -> None:
    assert iso3 in {item.party.state.iso3 for item in plan(as_at=before).absences}


def test_the_longer_the_time_the_fewer_states() -> None:
    five, fifteen = plan(years=5).absences, plan(years=15).absences
    assert len(fifteen) < len(five)
    assert all(item.since <= date(2011, 11, 22) for item in fifteen)
    assert [item.since for item in five] == sorted(item.since for item in five)


def test_a_report_is_planned_and_one_too_many_is_said(session: Session) -> None:
    longest = plan().absences[0].party.state.iso3
    bring("LSO", session)
    assert plan().sittings[0].over == 0
    bring(longest, session, absent=True)
    sitting = plan().sittings[0]
    assert [item.ref.partition("-")[0] for item in sitting.items] == ["report", "absence"]
    assert sitting.over == 1


def test_a_state_that_is_planned_stays_in_the_list_of_any_number_of_years(session: Session) -> None:
    shortest = plan(years=1).absences[-1].party.state.iso3
    assert shortest not in {item.party.state.iso3 for item in plan(years=15).absences}
    bring(shortest, session, absent=True)
    assert shortest in {item.party.state.iso3 for item in plan(years=15).absences}


def test_a_report_that_came_less_than_ten_weeks_before_is_marked(session: Session) -> None:
    bring("LSO", session)
    Submission.objects.filter(symbol="", state_party=party("LSO")).update(
        received_on=PartialDate(2027, 1, 26)
    )
    assert plan().sittings[0].items[0].is_late
    Submission.objects.filter(symbol="", state_party=party("LSO")).update(
        received_on=PartialDate(2027, 1, 25)
    )
    assert not plan().sittings[0].items[0].is_late


def test_a_report_that_was_considered_leaves_the_plan_by_itself(session: Session) -> None:
    bring("LSO", session)
    lesotho = party("LSO")
    ReviewFactory.create(
        state_party=lesotho,
        first_report=2,
        session=session.number,
        dialogue_from=PartialDate(2027, 4, 6),
        dialogue_to=PartialDate(2027, 4, 7),
        adopted_on=PartialDate(2027, 4, 16),
        symbol="",
    )
    after = date(2027, 5, 1)
    refresh(party=lesotho, as_at=after)
    sitting = plan(as_at=after).sittings[0]
    assert list(plan(as_at=after).reports) == []
    assert sitting.items == []
    assert [each.outcome for each in sitting.left] == [Outcome.CONSIDERED]


def test_a_review_in_absence_is_held(session: Session) -> None:
    state = plan().absences[0].party
    bring(state.state.iso3, session, absent=True)
    ReviewFactory.create(
        state_party=state,
        first_report=1,
        in_absence=True,
        session=session.number,
        dialogue_from=PartialDate(2027, 4, 6),
        dialogue_to=PartialDate(2027, 4, 6),
        adopted_on=None,
        symbol="",
    )
    after = date(2027, 5, 1)
    refresh(party=state, as_at=after)
    assert [each.outcome for each in plan(as_at=after).sittings[0].left] == [Outcome.CONSIDERED]


def test_a_state_whose_report_came_leaves_the_plan(session: Session) -> None:
    state = plan().absences[0].party
    bring(state.state.iso3, session, absent=True)
    SubmissionFactory.create(state_party=state, received_on=PartialDate(2026, 12, 1), symbol="")
    after = date(2026, 12, 2)
    refresh(party=state, as_at=after)
    assert [each.outcome for each in plan(as_at=after).sittings[0].left] == [Outcome.CAME]


def test_a_review_in_absence_below_ten_weeks_is_marked(session: Session) -> None:
    bring(plan().absences[0].party.state.iso3, session, absent=True)
    last_day, day_after = date(2027, 1, 25), date(2027, 1, 26)
    assert not plan(as_at=last_day).sittings[0].items[0].would_be_late
    (item,) = plan(as_at=day_after).sittings[0].items
    assert (item.would_be_late, item.is_late) == (True, False)


@pytest.mark.parametrize(("day", "is_late"), [(25, False), (26, True)])
def test_a_report_that_came_instead_is_marked_where_it_came_too_late(
    session: Session, day: int, is_late: bool
) -> None:
    state = plan().absences[0].party
    bring(state.state.iso3, session, absent=True)
    SubmissionFactory.create(state_party=state, received_on=PartialDate(2027, 1, day), symbol="")
    refresh(party=state, as_at=date(2027, 1, 27))
    (left,) = plan(as_at=date(2027, 1, 27)).sittings[0].left
    assert (left.outcome, left.is_late) == (Outcome.CAME, is_late)


def test_the_session_on_the_record_of_a_report_is_its_plan_until_it_is_moved(
    session: Session,
) -> None:
    Submission.objects.filter(symbol="", state_party=party("LSO")).update(session=session.number)
    assert [item.party.state.iso3 for item in plan().sittings[0].items] == ["LSO"]
    later = SessionFactory.create(
        treaty=session.treaty, number=46, starts_on=date(2027, 9, 6), ends_on=date(2027, 9, 17)
    )
    bring("LSO", later)
    first, second = plan().sittings
    assert (first.items, second.items[0].recorded) == ([], 45)


def test_what_was_planned_for_a_cancelled_session_waits_again_and_says_so(session: Session) -> None:
    bring("LSO", session)
    Session.objects.update(status=Session.Status.CANCELLED)
    found = plan()
    assert found.sittings == []
    assert (found.reports[0].session, found.reports[0].was_for) == (None, session)


def test_the_plan_costs_the_same_for_any_number_of_rows(
    session: Session, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    treaty = Treaty.objects.get(code="CMW")
    first, *others = plan(years=1).absences
    bring(first.party.state.iso3, session, absent=True)
    with django_assert_num_queries(4):
        planner(treaty=treaty, as_at=TODAY, years=1)
    for item in others:
        bring(item.party.state.iso3, session, absent=True)
    with django_assert_num_queries(4):
        found = planner(treaty=treaty, as_at=TODAY, years=1)
    assert len(found.sittings[0].items) == len(found.absences) > 5
    with django_assert_num_queries(2):
        assert len(prepared(found.sittings[0].items)) == len(found.sittings[0].items)


def test_the_list_of_issues_on_record_stands_beside_the_report() -> None:
    found = prepared(plan(as_at=date(2016, 1, 1)).reports)
    said = {row.item.party.state.iso3: row.questions and row.questions.symbol for row in found}
    assert said == {"LSO": "CMW/C/LSO/QPR/1", "DZA": None, "BGD": "CMW/C/BGD/Q/1"}
