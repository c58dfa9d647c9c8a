"""Told once each, whatever fails; and nobody is told what the owner may not see."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import models

from reporting.models import (
    AuditEntry,
    CoreDocument,
    ObligationChange,
    Review,
    StateParty,
    Submission,
    User,
    Webhook,
    WebhookDelivery,
)
from reporting.services.timetable import refresh
from reporting.services.webhook import ledger
from reporting.services.webhook.managing import end_webhook, switch_webhook
from reporting.services.webhook.request import Outcome
from tests.factories import (
    TODAY,
    CoreDocumentFactory,
    ReviewFactory,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
)
from tests.services.webhook.conftest import START, Clock, registered
from tests.services.webhook.receiver import Receiver

pytestmark = pytest.mark.django_db
State = WebhookDelivery.State


def recorded(**given: Any) -> Review:
    """Record a review after the webhook was made."""
    review: Review = ReviewFactory.create(**given)
    models.QuerySet(Review.history.model).filter(id=review.pk).update(history_date=START)
    return review


def states() -> list[tuple[str, str, int]]:
    rows = WebhookDelivery.objects.order_by("pk")
    return [(each.state, each.trouble, each.attempts) for each in rows]


def test_a_change_is_told_once_signed_and_recorded(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    _hook, secret = registered(owner, receiver.address)
    review = recorded(state_party=StatePartyFactory.create(state=owner.states.get()))
    assert clock.minute().sent == 2
    sent_at = clock.now
    assert not clock.minute()
    party, told = receiver.came
    body = json.loads(told.body)
    assert body["type"] == "review.recorded"
    data = {"fact": "review", "id": review.pk, "change": "recorded", "iso3": "IDN", "treaty": "CMW"}
    assert data.items() <= body["data"].items()
    assert json.loads(party.body)["type"] == "state-party.recorded"
    assert told.is_signed_with(secret)
    assert not told.is_signed_with("whsec_b3RoZXI=")
    assert party.headers["webhook-id"] != told.headers["webhook-id"]
    assert told.headers["webhook-timestamp"] == str(int(sent_at.timestamp()))
    assert states() == [("sent", "", 1)] * 2


def test_what_was_on_record_before_it_was_made_is_not_told(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    ReviewFactory.create()
    registered(owner, receiver.address)
    assert not clock.minute()


def test_only_what_is_asked_for_and_may_be_seen_is_told(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    registered(owner, receiver.address, state=owner.states.get(), treaty=TreatyFactory.create())
    syria = StatePartyFactory.create(state=StateFactory.create(iso3="SYR", name="Syria"))
    of_another_treaty = StatePartyFactory.create(treaty=TreatyFactory.create(code="CRC"))
    own = StatePartyFactory.create()
    for party in (syria, of_another_treaty, own):
        SubmissionFactory.create(
            state_party=party, status="filed", received_on=None, sent_on=date(2026, 1, 1)
        )
    clock.minute()
    told = [json.loads(each.body)["data"] for each in receiver.came]
    assert [(each["fact"], each["iso3"], each["treaty"]) for each in told] == [
        ("state party", "IDN", "CMW"),
        ("submission", "IDN", "CMW"),
    ]
    Webhook.objects.all().delete()
    receiver.came.clear()
    registered(owner, receiver.address)
    SubmissionFactory.create(
        state_party=syria, status="filed", received_on=None, sent_on=date(2026, 2, 2)
    )
    assert not clock.minute()


def test_an_address_that_does_not_take_it_is_asked_again_later_each_time(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    registered(owner, receiver.address)
    recorded()
    receiver.codes = [500, 503]
    assert clock.minute().waiting == 1
    first, second = WebhookDelivery.objects.order_by("pk")
    assert (first.state, first.code, first.attempts) == ("planned", 500, 1)
    assert (second.state, second.attempts) == ("planned", 0)
    assert first.not_before == clock.now + timedelta(minutes=1)
    assert clock.minute().waiting == 1
    assert [each.attempts for each in WebhookDelivery.objects.order_by("pk")] == [1, 1]
    assert not clock.minute()
    clock.turn(minutes=5)
    assert clock.minute().sent == 2
    assert Webhook.objects.get().failing_since is None
    numbers = [each.headers["webhook-id"] for each in receiver.came]
    assert (len(numbers), len(set(numbers))) == (4, 2)


def test_an_address_that_failed_is_asked_after_those_that_did_not(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    failing, _secret = registered(owner, receiver.address)
    well, _secret = registered(owner, f"{receiver.address}&and=more")
    for hook in (failing, well):
        ledger.plan_test(hook, now=clock.now)
        clock.turn(minutes=1)
    Webhook.objects.filter(pk=failing.pk).update(failures=1, failing_since=START)
    assert [ledger.claim(now=clock.now)[0].webhook for _turn in range(2)] == [well, failing]


def test_it_fails_in_the_open_after_the_last_attempt(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    registered(owner, receiver.address, state=StateFactory.create())
    ledger.plan_test(Webhook.objects.get(), now=clock.now)
    receiver.codes = [500] * 20
    for _time in range(ledger.MOST_ATTEMPTS):
        clock.turn(hours=14)
        clock.minute()
    assert states() == [("failed", "code", ledger.MOST_ATTEMPTS)]
    clock.turn(days=1)
    assert not clock.minute()


def test_one_that_is_refused_holds_up_no_other(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    registered(owner, receiver.address)
    recorded()
    receiver.codes = [500]
    clock.minute()
    receiver.codes = [204, 500]
    clock.minute()
    assert sorted(states()) == [("planned", "code", 2), ("sent", "", 1)]


def test_after_days_of_failures_it_is_switched_off_and_its_owner_told(
    receiver: Receiver,
    owner: User,
    clock: Clock,
    settings: LazySettings,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.WEBHOOK_DAYS = 2
    registered(owner, receiver.address)
    recorded()
    receiver.codes = [500] * 20
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(6):
            clock.turn(hours=14)
            clock.minute()
    hook = Webhook.objects.get()
    assert (hook.off_because, hook.off_since is None) == ("failing", False)
    (letter,) = mail.outbox
    assert letter.to == ["tracker@example.org"]
    assert hook.address in letter.body
    assert "Switched off because nothing could be delivered for days." in letter.body
    assert "/account/webhooks/" in letter.body
    entry = AuditEntry.objects.latest("pk")
    assert (entry.what, entry.account) == ("webhook off", owner)
    asked = len(receiver.came)
    clock.turn(days=9)
    assert not clock.minute()
    assert len(receiver.came) == asked
    receiver.codes.clear()
    recorded(state_party=StatePartyFactory.create(treaty=TreatyFactory.create(code="CRC")))
    switch_webhook(user=owner, pk=hook.pk, on=True, at=clock.now)
    clock.minute()
    assert [state for state, _why, _attempts in states()] == ["sent"] * 4


def test_an_address_that_is_gone_is_switched_off_at_once(
    receiver: Receiver, owner: User, clock: Clock, django_capture_on_commit_callbacks: Any
) -> None:
    registered(owner, receiver.address)
    recorded()
    receiver.codes = [410]
    with django_capture_on_commit_callbacks(execute=True):
        clock.minute()
    assert Webhook.objects.get().off_because == "gone"
    assert len(mail.outbox) == 1
    assert not clock.minute()


def test_what_a_killed_sender_held_is_sent_by_the_next_one_and_lost_twice_is_said(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    hook, _secret = registered(owner, receiver.address)
    ledger.plan_test(hook, now=clock.now)
    (held,) = ledger.claim(now=clock.now)
    clock.turn(minutes=1)
    assert ledger.claim(now=clock.now) == []
    clock.turn(minutes=20)
    assert ledger.release(now=clock.now) == 1
    (held,) = ledger.claim(now=clock.now)
    assert ledger.begin(held, now=clock.now)
    clock.turn(minutes=20)
    assert ledger.release(now=clock.now) == 1
    assert not ledger.record_sent(held, Outcome(code=204), now=clock.now)
    assert states() == [("planned", "", 0)]
    (again,) = ledger.claim(now=clock.now)
    assert again.message_id == held.message_id
    assert ledger.begin(again, now=clock.now)
    assert not ledger.begin(again, now=clock.now)
    clock.turn(minutes=20)
    ledger.release(now=clock.now)
    assert states() == [("failed", "lost", 0)]


def test_planning_again_from_an_earlier_position_writes_nothing_twice(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    hook, _secret = registered(owner, receiver.address)
    before = hook.position
    recorded()
    clock.minute()
    Webhook.objects.update(position=before)
    assert not clock.minute()
    assert len(receiver.came) == 2


def test_whoever_may_not_sign_in_is_told_nothing(
    receiver: Receiver, owner: User, clock: Clock, settings: LazySettings
) -> None:
    hook, _secret = registered(owner, receiver.address)
    ledger.plan_test(hook, now=clock.now)
    settings.SECOND_FACTOR_FOR = ["ministry"]
    recorded()
    assert not clock.minute()
    settings.SECOND_FACTOR_FOR = []
    User.objects.update(is_active=False)
    clock.turn(hours=2)
    assert not clock.minute()
    assert receiver.came == []
    User.objects.update(is_active=True)
    assert clock.minute().sent == 3


def test_a_secret_that_no_key_opens_is_said_and_nothing_goes_out_unsigned(
    receiver: Receiver, owner: User, clock: Clock, settings: LazySettings
) -> None:
    hook, _secret = registered(owner, receiver.address)
    ledger.plan_test(hook, now=clock.now)
    settings.SECRET_KEY = "another one"  # noqa: S105 - it guards nothing
    clock.minute()
    (row,) = WebhookDelivery.objects.all()
    assert (row.trouble, "SECRET_KEY_FALLBACKS" in row.error) == ("broken", True)
    assert receiver.came == []


def test_deliveries_of_a_month_ago_are_deleted_and_what_waits_stays(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    hook, _secret = registered(owner, receiver.address)
    ledger.plan_test(hook, now=clock.now)
    clock.minute()
    ledger.plan_test(hook, now=clock.now)
    clock.turn(days=31)
    assert ledger.purge(now=clock.now) == 1
    assert states() == [("planned", "", 0)]
    end_webhook(user=owner, pk=hook.pk, at=clock.now)
    assert states() == []


def test_what_becomes_of_obligations_is_told_to_those_who_chose_it_and_once(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    party = StatePartyFactory.create(state=owner.states.get())
    refresh(party=party, as_at=TODAY)
    models.QuerySet(StateParty.history.model).update(history_date=START - timedelta(days=1))
    registered(owner, receiver.address, events=("obligation",))
    registered(owner, receiver.address)
    report = SubmissionFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY, recorded=True)
    models.QuerySet(Submission.history.model).update(history_date=START)
    ObligationChange.objects.update(at=START)
    assert clock.minute().sent == 2
    assert not clock.minute()
    told = {body["type"]: body for body in (json.loads(each.body) for each in receiver.came)}
    assert [*told] == ["obligation.met", "submission.recorded"]
    assert told["submission.recorded"]["data"]["id"] == report.pk
    assert "owed" not in told["submission.recorded"]["data"]
    data = told["obligation.met"]["data"]
    assert (data["iso3"], data["change"], data["owed"]["due_on"]) == ("IDN", "met", "2013-09-01")


def test_one_that_is_older_than_a_kind_is_told_of_it_from_where_it_was_made(
    receiver: Receiver, owner: User, clock: Clock
) -> None:
    on_record, later = CoreDocumentFactory.create(), CoreDocumentFactory.create(symbol="HRI/CORE/9")
    for row, at in ((on_record, START - timedelta(days=1)), (later, START)):
        models.QuerySet(CoreDocument.history.model).filter(id=row.pk).update(history_date=at)
    hook, _secret = registered(owner, receiver.address)
    Webhook.objects.update(position=".".join(hook.position.split(".")[:4]), kinds=None)
    Webhook.objects.update(made_at=START - timedelta(minutes=1))
    clock.minute()
    assert [json.loads(each.body)["data"]["id"] for each in receiver.came] == [later.pk]
    assert not clock.minute()
