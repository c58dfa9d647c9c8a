"""Workers that tell webhooks are killed, stand still and come in numbers."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from reporting.models import Role, User, WebhookDelivery
from reporting.services.webhook.ledger import LOST_AFTER
from reporting.services.webhook.sending import send_due
from tests.factories import StatePartyFactory, SubmissionFactory, UserFactory
from tests.faults.senders import Sender
from tests.faults.waiting import wait_until
from tests.services.webhook.conftest import START, receiver, registered
from tests.services.webhook.receiver import Receiver

__all__ = ["receiver"]
pytestmark = pytest.mark.faults
SOON = START + timedelta(minutes=1)
LATER = SOON + LOST_AFTER + timedelta(minutes=1)
CHANGES, HELD = 5, 3
WORK = ("plan webhooks", "tell webhooks")


@pytest.fixture
def recorded(database: dict[str, Any], receiver: Receiver) -> Receiver:
    """Record five changes after a webhook was registered; the third has to wait for its answer."""
    owner: User = UserFactory.create(role=Role.SECRETARIAT)
    registered(owner, receiver.address)
    party = StatePartyFactory.create()
    for number in range(1, CHANGES):
        SubmissionFactory.create(state_party=party, first_report=number, last_report=number)
    return receiver


def held(receiver: Receiver, sender: Sender) -> None:
    """Let a worker plan and tell until it waits for an answer."""
    receiver.hold = HELD
    sender.begin(*WORK, at=SOON)
    wait_until(lambda: len(receiver.came) == HELD)


def tell_the_rest() -> None:
    send_due(clock=lambda: LATER, longest=timedelta(seconds=50))


def times_told(receiver: Receiver) -> list[int]:
    """Return how often each message came, those of one number being one, in their order."""
    assert len({each.body for each in receiver.came}) == CHANGES
    assert json.loads(receiver.came[0].body)["type"] == "state-party.recorded"
    return list(Counter(each.headers["webhook-id"] for each in receiver.came).values())


def states() -> Counter[str]:
    return Counter(WebhookDelivery.objects.values_list("state", flat=True))


def test_what_a_killed_worker_left_is_told_by_the_next_one_under_the_same_number(
    recorded: Receiver, sender: Sender
) -> None:
    held(recorded, sender)
    sender.kill()
    assert states() == {"sent": 2, "sending": 3}
    tell_the_rest()
    assert times_told(recorded) == [1, 1, 2, 1, 1]
    assert states() == {"sent": CHANGES}
    tell_the_rest()
    assert len(recorded.came) == CHANGES + 1


def test_a_worker_that_stood_still_and_wakes_up_tells_nothing_that_another_has_taken_over(
    recorded: Receiver, sender: Sender
) -> None:
    recorded.codes = [204] * CHANGES + [500]  # the last one is for what was kept waiting
    held(recorded, sender)
    sender.stop()
    tell_the_rest()
    recorded.go_on.set()
    sender.go_on()
    assert sender.end() == ""
    assert times_told(recorded) == [1, 1, 2, 1, 1]
    assert states() == {"sent": CHANGES}
    assert set(WebhookDelivery.objects.values_list("webhook__failures", flat=True)) == {0}


def test_three_workers_at_once_tell_each_change_once(
    recorded: Receiver, senders: Callable[[], Sender]
) -> None:
    at_once = [senders() for _number in range(3)]
    for each in at_once:
        each.begin(*WORK, at=SOON)
    assert [each.end() for each in at_once] == [""] * 3
    tell_the_rest()
    assert times_told(recorded) == [1] * CHANGES
    assert states() == {"sent": CHANGES}
