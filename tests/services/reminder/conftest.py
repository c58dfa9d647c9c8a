"""A State party with a date ahead, its focal point, and a clock."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.conf import LazySettings

from reporting.models import Contact, Obligation, StateParty
from reporting.services.reminder import ledger
from reporting.services.timetable import refresh
from tests.factories import (
    ContactFactory,
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, day: date) -> None:
        """Begin in the morning of a day."""
        self.now = datetime.combine(day, time(5), UTC)

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    @property
    def day(self) -> date:
        """Return the day."""
        return self.now.date()

    def pass_by(self, **span: int) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


def claim_and_write(clock: Clock) -> list[ledger.Claimed]:
    """Do what a sender does before it speaks to the mail server."""
    claimed = ledger.claim(as_at=clock.day, now=clock.now, most=10)
    ledger.keep_words([each.message for each in claimed])
    return claimed


@pytest.fixture
def party(db: None) -> StateParty:
    """Return Indonesia, whose second report the Committee set for 1 October 2022."""
    party: StateParty = StatePartyFactory.create()
    review = ReviewFactory.create(state_party=party)
    SubmissionFactory.create(state_party=party)
    DecisionFactory.create(state_party=party, review=review)
    refresh(party=party, as_at=date(2021, 1, 1))
    return party


@pytest.fixture
def siti(party: StateParty) -> Contact:
    """Return the focal point of Indonesia."""
    contact: Contact = ContactFactory.create(state=party.state, added_on=date(2022, 8, 1))
    return contact


@pytest.fixture
def clock() -> Clock:
    """Return the morning of the alert thirty days before the date."""
    return Clock(date(2022, 9, 1))


@pytest.fixture
def named_desk(settings: LazySettings) -> None:
    """Name the address of the pages and that of the desk."""
    settings.PUBLIC_URL = "https://reports.example"
    settings.DESK_EMAIL = "desk@reports.example"


@pytest.fixture
def due(party: StateParty) -> Obligation:
    """Return the second report of Indonesia."""
    return Obligation.objects.select_related("state_party__state", "state_party__treaty").get(
        due_on="2022-10-01"
    )
