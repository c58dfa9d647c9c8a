"""Which addresses are told: registered, switched off and on, ended, with a secret of their own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reporting.models import State, Treaty, User, Webhook, WebhookDelivery
from reporting.models.webhook import WebhookQuerySet
from reporting.queries.log import FACTS, KINDS, Position, kinds_of, position_at
from reporting.services.audit import What, note
from reporting.services.webhook import ledger
from reporting.services.webhook.address import target_of
from reporting.services.webhook.signature import new_secret

MOST_WEBHOOKS = 10
# Asked for so often, and not yet sent, tests say nothing new.
MOST_TESTS_WAITING = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Where to tell what: everything, or what is about one State, or one treaty; of which kinds."""

    address: str
    state: State | None = None
    treaty: Treaty | None = None
    events: tuple[str, ...] = FACTS


@transaction.atomic
def make_webhook(*, user: User, wanted: Registration, at: datetime) -> tuple[Webhook, str]:
    """Return a new webhook, which is told what changes from now on, and its secret.

    The secret is never told again. Raise ValidationError where the address may not be told, the
    person has it already, or has as many as there may be.
    """
    User.objects.select_for_update().get(pk=user.pk)
    target_of(wanted.address)
    own = Webhook.objects.filter(user=user)
    if own.count() >= MOST_WEBHOOKS:
        sentence = _("You have as many webhooks as there may be. End one that you do not need.")
        raise ValidationError(sentence, code="most")
    if _is_there(own, wanted):
        raise ValidationError({"address": _same()})
    secret, kept = new_secret()
    made = Webhook(
        user=user,
        address=wanted.address,
        state=wanted.state,
        treaty=wanted.treaty,
        kinds=wanted.events,
        sealed_secret=kept,
        made_at=at,
        position=str(position_at(at)),
    )
    made.full_clean()
    made.save()
    note(what=What.WEBHOOK_MADE, at=at, by=user, account=user, about=str(made.pk))
    return made, secret


@transaction.atomic
def choose_kinds(*, user: User, pk: int, kinds: Collection[str], at: datetime) -> bool:
    """Say what a webhook is told from now on; return whether that was something else.

    Of a kind that is added nothing is told that is older than ``at``; of one that is taken out, what
    waits is forgotten. Raise ValidationError where the person has such a webhook already.
    """
    User.objects.select_for_update().get(pk=user.pk)
    own = Webhook.objects.filter(user=user)
    hook = own.select_for_update().filter(pk=pk).first()
    if hook is None:
        return False
    before, after = kinds_of(hook), tuple(kind for kind in KINDS if kind in kinds)
    if before == after:
        return False
    wanted = Registration(address=hook.address, state=hook.state, treaty=hook.treaty, events=after)
    if _is_there(own.exclude(pk=pk), wanted):
        raise ValidationError({"events": _same()})
    told = Position.parse(hook.position, since=hook.made_at)
    hook.kinds = after
    hook.position = str(told.moved_on({*after} - {*before}, to=position_at(at)))
    hook.full_clean()
    hook.save(update_fields=["kinds", "position"])
    ledger.forget(hook, {*before} - {*after})
    note(what=What.WEBHOOK_KINDS, at=at, by=user, account=user, about=str(pk))
    return True


@transaction.atomic
def end_webhook(*, user: User, pk: int, at: datetime) -> bool:
    """Tell the address nothing any more and forget its deliveries; return whether there was one."""
    gone, _rows = Webhook.objects.filter(user=user, pk=pk).delete()
    if gone:
        note(what=What.WEBHOOK_ENDED, at=at, by=user, account=user, about=str(pk))
    return bool(gone)


@transaction.atomic
def renew_secret(*, user: User, pk: int, at: datetime) -> str:
    """Return a new secret, by which everything is signed from now on; nothing where there is no such webhook."""
    secret, kept = new_secret()
    if not Webhook.objects.filter(user=user, pk=pk).update(sealed_secret=kept):
        return ""
    note(what=What.WEBHOOK_SECRET, at=at, by=user, account=user, about=str(pk))
    return secret


@transaction.atomic
def switch_webhook(*, user: User, pk: int, on: bool, at: datetime) -> bool:
    """Switch it off, or on again from what has changed since; return whether that was another state."""
    found = Webhook.objects.filter(user=user, pk=pk, off_since__isnull=not on)
    changed = found.update(
        off_since=None if on else at,
        off_because="" if on else Webhook.Off.OWNER,
        failures=0,
        failing_since=None,
        not_before=None,
    )
    if changed and on:
        ledger.hurry(pk)
    if changed:
        note(
            what=What.WEBHOOK_ON if on else What.WEBHOOK_OFF,
            at=at,
            by=user,
            account=user,
            about=str(pk),
        )
    return bool(changed)


@transaction.atomic
def test_webhook(*, user: User, pk: int, at: datetime) -> bool:
    """Let a message be sent that says nothing but that it is a test; return whether it will be.

    It will not be where there is no such webhook, where it is off, or where tests are waiting.
    """
    hook = Webhook.objects.live().select_for_update().filter(user=user, pk=pk).first()
    if (
        hook is None
        or ledger.rest_of(hook).filter(event__startswith="test-").count() >= MOST_TESTS_WAITING
    ):
        return False
    ledger.plan_test(hook, now=at)
    return True


@transaction.atomic
def send_again(*, user: User, pk: int, at: datetime) -> bool:
    """Let a delivery that failed or was taken be sent again, as the same message; return whether it will be.

    Raise ValidationError where it is of a kind that has been left out, or its content is gone.
    """
    hooks = Webhook.objects.select_for_update().filter(user=user, off_since=None)
    hook = hooks.filter(pk__in=WebhookDelivery.objects.filter(pk=pk).values("webhook")).first()
    row = WebhookDelivery.objects.filter(pk=pk, webhook=hook).first() if hook else None
    if hook is None or row is None or not row.is_over:
        return False
    if not row.can_go_again:
        raise ValidationError(_("It was not sent again: you may not see it any more."))
    if row.kind in KINDS and row.kind not in kinds_of(hook):
        raise ValidationError(_("It was not sent again: the webhook is told no more of its kind."))
    over = (WebhookDelivery.State.FAILED, WebhookDelivery.State.SENT)
    found = hook.deliveries.filter(pk=pk, state__in=over)
    return bool(ledger.plan_again(found, now=at))


def _is_there(own: WebhookQuerySet, wanted: Registration) -> bool:
    same = own.filter(address=wanted.address, state=wanted.state, treaty=wanted.treaty)
    return any(kinds_of(hook) == wanted.events for hook in same)


def _same() -> ValidationError:
    return ValidationError(_("You have this webhook already."), code="same")
