"""Sending what is due, address by address; one that does not answer holds nobody up for long."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from reporting import permissions
from reporting.emails import render
from reporting.emails.links import in_language
from reporting.models import Trouble, Webhook, WebhookDelivery
from reporting.services.audit import What, note
from reporting.services.mail import send
from reporting.services.webhook import ledger
from reporting.services.webhook.request import Outcome, deliver
from reporting.services.webhook.signature import headers

_log = logging.getLogger(__name__)
HOUR = timedelta(hours=1)
Clock = Callable[[], datetime]


@dataclass(slots=True)
class Told:
    """How many deliveries were taken, wait again, and failed for good."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0

    def __bool__(self) -> bool:
        """Whether anything was tried."""
        return bool(self.sent or self.waiting or self.failed)


def send_due(*, clock: Clock, longest: timedelta) -> Told:
    """Send what is due, for so long; what lost senders left behind first.

    Every delivery is recorded by itself, so that whatever ends this, another one goes on.
    """
    until, told = clock() + longest, Told()
    ledger.release(now=clock())
    while clock() < until and (claimed := ledger.claim(now=clock())):
        try:
            _send(claimed, until, clock, told)
        finally:
            ledger.give_back(claimed, now=clock())
    return told


def _send(claimed: list[WebhookDelivery], until: datetime, clock: Clock, told: Told) -> None:
    """Send to one address, until it fails: the rest waits as long as what failed."""
    hook = claimed[0].webhook
    if permissions.lacks_second_factor(hook.user):
        ledger.postpone(hook, until=clock() + HOUR)
        return
    for delivery in claimed:
        if clock() >= until:
            return
        if not ledger.may_be_sent(delivery):
            told.failed += ledger.hide(delivery, now=clock())
            continue
        if not ledger.begin(delivery, now=clock()):
            return
        outcome = _delivered(delivery, clock())
        if outcome.trouble is None:
            told.sent += ledger.record_sent(delivery, outcome, now=clock())
            continue
        over = ledger.record_failed(delivery, outcome, now=clock())
        told.failed += over
        told.waiting += not over
        _give_up(hook, outcome, now=clock())
        return


def _delivered(delivery: WebhookDelivery, now: datetime) -> Outcome:
    body, hook = delivery.body.encode(), delivery.webhook
    try:
        proof = headers(message_id=delivery.message_id, body=body, kept=hook.sealed_secret, at=now)
    except ValueError as error:
        _log.error("A webhook cannot be signed (%s): %s", hook.pk, error)
        return Outcome(Trouble.BROKEN, error=str(error))
    return deliver(address=hook.address, body=body, headers=proof)


def _give_up(hook: Webhook, outcome: Outcome, *, now: datetime) -> None:
    """Switch it off where the address is gone, or nothing has been delivered for days."""
    if outcome.trouble is Trouble.GONE:
        _switch_off(hook, Webhook.Off.GONE, now=now)
        return
    hook.refresh_from_db(fields=["failing_since"])
    days = timedelta(days=settings.WEBHOOK_DAYS)
    if hook.failing_since and now - hook.failing_since >= days:
        _switch_off(hook, Webhook.Off.FAILING, now=now)


@transaction.atomic
def _switch_off(hook: Webhook, why: Webhook.Off, *, now: datetime) -> None:
    """Switch it off, and tell its owner; what waits goes out when it is switched on again."""
    on = Webhook.objects.filter(pk=hook.pk, off_since=None)
    if not on.update(off_since=now, off_because=why):
        return
    note(what=What.WEBHOOK_OFF, at=now, account=hook.user, about=f"{hook.pk} {why.value}")
    language = hook.user.language or settings.LANGUAGE_CODE
    given = {
        "address": hook.address,
        "why": why.label,
        "link": in_language(settings.PUBLIC_URL + reverse("reporting:webhooks"), language),
    }
    rendered = render("webhook_off", context=given, language=language)
    send(rendered=rendered, to=hook.user.email)
