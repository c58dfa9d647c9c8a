"""Who reads the pages of reminders."""

import pytest
from django.test import Client

from reporting.models import Role
from tests.factories import UserFactory
from tests.views.cast import as_, ministry_of, stranger
from tests.views.reminder.world import party_of


@pytest.fixture
def secretariat() -> Client:
    """Return a browser of the secretariat."""
    return as_(UserFactory.create(email="desk@example.org"))


@pytest.fixture
def administrator() -> Client:
    """Return a browser of an administrator."""
    return as_(UserFactory.create(role=Role.ADMINISTRATOR))


@pytest.fixture
def ministry(recorded: None) -> Client:
    """Return a browser of Indonesia's ministry."""
    return as_(ministry_of(party_of("IDN")))


@pytest.fixture
def other_ministry(recorded: None) -> Client:
    """Return a browser of the ministry of another State."""
    return as_(stranger())
