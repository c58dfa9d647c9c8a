"""The steps of a delivery: planned, claimed, begun, recorded; each a conditional update, committed at once.

As with alerts, a row is there before anything is sent. Whoever sends has claimed the row; what it
records is written only while it still holds it, so nothing is recorded twice.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from reporting import permissions
from reporting.models import Trouble, Webhook, WebhookDelivery
from reporting.queries.log import KINDS, Entry, Position, Wanted, changes_after, kinds_of
from reporting.services.webhook.request import Outcome

State = WebhookDelivery.State
Deliveries = QuerySet[WebhookDelivery]
# How many changes are planned for one address in one transaction, and claimed for it at once.
MOST_PLANNED, BATCH = 500, 20
# Longer than a task may live.
LOST_AFTER = timedelta(minutes=15)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 600, 840))
# More than two days, all waits together.
MOST_ATTEMPTS = len(WAITS) + 1
KEPT = timedelta(days=30)


def plan(*, now: datetime) -> int:
    """Write a row for each change that a webhook has not been told; return how many."""
    hooks = list(Webhook.objects.live().order_by("pk").values_list("pk", flat=True))
    return sum(_plan_all(pk, now) for pk in hooks)


def plan_test(hook: Webhook, *, now: datetime) -> None:
    """Write a row that tells of nothing."""
    body = {"type": "test", "timestamp": now, "data": {}}
    _row(hook, f"test-{uuid4()}", body, now).save()


def claim(*, now: datetime) -> list[WebhookDelivery]:
    """Take what is due for one address to which nobody is sending, the one that waits longest first.

    Those that failed the last time come after all others, so that who is silent holds up none of them.
    """
    busy = WebhookDelivery.objects.filter(webhook=OuterRef("pk"), state=State.SENDING)
    theirs = _due(now).filter(webhook=OuterRef("pk")).order_by("planned_at")
    ready = Webhook.objects.ready(now).filter(~Exists(busy), Exists(theirs))
    well_first = F("failing_since").asc(nulls_first=True)
    first = ready.order_by(well_first, Subquery(theirs.values("planned_at")[:1]), "pk")
    with transaction.atomic():
        hook = first.select_for_update(skip_locked=True, of=("self",)).first()
        if hook is None:
            return []
        ticket = uuid4()
        # What has been tried least goes first, so that one that is refused holds up none.
        due = _due(now).filter(webhook=hook).order_by("attempts", "pk")
        taken = list(due.values_list("pk", flat=True)[:BATCH])
        _due(now).filter(pk__in=taken).update(state=State.SENDING, state_since=now, claim=ticket)
    held = WebhookDelivery.objects.filter(claim=ticket, state=State.SENDING)
    return list(held.select_related("webhook__user").order_by("attempts", "pk"))


def may_be_sent(delivery: WebhookDelivery) -> bool:
    """Whether its owner may see now what it tells, by the rule of `/changes`; a test tells nothing."""
    kind, number = delivery.kind, delivery.event.rpartition("-")[2]
    hooks = Webhook.objects.filter(pk=delivery.webhook_id)
    hook = hooks.select_related("user", "state", "treaty").first()
    return kind not in KINDS or (hook is not None and _wanted(hook).holds(kind, int(number)))


def hide(delivery: WebhookDelivery, *, now: datetime) -> bool:
    """Say that its owner may not see any more what it tells, and keep nothing of that.

    Return whether this sender still held it.
    """
    gone: dict[str, Any] = {"body": "", "claim": None, "not_before": None, "code": None}
    held = _held(delivery).filter(handed_at=None)
    failed = {"state": State.FAILED, "state_since": now, "trouble": Trouble.HIDDEN, "error": ""}
    return bool(held.update(**failed, **gone))


def begin(delivery: WebhookDelivery, *, now: datetime) -> bool:
    """Say that the request is made now; return whether it may be."""
    live = {"webhook__off_since": None, "webhook__user__is_active": True}
    return bool(_held(delivery).filter(handed_at=None, **live).update(handed_at=now))


@transaction.atomic
def record_sent(delivery: WebhookDelivery, outcome: Outcome, *, now: datetime) -> bool:
    """Say that it was taken; return whether this sender still held it."""
    done = {"claim": None, "not_before": None, "trouble": "", "error": ""}
    sent = _held(delivery).update(
        state=State.SENT, state_since=now, code=outcome.code, attempts=F("attempts") + 1, **done
    )
    well = Webhook.objects.filter(pk=delivery.webhook_id, failures__gt=0)
    well.update(failures=0, failing_since=None, not_before=None)
    return bool(sent)


@transaction.atomic
def record_failed(delivery: WebhookDelivery, outcome: Outcome, *, now: datetime) -> bool:
    """Let it wait, each time longer, and its address too; fail it in the open after the last attempt.

    One of a kind that has been left out meanwhile is forgotten. Return whether it failed for good. What
    another sender has taken over is its own to record.
    """
    attempts = delivery.attempts + 1
    over = attempts >= MOST_ATTEMPTS
    held = _held(delivery).update(
        state=State.FAILED if over else State.PLANNED,
        state_since=now,
        trouble=outcome.trouble,
        code=outcome.code,
        error=outcome.error[:300],
        attempts=attempts,
        claim=None,
        handed_at=None,
        not_before=None if over else now + _wait(attempts),
    )
    if not held:
        return False
    hook = Webhook.objects.select_for_update().get(pk=delivery.webhook_id)
    Webhook.objects.filter(pk=hook.pk).update(
        failures=hook.failures + 1,
        failing_since=hook.failing_since or now,
        not_before=now + _wait(hook.failures + 1),
    )
    _forget_left_out(hook)
    return over


def give_back(deliveries: Iterable[WebhookDelivery], *, now: datetime) -> None:
    """Put back what was claimed and not begun."""
    tickets: set[UUID | None] = {each.claim for each in deliveries}
    held = WebhookDelivery.objects.filter(claim__in=tickets, state=State.SENDING, handed_at=None)
    held.update(state=State.PLANNED, state_since=now, claim=None)


def release(*, now: datetime) -> int:
    """Take rows from senders that were lost; return how many.

    What had been begun may have been taken: it goes back once, as the same message, and fails in the
    open after that. What is of a kind that has been left out meanwhile is forgotten.
    """
    sending = WebhookDelivery.objects.filter(state=State.SENDING)
    untouched = sending.filter(handed_at=None, state_since__lt=now - LOST_AFTER)
    lost = sending.filter(handed_at__lt=now - LOST_AFTER)
    twice = lost.filter(releases__gte=1).update(
        state=State.FAILED, state_since=now, trouble=Trouble.LOST, claim=None, not_before=None
    )
    again = {"state": State.PLANNED, "state_since": now, "claim": None, "handed_at": None}
    hooks = set(lost.filter(releases=0).values_list("webhook", flat=True))
    once = lost.filter(releases=0).update(releases=1, **again)
    for pk in sorted(hooks):
        with transaction.atomic():
            for hook in Webhook.objects.select_for_update().filter(pk=pk):
                _forget_left_out(hook)
    return twice + once + untouched.update(**again)


def hurry(hook: int) -> None:
    """Let what waits for a webhook wait no longer."""
    waiting = WebhookDelivery.objects.filter(webhook=hook, state=State.PLANNED)
    waiting.update(not_before=None)


def plan_again(deliveries: Deliveries, *, now: datetime) -> int:
    """Let them be sent again, each as the same message; return how many."""
    fresh: dict[str, Any] = {"attempts": 0, "releases": 0, "not_before": None}
    said: dict[str, Any] = {"trouble": "", "error": "", "code": None, "claim": None}
    return deliveries.update(state=State.PLANNED, state_since=now, handed_at=None, **fresh, **said)


def postpone(hook: Webhook, *, until: datetime) -> None:
    """Send nothing to the address before that moment."""
    Webhook.objects.filter(pk=hook.pk).update(not_before=until)


def forget(hook: Webhook, kinds: Iterable[str]) -> None:
    """Forget what waits to be sent of these kinds, claimed or not; what is begun is recorded as ever."""
    waiting = (State.PLANNED, State.SENDING)
    rows = WebhookDelivery.objects.filter(webhook=hook, state__in=waiting, handed_at=None)
    for kind in kinds:
        rows.filter(event__startswith=f"{kind}-").delete()


def rest_of(hook: Webhook) -> Deliveries:
    """Return what waits to be sent."""
    return WebhookDelivery.objects.filter(webhook=hook, state=State.PLANNED)


def purge(*, now: datetime) -> int:
    """Delete what was delivered or failed longer ago than it is kept; return how many."""
    over = WebhookDelivery.objects.filter(state__in=(State.SENT, State.FAILED))
    return over.filter(state_since__lt=now - KEPT).delete()[0]


def _plan_all(pk: int, now: datetime) -> int:
    """Plan part by part, each in a transaction of its own, so that a killed worker loses none."""
    planned = part = _plan_part(pk, now)
    while part == MOST_PLANNED:
        part = _plan_part(pk, now)
        planned += part
    return planned


@transaction.atomic
def _plan_part(pk: int, now: datetime) -> int:
    hooks = Webhook.objects.live().filter(pk=pk).select_related("user", "state", "treaty")
    hook = hooks.select_for_update(skip_locked=True, of=("self",)).first()
    if hook is None or permissions.lacks_second_factor(hook.user):
        return 0
    position = Position.parse(hook.position, since=hook.made_at)
    entries, after = changes_after(position, now=now, most=MOST_PLANNED, wanted=_wanted(hook))
    if entries:
        rows = [_row(hook, f"{each.kind}-{each.number}", _told(each), now) for each in entries]
        WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
        Webhook.objects.filter(pk=hook.pk).update(position=str(after))
    return len(entries)


def _wanted(hook: Webhook) -> Wanted:
    """Return what it is to be told, as far as its owner may see it."""
    return Wanted(
        treaty=hook.treaty,
        iso3=hook.state.iso3 if hook.state else "",
        kinds=kinds_of(hook),
        acting_for=permissions.parties_acted_for(hook.user),
    )


def _forget_left_out(hook: Webhook) -> None:
    forget(hook, {*KINDS} - {*kinds_of(hook)})


def _told(entry: Entry) -> dict[str, object]:
    """Return what stands in the body: the change as the API tells it."""
    return {"type": entry.name, "timestamp": entry.at, "data": entry.line}


def _row(hook: Webhook, event: str, body: dict[str, object], now: datetime) -> WebhookDelivery:
    text = json.dumps(body, cls=DjangoJSONEncoder, separators=(",", ":"))
    return WebhookDelivery(webhook=hook, event=event, body=text, planned_at=now, state_since=now)


def _due(now: datetime) -> Deliveries:
    waits_no_more = Q(not_before__isnull=True) | Q(not_before__lte=now)
    return WebhookDelivery.objects.filter(waits_no_more, state=State.PLANNED)


def _held(delivery: WebhookDelivery) -> Deliveries:
    return WebhookDelivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state=State.SENDING)


def _wait(failures: int) -> timedelta:
    return WAITS[min(failures, len(WAITS)) - 1]
