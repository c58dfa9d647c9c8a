"""What stood in a mail."""

import pytest

from reporting.models import Contact, Message, Obligation, Reminder
from reporting.queries.message import told_by
from tests.factories import NOW, ContactFactory, StatePartyFactory

pytestmark = pytest.mark.django_db


def test_it_told_of_each_obligation_once_and_of_none_that_is_gone() -> None:
    party = StatePartyFactory.create()
    contact: Contact = ContactFactory.create()
    message = Message.objects.create(to=contact.email, language="en", made_at=NOW)
    report = Obligation.objects.create(
        state_party=party, key="report/2/x", kind="report", basis="none", arises_on=NOW.date()
    )
    for occasion, key in [("alert", report.key), ("escalation", report.key), ("alert", "gone")]:
        Reminder.objects.create(
            occasion=occasion,
            contact=contact,
            state_party=party,
            obligation_key=key,
            due_on="2022-10-01",
            days_before=30,
            planned_for=NOW.date(),
            planned_at=NOW,
            state_since=NOW,
            message=message,
        )
    assert told_by(message) == [report]
