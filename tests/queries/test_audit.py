"""One list of what was noted and of every history, narrowed and turned page by page."""

from datetime import UTC, date, datetime, timedelta

import pytest

from reporting.models import AccountChange, AuditEntry, User
from reporting.queries import audit as queries
from reporting.queries.audit import ACCOUNTS, FACTS, AuditAsked, Log, audit_page
from reporting.services.audit import What, note
from reporting.services.contact import save_contact
from reporting.services.fact import record
from tests.factories import ContactFactory, ReviewFactory, StatePartyFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
THEN = datetime(2031, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def officer() -> User:
    made: User = UserFactory.create(name="Noor")
    return made


def said(asked: AuditAsked) -> list[tuple[str, str]]:
    return [(line.what, line.about) for line in audit_page(asked=asked, page=1)]


def test_a_fact_that_was_changed_stands_there_once_with_who_changed_it(officer: User) -> None:
    party = StatePartyFactory.create()
    before = len(said(AuditAsked()))
    review = ReviewFactory.build(state_party=party)
    record(fact=review, by=officer, as_at=date(2026, 11, 22), reason="read in the document")
    assert not AuditEntry.objects.exists()
    page = audit_page(asked=AuditAsked(), page=1)
    assert len(page) == before + 1
    line = page[0]
    assert (line.what, line.how, line.by, line.about) == (FACTS, "+", officer, "CMW/C/IDN/CO/1")
    assert (line.state, line.after) == (party.state, "read in the document")
    assert line.fact == ("review", review.pk)


def test_what_was_noted_changed_about_accounts_and_on_record_is_one_list_by_moment(
    officer: User,
) -> None:
    contact = ContactFactory.create(name="Siti")
    save_contact(contact=contact, by=officer)
    note(what=What.SIGNED_IN, at=THEN, by=officer, account=officer)
    AccountChange.objects.create(account=officer, field="active", at=THEN - DAY, by=None)
    note(what=What.SIGNED_OUT, at=THEN - 2 * DAY, by=officer)
    assert said(AuditAsked())[:4] == [
        (What.SIGNED_IN, ""),
        (ACCOUNTS, ""),
        (What.SIGNED_OUT, ""),
        (FACTS, "Siti"),
    ]


def test_the_log_is_narrowed_to_days_to_what_was_done_to_a_person_and_to_words(
    officer: User,
) -> None:
    other = UserFactory.create(name="Ada")
    note(what=What.READ, at=THEN, by=officer, about="/documents/7/", address="192.0.2.7")
    note(what=What.READ, at=THEN + DAY, by=other, about="/documents/8/")
    note(what=What.REFUSED, at=THEN + 2 * DAY, account=officer)
    of_seven, of_eight, refused = (
        (What.READ, "/documents/7/"),
        (What.READ, "/documents/8/"),
        (What.REFUSED, ""),
    )
    assert said(AuditAsked(start=THEN + DAY, end=THEN + 2 * DAY)) == [of_eight]
    assert said(AuditAsked(what=What.READ)) == [of_eight, of_seven]
    assert said(AuditAsked(person=officer)) == [refused, of_seven]
    assert said(AuditAsked(q="documents/8")) == [of_eight]
    assert said(AuditAsked(q="192.0.2.7")) == [of_seven]
    assert said(AuditAsked(q="ada")) == [of_eight]
    assert said(AuditAsked(q="%")) == []


def test_a_long_log_is_turned_page_by_page_and_read_as_a_whole_in_one_order(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_AT_ONCE", 7)
    for number in range(queries.ON_A_PAGE + 5):
        note(what=What.READ, at=THEN, by=officer, about=str(number))
    asked = AuditAsked(what=What.READ)
    pages = [audit_page(asked=asked, page=number) for number in (1, 2, 99)]
    assert [len(page) for page in pages] == [queries.ON_A_PAGE, 5, 5]
    shown = [line.about for page in pages[:2] for line in page]
    assert shown == [str(number) for number in reversed(range(queries.ON_A_PAGE + 5))]
    assert [line.about for line in Log(asked).lines()] == shown
