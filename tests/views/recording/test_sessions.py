"""What a session has to do with the pages of a State and with its reviews."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from reporting.models import Review, Session, StateParty, User
from reporting.rules.partial_date import PartialDate
from reporting.services.session import save_session
from tests.factories import TODAY, ReviewFactory, SessionFactory
from tests.views.conftest import Page
from tests.views.recording.entries import NEW_REVIEW, review_given, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(party: StateParty) -> Session:
    ReviewFactory.create(
        state_party=party,
        session=45,
        dialogue_from=PartialDate(2027, 4, 6),
        dialogue_to=PartialDate(2027, 4, 7),
        adopted_on=None,
        symbol="",
    )
    made: Session = SessionFactory.create()
    return made


def change(session: Session, officer: User, **fields: object) -> None:
    for name, value in fields.items():
        setattr(session, name, value)
    seen = session.version
    save_session(session=session, by=officer, as_at=TODAY, seen=seen, reason="a test")


def test_the_page_of_a_state_says_that_its_session_was_cancelled(
    client: Client, visitor: Client, session: Session, officer: User
) -> None:
    assert "A session has changed" not in Page(visitor.get("/states/IDN/")).text
    change(session, officer, status="cancelled")
    shown = Page(visitor.get("/states/IDN/"))
    assert "Dialogue, initial report Session 45 was cancelled." in shown.text
    address = f"/reviews/{Review.objects.get().pk}/"
    assert not shown.having("a", href=address)
    assert Page(client.get("/states/IDN/")).having("a", href=address)


def test_the_page_of_a_state_says_where_its_session_was_moved_to(
    visitor: Client, session: Session, officer: User
) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 13, tzinfo=UTC)):
        change(session, officer, starts_on=date(2027, 6, 7), ends_on=date(2027, 6, 18))
    assert (
        "Session 45 was moved; it is now planned from 7 June 2027 to 18 June 2027."
        in Page(visitor.get("/states/IDN/")).text
    )


def test_the_form_of_a_review_knows_the_report_that_waits(
    client: Client, party: StateParty
) -> None:
    party.submissions.update(session=45)
    page = Page(client.get(NEW_REVIEW))
    for name, value in (("first_report", "1"), ("last_report", "1"), ("session", "45")):
        assert page.having("input", name=name, value=value)
    asked = Page(client.get(f"{NEW_REVIEW}?session=46"))
    assert asked.having("input", name="session", value="46")


def test_the_history_of_a_review_lists_the_dates_that_it_set(client: Client) -> None:
    page = Page(client.post(NEW_REVIEW, review_given()))
    save(client, NEW_REVIEW, page)
    shown = Page(client.get(f"/facts/review/{Review.objects.get().pk}/history/"))
    assert "Recorded · next report due" in shown.text
    assert "Due on 1 October 2027" in shown.text
