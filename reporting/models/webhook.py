"""Addresses of other programs that are told of changes, and the ledger of what they are told."""

import json
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.models.state import State
from reporting.models.treaty import Treaty

LONGEST_ADDRESS = 500


def event_of(kind: str) -> str:
    """Return the name of a kind of what is told, by which it is chosen, or of a change."""
    return kind.replace(" ", "-")


class Trouble(models.TextChoices):
    """Why something was not delivered."""

    REFUSED = "refused", _("the address is not on the public network, or not allowed")
    UNKNOWN = "unknown", _("the name of the host was not found")
    UNREACHABLE = "unreachable", _("the connection could not be made, or broke off")
    UNSAFE = "unsafe", _("the certificate of the host does not hold")
    SILENT = "silent", _("there was no answer in time")
    REDIRECT = "redirect", _("it answered with another address, which is not followed")
    CODE = "code", _("it answered that it did not take it")
    GONE = "gone", _("it answered that it is gone for good")
    BROKEN = "broken", _("what it answered could not be read")
    LOST = "lost", _("the sender was lost twice; it may have gone out")
    HIDDEN = "hidden", _("you may not see it any more; it was not sent")


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """The questions that the ledger asks."""

    def live(self) -> Self:
        """Keep those that are on, of people who may sign in."""
        return self.filter(off_since__isnull=True, user__is_active=True)

    def ready(self, now: datetime) -> Self:
        """Keep those of them that wait for nothing."""
        return self.live().filter(Q(not_before__isnull=True) | Q(not_before__lte=now))


class Webhook(models.Model):
    """An address that is told what is recorded, corrected and taken off, as far as its owner may see it.

    ``position`` says up to where the histories have been told, as the cursor of the API does. While
    deliveries fail, one after the other, ``failures`` counts and nothing goes out before ``not_before``.
    """

    class Off(models.TextChoices):
        """Who switched it off."""

        OWNER = "owner", _("switched off by you")
        FAILING = "failing", _("switched off because nothing could be delivered for days")
        GONE = "gone", _("switched off because the address answered that it is gone for good")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("user"),
        related_name="webhooks",
    )
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS)
    state = models.ForeignKey(
        State, models.CASCADE, verbose_name=_("State"), related_name="+", null=True, blank=True
    )
    treaty = models.ForeignKey(
        Treaty, models.CASCADE, verbose_name=_("treaty"), related_name="+", null=True, blank=True
    )
    # Names of kinds as the log of changes has them; none is the facts.
    kinds = models.JSONField(_("what is told"), null=True, blank=True)
    sealed_secret = models.TextField(_("secret, encrypted"))
    made_at = models.DateTimeField(_("made at"))
    position = models.CharField(_("told up to"), max_length=100)
    failures = models.PositiveIntegerField(_("failures since the last success"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    off_since = models.DateTimeField(_("switched off at"), null=True, blank=True)
    off_because = models.CharField(
        _("switched off because"), max_length=10, choices=Off.choices, blank=True
    )

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.address


class WebhookDelivery(models.Model):
    """One change told to one address: a row before it is a request."""

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", pgettext_lazy("of a delivery", "waits")
        SENDING = "sending", pgettext_lazy("of a delivery", "being sent")
        SENT = "sent", pgettext_lazy("of a delivery", "delivered")
        FAILED = "failed", pgettext_lazy("of a delivery", "failed")

    # The same in every attempt: by it the receiver knows what it has already.
    message_id = models.UUIDField(_("number of the message"), default=uuid4, unique=True)
    webhook = models.ForeignKey(
        Webhook, models.CASCADE, verbose_name=_("webhook"), related_name="deliveries"
    )
    event = models.CharField(_("event"), max_length=60)
    body = models.TextField(_("body"))
    planned_at = models.DateTimeField(_("planned at"))
    state = models.CharField(
        pgettext_lazy("of a delivery", "state"),
        max_length=10,
        choices=State.choices,
        default=State.PLANNED,
    )
    state_since = models.DateTimeField(_("in this state since"))
    trouble = models.CharField(_("reason"), max_length=20, choices=Trouble.choices, blank=True)
    code = models.PositiveSmallIntegerField(_("code of the answer"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    claim = models.UUIDField(_("claim of a sender"), null=True, blank=True)
    handed_at = models.DateTimeField(_("request begun at"), null=True, blank=True)
    releases = models.PositiveSmallIntegerField(_("times taken from a lost sender"), default=0)

    objects: ClassVar[models.Manager["WebhookDelivery"]] = models.Manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="webhook_delivery_once")
        ]
        indexes = [
            models.Index(
                fields=["planned_at"],
                name="webhook_delivery_to_send",
                condition=Q(state="planned"),
            ),
            models.Index(
                fields=["webhook"],
                name="webhook_delivery_being_sent",
                condition=Q(state="sending"),
            ),
        ]

    def __str__(self) -> str:
        return self.event

    @property
    def kind(self) -> str:
        """The kind of what it tells of; that of a test is none of the log."""
        return self.event.rpartition("-")[0]

    @property
    def name(self) -> str:
        """What it tells of, by the name by which that is chosen, and its number."""
        return event_of(self.event)

    @property
    def header_id(self) -> str:
        """The number of the message as the receiver is told it."""
        return f"msg_{self.message_id.hex}"

    @property
    def told(self) -> dict[str, Any]:
        """What stands in the body; nothing where its owner may not see it any more."""
        read: dict[str, Any] = json.loads(self.body) if self.body else {}
        return read

    @property
    def next_at(self) -> datetime | None:
        """The moment before which it is not tried: its own or that of its address, the later one."""
        moments = (self.not_before, self.webhook.not_before)
        waits = self.state == self.State.PLANNED and self.webhook.off_since is None
        return max((each for each in moments if each), default=None) if waits else None

    @property
    def can_go_again(self) -> bool:
        """Whether it is over, and there is still something to send."""
        return self.is_over and self.trouble != Trouble.HIDDEN

    @property
    def is_over(self) -> bool:
        """Whether it was taken, or failed for good."""
        return self.state in {self.State.SENT, self.State.FAILED}
