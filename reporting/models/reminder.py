"""The ledger of what is written to people: a row before it is a mail."""

from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import ForeignObject, Q
from django.db.models.functions import Now
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from reporting.models.account import Role, User
from reporting.models.contact import Contact
from reporting.models.fields import PartialDateField
from reporting.models.mute import Mute
from reporting.models.obligation import Obligation
from reporting.models.state_party import StateParty


class Message(models.Model):
    """One e-mail to one reader, with what stood in it; several reminders can share it.

    Its number is in the Message-ID, so that every copy of the mail that may ever go out has the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    to = models.EmailField(_("sent to"))
    language = models.CharField(_("language"), max_length=10)
    subject = models.TextField(_("subject"), blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    calendar = models.TextField(_("calendar file"), blank=True)
    made_at = models.DateTimeField(_("made at"))
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True)

    objects: ClassVar[models.Manager["Message"]] = models.Manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.subject or str(self.pk)

    @property
    def message_id(self) -> str:
        """The Message-ID header: the same for every copy."""
        return f"<{self.pk.hex}@{settings.MESSAGE_ID_DOMAIN}>"


class Occasion(models.TextChoices):
    """What a reminder is written for."""

    ALERT = "alert", _("alert")
    ESCALATION = "escalation", _("escalation")
    REQUESTED = "requested", _("new request")
    DATE_SET = "date set", _("date set or moved")
    RETURNED = "returned", _("report returned")
    CONFIRMED = "confirmed", _("receipt confirmed")
    WORKLIST = "worklist", _("worklist of the secretariat")


def alert_words(occasion: str, days_before: int | None) -> str:
    """Say which one it is: "30 days before", "on the day", or what it is written for.

    >>> alert_words("alert", -1), alert_words("worklist", None)
    ('1 day after', 'worklist of the secretariat')
    """
    if days_before is None and occasion == Occasion.ALERT:
        return gettext("sent by hand")
    if days_before is None:
        return str(Occasion(occasion).label)
    if days_before == 0:
        days = gettext("on the day")
    elif days_before > 0:
        days = ngettext("%(days)s day before", "%(days)s days before", days_before)
    else:
        days = ngettext("%(days)s day after", "%(days)s days after", -days_before)
    said = days % {"days": abs(days_before)}
    if occasion == Occasion.ESCALATION:
        return gettext("escalation, %(days)s") % {"days": said}
    return said


# One mail a day tells of all of these together; of every other occasion each has a mail of its own.
TOGETHER = (Occasion.ALERT, Occasion.ESCALATION)


class Why(models.TextChoices):
    """Why a reminder is where it is, where that does not go without saying."""

    OVERTAKEN = "overtaken", _("overtaken by a later alert")
    MUTED = "muted", _("held back by a mute")
    ENDED = "ended", _("the duty was met or ended")
    MOVED = "moved", _("the due date moved")
    REVERSED = "reversed", _("what it was to tell was taken back")
    NOT_TOLD = "not told", _("the reader is not told any more")
    WAITING = "waiting", _("the mail server asked to wait")
    UNREACHABLE = "unreachable", _("the mail server could not be reached")
    ADDRESS = "address", _("the mail server refused the address")
    REJECTED = "rejected", _("the mail server refused the mail")
    NO_RECORD = "no record", _("the reports under the treaty are not on record")
    GIVEN_UP = "given up", _("the mail server asked to wait for too long")
    BROKEN = "broken", _("the mail could not be written")
    LOST = "lost", _("its sender was lost twice; it may have gone out")
    RESTORED = "restored", _("held back after a restore; it may have gone out since the backup")


# A failure that says nothing of whether the reader has the mail.
MAY_HAVE_GONE_OUT = (Why.LOST, Why.RESTORED)


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """The questions that the steps of the ledger ask."""

    def due(self, *, as_at: date, now: datetime) -> Self:
        """Keep what is to be sent and waits for nothing, nor for its duty to arise.

        Where the clock has been set back over midnight, it can have been planned on a later day.
        """
        return self.filter(
            Q(not_before__isnull=True) | Q(not_before__lte=now),
            Q(obligation__arises_on__isnull=True) | Q(obligation__arises_on__lte=as_at),
            state=Reminder.State.PLANNED,
            planned_for__lte=as_at,
        )

    def revocable(self) -> Self:
        """Keep what has not been handed to a mail server, so that nobody can have read it."""
        return self.filter(
            state__in=(Reminder.State.PLANNED, Reminder.State.SENDING), handed_at__isnull=True
        )

    def unread(self) -> Self:
        """Keep what nobody can have read: what is revocable, and what failed and was not lost."""
        failed = Q(state=Reminder.State.FAILED) & ~Q(reason__in=MAY_HAVE_GONE_OUT)
        return self.revocable() | self.filter(failed)

    def seen_by(self, person: User) -> Self:
        """Keep what the person may see: a ministry what its State is told.

        The secretariat all; whoever is bound to treaties what is told under these.
        """
        if person.role != Role.MINISTRY:
            if not person.bound_to:
                return self
            lists = Q(
                state_party__isnull=True, contact__in=Contact.objects.seen_by(person).values("pk")
            )
            return self.filter(Q(state_party__treaty__in=person.bound_to) | lists)
        own = person.states.all()
        return self.filter(
            Q(contact__state__in=own) | Q(person__role=Role.MINISTRY, state_party__state__in=own)
        )

    def change(self, state: str, *, reason: str = "", now: Any = None, **also: Any) -> int:
        """Put the rows in another state, with the moment (the database's own) and the reason."""
        return self.update(state=state, state_since=now or Now(), reason=reason, **also)


class Reminder(models.Model):
    """One reader told of one thing, once: of an obligation so many days before its date, or of an event.

    It names the obligation by its key, which stays when the rows of a timetable are built again; the
    row itself may be gone. ``days_before`` is negative after the due date.
    """

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", _("planned")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        SKIPPED = "skipped", _("skipped")
        CANCELLED = "cancelled", _("cancelled")

    occasion = models.CharField(_("occasion"), max_length=20, choices=Occasion.choices)
    contact = models.ForeignKey(
        Contact,
        models.PROTECT,
        verbose_name=_("contact"),
        related_name="reminders",
        null=True,
        blank=True,
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("person with an account"),
        related_name="reminders",
        null=True,
        blank=True,
    )
    state_party = models.ForeignKey(
        StateParty,
        models.PROTECT,
        verbose_name=_("State party"),
        related_name="reminders",
        null=True,
        blank=True,
    )
    obligation_key = models.CharField(_("key of the obligation"), max_length=100, null=True)  # noqa: DJ001 - part of a relation
    obligation = ForeignObject(
        Obligation,
        models.DO_NOTHING,
        from_fields=["state_party", "obligation_key"],
        to_fields=["state_party", "key"],
        related_name="reminders",
        null=True,
    )
    due_on = PartialDateField(_("due on"), null=True, blank=True)
    days_before = models.IntegerField(_("days before the due date"), null=True, blank=True)
    event = models.CharField(_("event"), max_length=100, blank=True)
    places = models.JSONField(_("what stands in it"), default=dict, blank=True)
    planned_for = models.DateField(_("planned for"))
    planned_at = models.DateTimeField(_("planned at"))
    state = models.CharField(
        pgettext_lazy("of a reminder", "state"),
        max_length=10,
        choices=State.choices,
        default=State.PLANNED,
    )
    state_since = models.DateTimeField(_("in this state since"))
    reason = models.CharField(_("reason"), max_length=20, choices=Why.choices, blank=True)
    error = models.TextField(_("what the mail server said"), blank=True)
    mute = models.ForeignKey(
        Mute,
        models.SET_NULL,
        verbose_name=_("held back by"),
        related_name="held",
        null=True,
        blank=True,
    )
    message = models.ForeignKey(
        Message,
        models.SET_NULL,
        verbose_name=_("message"),
        related_name="reminders",
        null=True,
        blank=True,
    )
    claim = models.UUIDField(_("claim of a sender"), null=True, blank=True)
    handed_at = models.DateTimeField(_("handed to the mail server at"), null=True, blank=True)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    releases = models.PositiveSmallIntegerField(_("times taken from a lost sender"), default=0)

    # In these its reader is told of it, or will be: of the same thing nothing earlier follows.
    TELLING: ClassVar[tuple[str, ...]] = (State.PLANNED, State.SENDING, State.SENT)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["planned_for", "pk"]
        constraints = [
            # The date is part of it: where it moves, the reader is told of the new one.
            models.UniqueConstraint(
                fields=[
                    *("state_party", "obligation_key", "due_on"),
                    *("contact", "days_before", "occasion"),
                ],
                name="reminder_once_an_offset",
                condition=Q(days_before__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["contact", "event"],
                name="reminder_once_an_event_and_contact",
                condition=~Q(event="") & Q(contact__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person", "event"],
                name="reminder_once_an_event_and_person",
                condition=~Q(event="") & Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="reminder_has_one_reader",
                condition=Q(contact__isnull=False, person__isnull=True)
                | Q(contact__isnull=True, person__isnull=False),
            ),
            models.CheckConstraint(
                name="reminder_has_an_offset_or_an_event",
                condition=Q(days_before__isnull=False, due_on__isnull=False, event="")
                | (Q(days_before__isnull=True) & ~Q(event="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["planned_for", "not_before"],
                name="reminder_to_send",
                condition=Q(state="planned"),
            ),
            models.Index(
                fields=["state_since"], name="reminder_being_sent", condition=Q(state="sending")
            ),
            models.Index(fields=["state_since"], name="reminder_sent", condition=Q(state="sent")),
        ]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()}, {self.reader}, {self.planned_for.isoformat()}"

    @property
    def sent_at(self) -> datetime | None:
        """When the mail server took it; None where it has not."""
        return self.state_since if self.state == self.State.SENT else None

    @property
    def reader(self) -> Any:
        """Who is told: a contact, or a person with an account."""
        return self.contact or self.person

    @property
    def reader_is_told(self) -> bool:
        """Whether mail goes to that reader."""
        return self.contact.is_told if self.contact else bool(self.person and self.person.is_active)
