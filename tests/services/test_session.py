"""Sessions are kept by the secretariat, each change with its reason."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Revision, Role, Session
from reporting.services.errors import ConflictError, NotAllowedError
from reporting.services.session import save_session
from tests.factories import SessionFactory, TreatyFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_session_is_moved_with_its_reason() -> None:
    officer, session = UserFactory.create(), SessionFactory.create()
    before = Revision.objects.current()
    session.starts_on, session.ends_on = date(2027, 6, 7), date(2027, 6, 18)
    save_session(session=session, by=officer, seen=session.version, reason="no interpreters")
    latest = session.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (officer, "no interpreters")
    assert Revision.objects.current() != before


def test_the_second_editor_of_a_session_is_told() -> None:
    officer, session = UserFactory.create(), SessionFactory.create()
    seen, mine = session.version, Session.objects.get()
    session.status = Session.Status.CANCELLED
    save_session(session=session, by=officer, seen=seen)
    mine.note = "moved to Vienna"
    with pytest.raises(ConflictError) as caught:
        save_session(session=mine, by=officer, seen=seen)
    said = [(each.field, each.theirs, each.yours) for each in caught.value.differences]
    assert said == [("status", "cancelled", "planned"), ("note", "", "moved to Vienna")]
    assert Session.objects.get().status == "cancelled"


def test_a_session_that_runs_backwards_or_stands_twice_is_refused() -> None:
    officer, session = UserFactory.create(), SessionFactory.create()
    again = SessionFactory.build(treaty=session.treaty)
    with pytest.raises(ValidationError, match="on record already"):
        save_session(session=again, by=officer)
    backwards = SessionFactory.build(
        treaty=TreatyFactory.create(), number=46, ends_on=date(2027, 1, 1)
    )
    with pytest.raises(ValidationError, match="cannot end before it starts"):
        save_session(session=backwards, by=officer)


def test_a_ministry_keeps_no_sessions() -> None:
    ministry = UserFactory.create(role=Role.MINISTRY)
    with pytest.raises(NotAllowedError):
        save_session(session=SessionFactory.build(treaty=TreatyFactory.create()), by=ministry)
    assert not Session.objects.exists()
