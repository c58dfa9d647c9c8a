"""A clock that tests turn, a receiver on this machine, and the leave to speak to it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.conf import LazySettings

from reporting.models import Role, User, Webhook
from reporting.services.webhook import ledger
from reporting.services.webhook.managing import Registration, make_webhook
from reporting.services.webhook.sending import Told, send_due
from tests.factories import StateFactory, UserFactory
from tests.services.webhook.receiver import Receiver, receiving

# After the day on which the tests are run, by which histories are dated.
START = datetime(2100, 1, 1, 12, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        """Begin."""
        self.now = START

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    def turn(self, **by: int) -> None:
        """Let time pass."""
        self.now += timedelta(**by)

    def minute(self) -> Told:
        """Do what beat does each minute."""
        self.turn(minutes=1)
        ledger.plan(now=self.now)
        return send_due(clock=self, longest=timedelta(seconds=50))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def receiver(settings: LazySettings) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    with receiving() as made:
        yield made


@pytest.fixture
def owner(db: None) -> User:
    """Return somebody of the ministry of Indonesia."""
    person: User = UserFactory.create(role=Role.MINISTRY, email="tracker@example.org")
    person.states.add(StateFactory.create())
    return person


def registered(owner: User, address: str, **wanted: Any) -> tuple[Webhook, str]:
    """Return a webhook that is told what happens from now on, and its secret."""
    return make_webhook(user=owner, wanted=Registration(address=address, **wanted), at=START)
