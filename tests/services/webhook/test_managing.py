"""Registering, switching and ending webhooks."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reporting.models import AuditEntry, User, Webhook, WebhookDelivery
from reporting.queries.log import FACTS
from reporting.services.webhook import ledger
from reporting.services.webhook.managing import (
    MOST_TESTS_WAITING,
    MOST_WEBHOOKS,
    Registration,
    choose_kinds,
    end_webhook,
    make_webhook,
    renew_secret,
    send_again,
    switch_webhook,
    test_webhook,
)
from reporting.services.webhook.request import Outcome
from tests.factories import ReviewFactory, SubmissionFactory, UserFactory
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
    hook, _secret = registered(owner, receiver.address)
    switch_webhook(user=owner, pk=hook.pk, on=False, at=START)
    ReviewFactory.create()
    assert not clock.minute()
    switch_webhook(user=owner, pk=hook.pk, on=True, at=START)
    assert clock.minute().sent == 2


def told_of(hook: Webhook) -> list[str]:
    return [row.name.rpartition("-")[0] for row in hook.deliveries.order_by("pk")]


def test_of_a_kind_that_is_added_nothing_older_is_told_and_of_the_others_all(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    hook, _secret = registered(owner, receiver.address, events=("review",))
    party = ReviewFactory.create().state_party
    SubmissionFactory.create(state_party=party)
    assert choose_kinds(user=owner, pk=hook.pk, kinds={"submission", "review"}, at=clock.now)
    SubmissionFactory.create(state_party=party, first_report=2)
    assert clock.minute().sent == 2
    assert told_of(hook) == ["review", "submission"]


def test_of_a_kind_that_is_taken_out_nothing_is_told_not_even_what_waited(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    hook, _secret = registered(owner, receiver.address, events=("submission", "review"))
    party = ReviewFactory.create().state_party
    SubmissionFactory.create(state_party=party)
    ledger.plan(now=clock.now)
    assert sorted(told_of(hook)) == ["review", "submission"]
    choose_kinds(user=owner, pk=hook.pk, kinds={"submission"}, at=clock.now)
    ReviewFactory.create(state_party=party, first_report=2)
    assert clock.minute().sent == 1
    assert [b"submission" in each.body for each in receiver.came] == [True]
    choose_kinds(user=owner, pk=hook.pk, kinds={"submission", "review"}, at=clock.now)
    assert not clock.minute()


@pytest.mark.parametrize("begun", [True, False])
def test_what_a_sender_has_begun_is_recorded_as_ever_and_what_it_only_holds_is_not_sent(
    owner: User, clock: Clock, *, begun: bool
) -> None:
    hook, _secret = registered(owner, ADDRESS, events=("review",))
    ReviewFactory.create()
    clock.turn(minutes=1)
    ledger.plan(now=clock.now)
    (held,) = ledger.claim(now=clock.now)
    assert not begun or ledger.begin(held, now=clock.now)
    choose_kinds(user=owner, pk=hook.pk, kinds={"submission"}, at=clock.now)
    assert ledger.begin(held, now=clock.now) is False
    assert ledger.record_sent(held, Outcome(None, code=200), now=clock.now) is begun
    assert told_of(hook) == ["review"] * begun


def test_a_webhook_from_before_there_were_kinds_has_those_of_the_facts(owner: User) -> None:
    hook, _secret = registered(owner, ADDRESS)
    Webhook.objects.update(kinds=None, position=".".join("0000"))
    assert not choose_kinds(user=owner, pk=hook.pk, kinds=FACTS, at=START)
    assert choose_kinds(user=owner, pk=hook.pk, kinds={"obligation"}, at=START)
    kept = Webhook.objects.get()
    assert (kept.kinds, kept.position.count(".")) == (["obligation"], 6)


def test_kinds_that_are_chosen_again_are_no_change_and_what_is_changed_is_noted(
    owner: User,
) -> None:
    hook, _secret = registered(owner, ADDRESS, events=("review",))
    assert not choose_kinds(user=owner, pk=hook.pk, kinds=["review"], at=START)
    assert not choose_kinds(user=UserFactory.create(), pk=hook.pk, kinds=["decision"], at=START)
    assert choose_kinds(user=owner, pk=hook.pk, kinds=["decision", "review"], at=START)
    noted = AuditEntry.objects.filter(what="webhook kinds")
    assert list(noted.values_list("by", "about")) == [(owner.pk, str(hook.pk))]


def test_a_choice_by_which_one_webhook_would_be_another_is_refused(owner: User) -> None:
    registered(owner, ADDRESS)
    hook, _secret = registered(owner, ADDRESS, events=("review",))
    with pytest.raises(ValidationError) as error:
        choose_kinds(user=owner, pk=hook.pk, kinds=FACTS, at=START)
    assert error.value.message_dict == {"events": ["You have this webhook already."]}
    assert Webhook.objects.get(pk=hook.pk).kinds == ["review"]
