"""Sessions are kept by the secretariat, each change with its reason."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Revision, Role, Session
from reporting.services.errors import ConflictError, NotAllowedError
from reporting.services.session import save_session
from tests.factories import TODAY, SessionFactory, TreatyFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_session_is_moved_with_its_reason() -> None:
    officer, session = UserFactory.create(), SessionFactory.create()
    before = Revision.objects.current()
    session.starts_on, session.ends_on = date(2027, 6, 7), date(2027, 6, 18)
    save_session(
        session=session, by=officer, as_at=TODAY, seen=session.version, reason="no interpreters"
    )
    latest = session.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (officer, "no interpreters")
    assert Revision.objects.current() != before


def test_the_second_editor_of_a_session_is_told() -> None:
    officer, session = UserFactory.create(), SessionFactory.create()
    seen, mine = session.version, Session.objects.get()
    session.status = Session.Status.CANCELLED
    save_session(session=session, by=officer, as_at=TODAY, seen=seen)
    mine.note = "moved to Vienna"
    with pytest.raises(ConflictError) as caught:
        save_session(session=mine, by=officer, as_at=TODAY, seen=seen)
    said = [(each.field, each.theirs, each.yours) for each in caught.value.differences]
    assert said == [("status", "cancelled", "planned"), ("note", "", "moved to Vienna")]
    assert Session.objects.get().status == "cancelled"


def test_a_session_that_runs_backwards_or_stands_twice_is_refused() -> None:
    officer, session = UserFactory.create(), SessionFactory.create()
    again = SessionFactory.build(treaty=session.treaty)
    with pytest.raises(ValidationError, match="on record already"):
        save_session(session=again, by=officer, as_at=TODAY)
    backwards = SessionFactory.build(
        treaty=TreatyFactory.create(), number=46, ends_on=date(2027, 1, 1)
    )
    with pytest.raises(ValidationError, match="cannot end before it starts"):
        save_session(session=backwards, by=officer, as_at=TODAY)


def test_a_session_that_lies_ahead_has_not_been_held() -> None:
    officer, session = UserFactory.create(), SessionFactory.create()
    session.status = Session.Status.HELD
    with pytest.raises(ValidationError) as caught:
        save_session(session=session, by=officer, as_at=TODAY, seen=session.version)
    assert caught.value.message_dict == {
        "status": [
            "This session begins on 5 April 2027. Leave it planned until then, or correct its days."
        ]
    }
    save_session(session=session, by=officer, as_at=session.starts_on, seen=session.version)
    assert Session.objects.get().status == "held"


def test_a_ministry_keeps_no_sessions() -> None:
    ministry = UserFactory.create(role=Role.MINISTRY)
    with pytest.raises(NotAllowedError):
        save_session(
            session=SessionFactory.build(treaty=TreatyFactory.create()), by=ministry, as_at=TODAY
        )
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (date(9999, 12, 1), date(9999, 12, 31), "This lies more than 5 years ahead."),
        (date(1827, 4, 5), date(1827, 4, 16), "This lies before the treaty was adopted"),
    ],
)
def test_a_session_in_another_century_is_refused(first: date, last: date, sentence: str) -> None:
    session = SessionFactory.build(treaty=TreatyFactory.create(), starts_on=first, ends_on=last)
    with pytest.raises(ValidationError, match=sentence) as caught:
        save_session(session=session, by=UserFactory.create(), as_at=TODAY)
    assert set(caught.value.message_dict) == {"starts_on", "ends_on"}


def days(number: int, starts_on: date, ends_on: date, **given: str) -> Session:
    session: Session = SessionFactory.build(
        treaty=SessionFactory.create().treaty,
        number=number,
        starts_on=starts_on,
        ends_on=ends_on,
        **given,
    )
    return session


@pytest.mark.parametrize(
    ("number", "starts_on", "ends_on", "field", "said"),
    [
        (46, date(2027, 6, 7), date(2029, 6, 18), "ends_on", "A session lasts at most 4 weeks."),
        (46, date(2027, 6, 7), date(2027, 7, 5), "ends_on", "A session lasts at most 4 weeks."),
        (
            46,
            date(2027, 4, 5),
            date(2027, 4, 16),
            "starts_on",
            "Session 45 lasts from 5 April 2027",
        ),
        (46, date(2027, 4, 16), date(2027, 4, 27), "starts_on", "no two are held at once"),
        (
            46,
            date(2026, 12, 1),
            date(2026, 12, 10),
            "starts_on",
            "session 45 begins on 5 April 2027",
        ),
        (44, date(2027, 9, 6), date(2027, 9, 17), "starts_on", "in the order of their numbers"),
    ],
)
def test_a_session_that_cannot_be_is_refused_at_its_days(
    number: int, starts_on: date, ends_on: date, field: str, said: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        save_session(session=days(number, starts_on, ends_on), by=UserFactory.create(), as_at=TODAY)
    ((name, (text,)),) = caught.value.message_dict.items()
    assert name == field
    assert said in text
    assert Session.objects.count() == 1


def test_sessions_one_after_the_other_are_kept_and_a_cancelled_one_stands_in_nobodys_way() -> None:
    officer = UserFactory.create()
    save_session(session=days(46, date(2027, 4, 17), date(2027, 5, 14)), by=officer, as_at=TODAY)
    save_session(
        session=days(44, date(2027, 4, 5), date(2027, 4, 16), status="cancelled"),
        by=officer,
        as_at=TODAY,
    )
    Session.objects.filter(number=45).update(status=Session.Status.CANCELLED)
    save_session(session=days(43, date(2027, 4, 5), date(2027, 4, 16)), by=officer, as_at=TODAY)
    assert sorted(each.number for each in Session.objects.all()) == [43, 44, 45, 46]


def test_what_is_on_record_of_a_session_may_stand_where_only_its_note_changes() -> None:
    session = SessionFactory.create(ends_on=date(2027, 12, 31))
    session.note = "as the fact files have it"
    save_session(session=session, by=UserFactory.create(), as_at=TODAY, seen=session.version)
    assert Session.objects.get().note == "as the fact files have it"
