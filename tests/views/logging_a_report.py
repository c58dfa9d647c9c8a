"""Who logs reports on the page, and what is sent with the form."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from reporting.models import StateParty, User
from tests.parties import refreshed_party
from tests.views.cast import as_, ministry_of

NEW = "/states/IDN/submissions/new/"


@pytest.fixture
def party() -> StateParty:
    return refreshed_party()


@pytest.fixture
def owner(party: StateParty) -> User:
    return ministry_of(party, name="Siti Rahayu")


@pytest.fixture
def client(owner: User) -> Client:
    return as_(owner)


def given(**more: Any) -> dict[str, Any]:
    usual = {
        "draft": str(uuid4()),
        "covers": ["report-1", "report-2"],
        "procedure": "standard",
        "sent_on": "2026-11-20",
        "languages": ["en"],
        "language_1": "en",
        "language_2": "fr",
        "language_3": "en",
    }
    return usual | more
