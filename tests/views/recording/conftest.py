"""Indonesia with its initial report, and an officer of the secretariat."""

import pytest
from django.test import Client

from reporting.models import StateParty, User
from reporting.services.timetable import refresh
from tests.factories import TODAY, StatePartyFactory, SubmissionFactory, UserFactory
from tests.views.cast import as_


@pytest.fixture
def party() -> StateParty:
    made = StatePartyFactory.create()
    SubmissionFactory.create(state_party=made)
    refresh(party=made, as_at=TODAY)
    return made


@pytest.fixture
def officer(party: StateParty) -> User:
    return UserFactory.create(name="Ana")


@pytest.fixture
def client(officer: User) -> Client:
    return as_(officer)
