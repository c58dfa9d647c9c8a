"""Mails that tell of several obligations at once."""

from datetime import date

import icalendar
import pytest
from django.conf import settings

from reporting.models import Contact, StateParty
from reporting.services.reminder.ledger import MOST_IN_ONE
from reporting.services.reminder.writing import envelope
from tests.factories import ContactFactory, StatePartyFactory
from tests.services.reminder.mails import many, row, written

pytestmark = pytest.mark.usefixtures("named_desk")


def test_a_digest_counts_and_begins_with_the_earliest_date(
    siti: Contact, party: StateParty
) -> None:
    rows = [row(siti, each) for each in reversed(many(party, 3))]
    mail = written(*rows, day=date(2023, 1, 1))
    assert mail.subject == "Indonesia: 3 due dates, 1 overdue"
    places = [mail.text.index(f"{name} periodic") for name in ("second", "third", "fourth")]
    assert places == sorted(places)
    found = icalendar.Calendar.from_ical(mail.calendar)
    assert isinstance(found, icalendar.Calendar)
    assert len(found.events) == 3


def test_a_digest_of_several_states_counts_them(party: StateParty) -> None:
    desk = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    other = StatePartyFactory.create(state__iso3="NER", state__name="Niger")
    rows = [row(desk, each) for each in (*many(party, 1), *many(other, 1))]
    assert written(*rows).subject == "2 due dates of 2 States"


@pytest.mark.parametrize("language", settings.LANGUAGES_OFFERED)
def test_the_longest_digest_stays_under_100_kilobytes_in_every_language(
    siti: Contact, party: StateParty, language: str
) -> None:
    siti.language = language
    message = written(*(row(siti, each) for each in many(party, MOST_IN_ONE)))
    assert len(envelope(message, reader=siti).message().as_bytes()) < 100_000
    assert message.text.count("2022-10-01") == 1
