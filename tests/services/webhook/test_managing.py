"""Registering, switching and ending webhooks."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reporting.models import AuditEntry, User, Webhook, WebhookDelivery
from reporting.services.webhook import ledger
from reporting.services.webhook.managing import (
    MOST_TESTS_WAITING,
    MOST_WEBHOOKS,
    Registration,
    end_webhook,
    make_webhook,
    renew_secret,
    send_again,
    switch_webhook,
    test_webhook,
)
from tests.factories import UserFactory
from tests.services.webhook.conftest import START, Clock, registered
from tests.services.webhook.receiver import Receiver

pytestmark = pytest.mark.django_db
# pytest would take it for a test.
try_it = test_webhook
del test_webhook
ADDRESS = "https://tracker.example.org/changes"


def refused(user: User, address: str) -> Any:
    with pytest.raises(ValidationError) as error:
        make_webhook(user=user, wanted=Registration(address=address), at=START)
    return error.value


def test_the_secret_is_not_in_the_database_and_what_is_done_is_noted(owner: User) -> None:
    hook, secret = registered(owner, ADDRESS)
    assert secret.startswith("whsec_")
    assert secret[6:] not in str(Webhook.objects.values().get())
    other = renew_secret(user=owner, pk=hook.pk, at=START)
    assert other not in {"", secret}
    switch_webhook(user=owner, pk=hook.pk, on=False, at=START)
    assert not switch_webhook(user=owner, pk=hook.pk, on=False, at=START)
    switch_webhook(user=owner, pk=hook.pk, on=True, at=START)
    assert end_webhook(user=owner, pk=hook.pk, at=START)
    assert list(AuditEntry.objects.order_by("pk").values_list("what", "about")) == [
        (what, str(hook.pk))
        for what in (
            "webhook made",
            "webhook secret",
            "webhook off",
            "webhook on",
            "webhook ended",
        )
    ]


def test_the_same_address_for_the_same_is_refused_and_so_is_one_too_many(owner: User) -> None:
    registered(owner, ADDRESS)
    assert "You have this webhook already." in str(refused(owner, ADDRESS))
    registered(owner, ADDRESS, state=owner.states.get())
    for number in range(MOST_WEBHOOKS - 2):
        registered(owner, f"{ADDRESS}/{number}")
    assert "You have as many webhooks as there may be." in str(refused(owner, f"{ADDRESS}/more"))
    assert "not on the public network" in str(refused(owner, "http://169.254.169.254/latest"))


def test_nobody_touches_the_webhook_of_somebody_else(owner: User) -> None:
    hook, _secret = registered(owner, ADDRESS)
    ledger.plan_test(hook, now=START)
    WebhookDelivery.objects.update(state="failed")
    other = UserFactory.create()
    assert renew_secret(user=other, pk=hook.pk, at=START) == ""
    assert not switch_webhook(user=other, pk=hook.pk, on=False, at=START)
    assert not try_it(user=other, pk=hook.pk, at=START)
    assert not end_webhook(user=other, pk=hook.pk, at=START)
    assert not send_again(user=other, pk=WebhookDelivery.objects.get().pk, at=START)


def test_a_test_is_sent_and_sent_again_as_the_same_message(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    hook, secret = registered(owner, receiver.address)
    assert try_it(user=owner, pk=hook.pk, at=clock.now)
    assert clock.minute().sent == 1
    row = WebhookDelivery.objects.get()
    assert send_again(user=owner, pk=row.pk, at=clock.now)
    assert not send_again(user=owner, pk=row.pk, at=clock.now)
    assert clock.minute().sent == 1
    first, second = receiver.came
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == row.header_id
    assert first.body == second.body
    assert b'"type":"test"' in first.body
    assert second.is_signed_with(secret)


def test_tests_do_not_pile_up_and_none_is_sent_where_it_is_off(owner: User) -> None:
    hook, _secret = registered(owner, ADDRESS)
    asked = [try_it(user=owner, pk=hook.pk, at=START) for _time in range(MOST_TESTS_WAITING + 1)]
    assert asked == [True] * MOST_TESTS_WAITING + [False]
    WebhookDelivery.objects.all().delete()
    switch_webhook(user=owner, pk=hook.pk, on=False, at=START)
    assert not try_it(user=owner, pk=hook.pk, at=START)


def test_what_changes_while_it_is_off_is_told_when_it_is_on_again(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    from tests.factories import ReviewFactory

    hook, _secret = registered(owner, receiver.address)
    switch_webhook(user=owner, pk=hook.pk, on=False, at=START)
    ReviewFactory.create()
    assert not clock.minute()
    switch_webhook(user=owner, pk=hook.pk, on=True, at=START)
    assert clock.minute().sent == 2
