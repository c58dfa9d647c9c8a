"""Mails of the ledger that are written and read back."""

from datetime import date
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from reporting.models import Contact, Message, Obligation, Occasion, Reminder, StateParty, User
from reporting.rules.partial_date import PartialDate
from reporting.services.reminder.writing import envelope, write
from tests.factories import NOW

DAY = date(2022, 9, 1)


def row(reader: Contact | User, due: Obligation | None, **given: Any) -> Reminder:
    who: dict[str, Any] = {"contact": reader} if isinstance(reader, Contact) else {"person": reader}
    if due:
        who |= {"state_party": due.state_party, "obligation": due, "obligation_key": due.key}
    return Reminder(**{"occasion": Occasion.ALERT, **who, **given})


def written(*rows: Reminder, day: date = DAY) -> Message:
    message = Message(to="", language="", made_at=NOW)
    write(message, rows, as_at=day)
    return message


def received(message: Message, reader: Contact | User) -> EmailMessage:
    """Return the mail as a mail program reads it."""
    raw = envelope(message, reader=reader).message().as_bytes()
    return BytesParser(policy=default).parsebytes(raw)


def many(party: StateParty, count: int) -> list[Obligation]:
    """Return so many periodic reports, of which each is due a year after the one before."""
    found = [
        Obligation(
            pk=party.pk * 100 + number,
            state_party=party,
            key=f"report/{number}/treaty",
            kind="report",
            first_report=number,
            last_report=number,
            due_from=date(2020 + number, 10, 1),
            due_by=date(2020 + number, 10, 1),
            basis="treaty",
            source="CMW article 73(1)(b)",
            reason="periodic",
            places={
                "report": [number, number],
                "previous": [number - 1, number - 1],
                "start": "2015-10-01",
                "interval": 60,
            },
            arises_on=date(2012, 5, 31),
        )
        for number in range(2, count + 2)
    ]
    for each in found:
        each.due_on = PartialDate(each.due_from.year, 10, 1) if each.due_from else None
    return found
