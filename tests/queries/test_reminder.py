"""The ledger as people see it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from reporting.models import (
    Contact,
    Message,
    Occasion,
    Reminder,
    Role,
    StateParty,
    Treaty,
    User,
)
from reporting.queries.reminder import (
    ON_A_PAGE,
    Asked,
    counts,
    failed,
    failed_count,
    ledger,
    mail_of,
    reminder_of,
    reminders_of,
    unreached,
)
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    TODAY,
    ContactFactory,
    StateFactory,
    StatePartyFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
State = Reminder.State


@pytest.fixture
def party() -> StateParty:
    party: StateParty = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    return party


@pytest.fixture
def jamaica() -> StateParty:
    party: StateParty = StatePartyFactory.create(
        state=StateFactory.create(iso3="JAM", name="Jamaica")
    )
    return party


@pytest.fixture
def siti(party: StateParty) -> Contact:
    contact: Contact = ContactFactory.create(state=party.state)
    return contact


@pytest.fixture
def officer() -> User:
    person: User = UserFactory.create()
    return person


def ministry_of(party: StateParty) -> User:
    person: User = UserFactory.create(role=Role.MINISTRY)
    person.states.add(party.state)
    return person


def told(contact: Contact | None, party: StateParty, **fields: Any) -> Reminder:
    given: dict[str, Any] = {
        "contact": contact,
        "state_party": party,
        "occasion": Occasion.REQUESTED,
        "event": str(uuid4()),
        "planned_for": TODAY,
        "planned_at": NOW,
        "state_since": NOW,
        "state": State.SENT,
    }
    return Reminder.objects.create(**given | fields)


def found(person: User, **asked: Any) -> list[Reminder]:
    return list(ledger(person=person, asked=Asked(**asked), as_at=TODAY))


def test_the_latest_change_stands_first_and_each_filter_keeps_its_own(
    party: StateParty, siti: Contact, jamaica: StateParty, officer: User
) -> None:
    old = told(siti, party, state_since=NOW - timedelta(days=40), state=State.FAILED)
    other = told(ContactFactory.create(state=jamaica.state), jamaica)
    alert = told(
        siti,
        party,
        occasion=Occasion.ALERT,
        event="",
        days_before=30,
        due_on=PartialDate(2026, 12, 22),
        state_since=NOW - timedelta(hours=1),
        state=State.PLANNED,
    )
    assert found(officer) == [other, alert, old]
    assert found(officer, state=party.state) == [alert, old]
    assert found(officer, status=(State.FAILED, State.SKIPPED)) == [old]
    assert found(officer, occasion=Occasion.ALERT) == [alert]
    assert found(officer, days=30) == [other, alert]
    assert counts(person=officer) == {
        "planned": 1, "sending": 0, "sent": 1, "failed": 1, "skipped": 0, "cancelled": 0,
    }  # fmt: skip
    assert (failed_count(person=officer), failed(person=officer)) == (1, [old])


def test_a_ministry_sees_what_its_own_people_are_told_and_nothing_else(
    party: StateParty, siti: Contact, jamaica: StateParty, officer: User
) -> None:
    desk = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    own = [told(siti, party), told(None, party, person=ministry_of(party))]
    hidden = [
        told(desk, party),
        told(None, party, person=officer),
        told(ContactFactory.create(state=jamaica.state), jamaica),
    ]
    ministry = ministry_of(party)
    assert set(found(ministry)) == set(own)
    assert counts(person=ministry)["sent"] == 2
    assert set(reminders_of(person=ministry, state=party.state)) == set(own)
    assert reminders_of(person=ministry, state=jamaica.state) == []
    assert len(reminders_of(person=officer, state=party.state)) == 4
    assert reminder_of(person=ministry, pk=own[0].pk) == own[0]
    assert [reminder_of(person=ministry, pk=row.pk) for row in hidden] == [None] * 3


def test_a_mail_is_shown_with_what_it_told_to_whom_may_see_it(
    party: StateParty, siti: Contact, jamaica: StateParty, officer: User
) -> None:
    message = Message.objects.create(to=siti.email, language="en", subject="Two", made_at=NOW)
    rows = [told(siti, party, message=message) for _number in range(2)]
    mail = mail_of(person=officer, pk=message.pk)
    assert mail
    assert (mail.message.subject, mail.rows) == ("Two", rows)
    assert mail_of(person=ministry_of(party), pk=message.pk)
    assert mail_of(person=ministry_of(jamaica), pk=message.pk) is None
    assert mail_of(person=officer, pk=uuid4()) is None


def test_a_page_takes_two_queries_with_every_name_on_it(
    party: StateParty, siti: Contact, officer: User, django_assert_num_queries: Any
) -> None:
    key = party.obligations.get(first_report=1).key
    for _number in range(ON_A_PAGE + 1):
        told(siti, party, obligation_key=key)
    assert not officer.bound_to  # asked once for whoever has signed in
    with django_assert_num_queries(2):
        page = ledger(person=officer, asked=Asked(), as_at=TODAY, page=1)
        names = {f"{row.obligation} {row.reader} {row.state_party}" for row in page}
    assert (len(page), page.paginator.count, len(names)) == (ON_A_PAGE, ON_A_PAGE + 1, 1)
    assert len(ledger(person=officer, asked=Asked(), as_at=TODAY, page=99)) == 1


def test_a_state_that_owes_something_and_has_nobody_to_tell_is_named(
    party: StateParty, jamaica: StateParty
) -> None:
    def named() -> list[str]:
        return unreached(treaties=[party.treaty], as_at=date(2013, 1, 1))

    refresh(party=jamaica, as_at=TODAY)
    gone = ContactFactory.create(state=party.state, refused_at=NOW)
    ContactFactory.create(state=jamaica.state)
    assert named() == ["Indonesia"]
    gone.refused_at = None
    gone.save()
    assert named() == []


def test_a_state_that_owes_something_under_any_of_the_treaties_is_named(
    party: StateParty, jamaica: StateParty
) -> None:
    other = TreatyFactory.create(code="CAT", name="Convention against Torture")
    StateParty.objects.filter(pk=jamaica.pk).update(treaty=other)
    refresh(party=StateParty.objects.get(pk=jamaica.pk), as_at=TODAY)

    def named() -> list[str]:
        treaties = Treaty.objects.order_by("pk")
        return unreached(treaties=treaties, as_at=date(2013, 1, 1))

    assert named() == ["Indonesia", "Jamaica"]
    Treaty.objects.filter(pk=other.pk).update(reports_on_record=False)
    assert named() == ["Indonesia"]
