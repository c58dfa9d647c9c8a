"""Something is planned for a session, moved, taken back; the history tells who did it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Assignment, Obligation, Role, Session, StateParty, Submission, User
from reporting.services.assignment import assign
from reporting.services.errors import NotAllowedError
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    SessionFactory,
    StatePartyFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Submission:
    """Return a report of Indonesia that waits."""
    found: Submission = SubmissionFactory.create()
    refresh(party=found.state_party, as_at=TODAY)
    return found


def plan(
    report: Submission, session: Session | None, *, by: User | None = None
) -> Assignment | None:
    by = by or UserFactory.create()
    return assign(party=report.state_party, submission=report, session=session, by=by, as_at=TODAY)


def test_a_report_is_planned_moved_and_taken_back_and_the_history_says_by_whom(
    report: Submission,
) -> None:
    first = SessionFactory.create()
    second = SessionFactory.create(number=46, starts_on=date(2027, 9, 6), ends_on=date(2027, 9, 17))
    people = [UserFactory.create() for _turn in range(3)]
    plan(report, first, by=people[0])
    plan(report, second, by=people[1])
    assert [each.session for each in Assignment.objects.all()] == [second]
    plan(report, None, by=people[2])
    assert not Assignment.objects.exists()
    history = Assignment.history.order_by("history_id")
    assert [(each.history_type, each.session_id, each.history_user) for each in history] == [
        ("+", first.pk, people[0]),
        ("~", second.pk, people[1]),
        ("-", second.pk, people[2]),
    ]


def test_the_same_plan_twice_is_one(report: Submission) -> None:
    session = SessionFactory.create()
    assert plan(report, session) == plan(report, session)
    assert Assignment.history.count() == 1


def test_a_plan_changes_no_due_date(report: Submission) -> None:
    before = list(Obligation.objects.order_by("pk").values())
    plan(report, SessionFactory.create())
    refresh(party=report.state_party, as_at=TODAY)
    assert list(Obligation.objects.order_by("pk").values()) == before


def test_a_report_that_does_not_wait_is_refused(report: Submission) -> None:
    later = SubmissionFactory.create(
        state_party=report.state_party, first_report=2, received_on=None
    )
    with pytest.raises(ValidationError, match="does not wait to be considered"):
        plan(later, SessionFactory.create())


def test_a_state_that_owes_nothing_overdue_is_not_reviewed_in_absence() -> None:
    party: StateParty = StatePartyFactory.create()
    with pytest.raises(ValidationError, match="No report of this State is overdue"):
        assign(
            party=party,
            submission=None,
            session=SessionFactory.create(),
            by=UserFactory.create(),
            as_at=TODAY,
        )


@pytest.mark.parametrize("given", [{"status": "cancelled"}, {"status": "held"}, {"past": True}])
def test_nothing_is_planned_for_a_session_that_is_over_or_not_held(
    report: Submission, given: dict[str, object]
) -> None:
    days = {"starts_on": date(2026, 6, 1), "ends_on": date(2026, 6, 12)}
    session = SessionFactory.create(**(days if given.get("past") else given))
    with pytest.raises(ValidationError, match="Nothing can be planned for session 45"):
        plan(report, session)


def test_a_ministry_plans_nothing(report: Submission) -> None:
    with pytest.raises(NotAllowedError):
        plan(report, SessionFactory.create(), by=UserFactory.create(role=Role.MINISTRY))
