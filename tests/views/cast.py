"""The people of permission tests: an owner, a colleague, a stranger, an officer."""

from django.test import Client

from reporting.models import Role, StateParty, User
from tests.factories import StateFactory, UserFactory


def ministry_of(party: StateParty, **given: str) -> User:
    """Return a person of the ministry of that State."""
    person: User = UserFactory.create(role=Role.MINISTRY, **given)
    person.states.add(party.state)
    return person


def stranger() -> User:
    """Return a person of the ministry of another State."""
    person: User = UserFactory.create(role=Role.MINISTRY)
    person.states.add(StateFactory.create(iso3="SYR", name="Syrian Arab Republic"))
    return person


def as_(person: User) -> Client:
    """Return a browser in which the person has signed in."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
