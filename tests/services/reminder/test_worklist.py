"""The quarterly worklist of the secretariat."""

from datetime import UTC, date, datetime, time

import pytest

from reporting.models import Contact, Obligation, Reminder, StateParty
from reporting.services.reminder.worklist import plan_worklist
from tests.factories import NOW, ContactFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(party: StateParty) -> Contact:
    contact: Contact = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    return contact


def plan(day: date) -> int:
    return plan_worklist(as_at=day, now=datetime.combine(day, time(5), UTC))


def planned() -> list[tuple[Contact | None, str, str]]:
    rows = Reminder.objects.order_by("pk")
    return [(row.contact, row.event, row.planned_for.isoformat()) for row in rows]


def estimate() -> None:
    Obligation.objects.filter(due_on="2022-10-01").update(basis="estimate")


def test_every_desk_officer_has_it_once_a_quarter_however_often_it_is_planned(
    ana: Contact, siti: Contact
) -> None:
    estimate()
    ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER, unsubscribed_at=NOW)
    assert [plan(date(2022, 7, 1)), plan(date(2022, 7, 1)), plan(date(2022, 9, 30))] == [1, 0, 0]
    assert plan(date(2022, 10, 1)) == 1
    assert planned() == [
        (ana, "worklist/2022-Q3", "2022-07-01"),
        (ana, "worklist/2022-Q4", "2022-10-01"),
    ]


def test_a_quarter_that_began_while_the_machine_slept_is_made_up_for(ana: Contact) -> None:
    estimate()
    assert plan(date(2022, 8, 9)) == 1
    assert planned() == [(ana, "worklist/2022-Q3", "2022-08-09")]


def test_there_is_none_where_nothing_is_to_be_confirmed(ana: Contact) -> None:
    assert plan(date(2022, 7, 1)) == 0
    assert planned() == []
