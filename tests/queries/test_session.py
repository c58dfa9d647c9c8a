"""What hangs on a session is flagged when the session moves or is cancelled."""

from datetime import date, timedelta
from typing import Any

import pytest

from reporting.models import Session, StateParty, Submission
from reporting.queries.session import (
    DaysOnRecord,
    Flag,
    days_on_record,
    flagged_of,
    session_summary,
    sessions,
)
from reporting.rules.partial_date import PartialDate
from reporting.services.fact import correct
from reporting.services.session import save_session
from tests.factories import (
    TODAY,
    DecisionFactory,
    ReviewFactory,
    SessionFactory,
    StatePartyFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    """Return a session on which a dialogue, a report and a reply date hang, and one thing does not."""
    party, found = StatePartyFactory.create(), SessionFactory.create()
    SubmissionFactory.create(
        state_party=party, first_report=2, session=found.number, symbol="CMW/C/IDN/2"
    )
    ReviewFactory.create(
        state_party=party,
        first_report=2,
        session=found.number,
        dialogue_from=PartialDate(2027, 4, 6),
        dialogue_to=PartialDate(2027, 4, 7),
        adopted_on=None,
        symbol="",
    )
    DecisionFactory.create(
        state_party=party,
        kind="list of issues",
        first_report=2,
        session=found.number,
        due_on=PartialDate(2027, 3, 1),
        symbol="CMW/C/IDN/Q/2",
    )
    SubmissionFactory.create(state_party=party, session=found.number - 1)
    return found


def flags(session: Session) -> list[tuple[str, Flag | None]]:
    return [(type(item.row).__name__, item.flag) for item in session_summary(session).items]


def change(session: Session, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(session, name, value)
    save_session(
        session=session, by=UserFactory.create(), as_at=TODAY, seen=session.version, reason="a test"
    )


def test_what_hangs_on_a_session_is_listed_and_not_flagged(session: Session) -> None:
    assert flags(session) == [("Review", None), ("Submission", None), ("CommitteeDecision", None)]


def test_cancelling_a_session_flags_everything_that_hangs_on_it(session: Session) -> None:
    change(session, status="cancelled")
    assert {flag for _what, flag in flags(session)} == {Flag.CANCELLED}
    assert len(flags(session)) == 3


def test_moving_a_session_flags_everything_until_somebody_has_looked(session: Session) -> None:
    change(session, starts_on=date(2027, 6, 7), ends_on=date(2027, 6, 18))
    assert {flag for _what, flag in flags(session)} == {Flag.MOVED}
    report = Submission.objects.get(session=session.number)
    correct(
        fact=report,
        seen=report.version,
        by=UserFactory.create(),
        as_at=TODAY,
        reason="still right",
    )
    assert flags(session) == [
        ("Review", Flag.MOVED),
        ("Submission", None),
        ("CommitteeDecision", Flag.MOVED),
    ]


def test_a_note_on_a_session_flags_nothing(session: Session) -> None:
    change(session, note="room XXIII")
    assert {flag for _what, flag in flags(session)} == {None}


def test_what_was_returned_or_withdrawn_hangs_on_nothing(session: Session) -> None:
    Submission.objects.filter(session=session.number).update(
        status="returned", returned_because="x"
    )
    assert [what for what, _flag in flags(session)] == ["Review", "CommitteeDecision"]


def test_the_list_asks_the_same_number_of_questions_for_any_number_of_sessions(
    session: Session, django_assert_num_queries: Any
) -> None:
    SessionFactory.create(treaty=session.treaty, number=session.number + 1)
    with django_assert_num_queries(5):
        found = sessions(treaties=[session.treaty])
    assert [(each.session.number, len(each.items)) for each in found] == [(46, 0), (45, 3)]


def of_indonesia(as_at: date = date.max) -> list[tuple[str, Flag | None]]:
    party = StateParty.objects.get()
    return [(type(each.row).__name__, each.flag) for each in flagged_of(party=party, as_at=as_at)]


def test_a_state_is_told_of_its_cancelled_session_from_that_day_on(session: Session) -> None:
    assert of_indonesia() == []
    change(session, status="cancelled")
    assert of_indonesia() == [
        ("Review", Flag.CANCELLED),
        ("Submission", Flag.CANCELLED),
        ("CommitteeDecision", Flag.CANCELLED),
    ]
    cancelled_on = session.history.latest().history_date.date()
    assert of_indonesia(cancelled_on - timedelta(days=1)) == []


def test_a_state_is_told_of_its_moved_session_and_not_of_those_of_others(session: Session) -> None:
    ReviewFactory.create(
        state_party=StatePartyFactory.create(state__iso3="SYR", state__name="Syria"),
        session=session.number,
    )
    change(session, starts_on=date(2027, 6, 7), ends_on=date(2027, 6, 18))
    party = StateParty.objects.get(state__iso3="IDN")
    found = flagged_of(party=party, as_at=date.max)
    assert [(each.row.state_party, each.flag) for each in found] == [(party, Flag.MOVED)] * 3


def reviewed(party: StateParty, number: int, *days: PartialDate | None) -> None:
    names = ("dialogue_from", "dialogue_to", "adopted_on")
    given = dict(zip(names, days, strict=True))
    ReviewFactory.create(state_party=party, session=number, symbol="", **given)


def test_a_session_without_days_has_those_of_its_reviews_and_no_others() -> None:
    party = StatePartyFactory.create()
    reviewed(party, 26, PartialDate(2017, 4, 4), PartialDate(2017, 4, 5), PartialDate(2017, 4, 13))
    reviewed(party, 26, PartialDate(2017, 4, 3), None, None)
    reviewed(party, 22, PartialDate(2015, 4), PartialDate(2015, 4), None)
    reviewed(party, 17, PartialDate(2012, 9, 10), PartialDate(2012, 9), PartialDate(2012))
    reviewed(party, 45, PartialDate(2027, 4, 6), PartialDate(2027, 4, 7), None)
    SessionFactory.create(treaty=party.treaty, number=45)
    assert days_on_record(treaty=party.treaty, as_at=date(2028, 1, 1)) == [
        DaysOnRecord(26, date(2017, 4, 3), date(2017, 4, 13), 2),
        DaysOnRecord(17, date(2012, 9, 10), date(2012, 9, 10), 1),
    ]
    on_the_fourth = days_on_record(treaty=party.treaty, as_at=date(2017, 4, 4))
    assert on_the_fourth[0] == DaysOnRecord(26, date(2017, 4, 3), date(2017, 4, 4), 2)
    assert days_on_record(treaty=party.treaty, as_at=date(2012, 9, 9)) == []
