"""What is sent is what its owner may see, and has chosen, when it is sent."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reporting.models import State, Submission, Trouble, User, Webhook, WebhookDelivery
from reporting.services.webhook import ledger
from reporting.services.webhook.managing import choose_kinds, send_again
from reporting.services.webhook.request import Outcome
from tests.factories import ReviewFactory, StateFactory, StatePartyFactory, SubmissionFactory
from tests.services.webhook.conftest import Clock, registered
from tests.services.webhook.receiver import Receiver

pytestmark = pytest.mark.django_db
SILENT = Outcome(Trouble.SILENT)


def filed(state: State, **given: Any) -> Submission:
    """Let a report be there that nobody has confirmed."""
    party = StatePartyFactory.create(state=state)
    report: Submission = SubmissionFactory.create(
        state_party=party, status="filed", received_on=None, sent_on=date(2026, 1, 1), **given
    )
    return report


def moved(owner: User) -> None:
    """Let somebody act for another State."""
    owner.states.set([StateFactory.create(iso3="MAR", name="Morocco")])


def rows() -> list[tuple[str, str, str]]:
    found = WebhookDelivery.objects.order_by("pk")
    return [(each.name.rpartition("-")[0], each.state, each.trouble) for each in found]


def test_what_the_owner_may_not_see_any_more_is_not_sent_and_its_content_is_gone(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    registered(owner, receiver.address, events=("submission", "state party"))
    filed(owner.states.get())
    clock.turn(minutes=1)
    assert ledger.plan(now=clock.now) == 2
    moved(owner)
    assert (clock.minute().sent, len(receiver.came)) == (1, 1)
    assert json.loads(receiver.came[0].body)["type"] == "state-party.recorded"
    assert sorted(rows()) == [("state-party", "sent", ""), ("submission", "failed", "hidden")]
    row = WebhookDelivery.objects.get(trouble="hidden")
    assert (row.body, row.attempts, row.claim, row.handed_at) == ("", 0, None, None)
    assert Webhook.objects.get().failures == 0
    with pytest.raises(ValidationError, match="you may not see it any more"):
        send_again(user=owner, pk=row.pk, at=clock.now)
    assert not clock.minute()


def test_a_retry_is_not_sent_either_where_the_owner_may_not_see_it_any_more(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    registered(owner, receiver.address, events=("submission",))
    filed(owner.states.get())
    receiver.codes = [500]
    assert clock.minute().waiting == 1
    moved(owner)
    clock.turn(minutes=1)
    assert clock.minute().failed == 1
    assert (rows(), len(receiver.came)) == ([("submission", "failed", "hidden")], 1)


def test_rights_are_asked_again_between_two_deliveries_that_were_claimed_at_once(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    registered(owner, receiver.address, events=("submission",))
    filed(owner.states.get())
    clock.turn(minutes=1)
    ledger.plan(now=clock.now)
    (held,) = ledger.claim(now=clock.now)
    User.objects.filter(pk=owner.pk).update(role="reader")
    assert not ledger.may_be_sent(held)
    User.objects.filter(pk=owner.pk).update(role=owner.role, is_active=False)
    assert not ledger.begin(held, now=clock.now)


def begun(owner: User, clock: Clock) -> tuple[Webhook, WebhookDelivery]:
    """Return a webhook, and a delivery of a review whose request is made, and which is left out then."""
    hook, _secret = registered(owner, "https://tracker.example.org/", events=("review",))
    ReviewFactory.create()
    clock.turn(minutes=1)
    ledger.plan(now=clock.now)
    (held,) = ledger.claim(now=clock.now)
    assert ledger.begin(held, now=clock.now)
    choose_kinds(user=owner, pk=hook.pk, kinds={"submission"}, at=clock.now)
    return hook, held


@pytest.mark.usefixtures("receiver")
def test_of_a_kind_that_was_left_out_nothing_is_tried_again(owner: User, clock: Clock) -> None:
    _hook, held = begun(owner, clock)
    ledger.record_failed(held, SILENT, now=clock.now)
    assert rows() == []
    assert Webhook.objects.get().failures == 1


@pytest.mark.usefixtures("receiver")
def test_nor_is_what_a_lost_sender_had_begun_of_it(owner: User, clock: Clock) -> None:
    _hook, _held = begun(owner, clock)
    ledger.release(now=clock.now + ledger.LOST_AFTER + timedelta(minutes=1))
    assert rows() == []


@pytest.mark.usefixtures("receiver")
def test_nor_is_it_sent_again_where_somebody_asks_for_it(owner: User, clock: Clock) -> None:
    hook, held = begun(owner, clock)
    ledger.record_sent(held, Outcome(code=204), now=clock.now)
    with pytest.raises(ValidationError, match="told no more of its kind"):
        send_again(user=owner, pk=held.pk, at=clock.now)
    assert rows() == [("review", "sent", "")]
    choose_kinds(user=owner, pk=hook.pk, kinds={"review"}, at=clock.now)
    assert send_again(user=owner, pk=held.pk, at=clock.now)
