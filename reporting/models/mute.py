"""Alerts held back for a time."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import ForeignObject, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.models.account import Role, User
from reporting.models.contact import Contact
from reporting.models.obligation import Obligation
from reporting.models.state import State
from reporting.models.state_party import StateParty


class MuteQuerySet(models.QuerySet["Mute"]):
    """The mutes of a day."""

    def in_force(self, *, as_at: date, until: date | None = None) -> Self:
        """Keep those that hold something back on that day, or on one of the days until another."""
        return self.filter(starts_on__lte=until or as_at, until__gte=as_at).filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=as_at)
        )

    def seen_by(self, person: User) -> Self:
        """Keep what the person may see: a ministry those of its own States.

        Whoever is bound to treaties those of what is owed under these, and of contacts and States
        that the person sees.
        """
        if person.role != Role.MINISTRY:
            if not person.bound_to:
                return self
            return self.filter(
                Q(state_party__treaty__in=person.bound_to)
                | Q(contact__in=Contact.objects.seen_by(person).values("pk"))
                | Q(state__in=State.objects.filter(parties__treaty__in=person.bound_to))
            )
        own = person.states.all()
        return self.filter(
            Q(state__in=own) | Q(contact__state__in=own) | Q(state_party__state__in=own)
        )


class Mute(models.Model):
    """No alert on one obligation, to one contact or to one State, for a time and with a reason.

    ``until`` is the last day; it ends by itself on the day after.
    """

    state_party = models.ForeignKey(
        StateParty,
        models.CASCADE,
        verbose_name=_("State party"),
        related_name="mutes",
        null=True,
        blank=True,
    )
    obligation_key = models.CharField(_("key of the obligation"), max_length=100, null=True)  # noqa: DJ001 - part of a relation
    obligation = ForeignObject(
        Obligation,
        models.DO_NOTHING,
        from_fields=["state_party", "obligation_key"],
        to_fields=["state_party", "key"],
        related_name="mutes",
        null=True,
    )
    contact = models.ForeignKey(
        Contact,
        models.CASCADE,
        verbose_name=_("contact"),
        related_name="mutes",
        null=True,
        blank=True,
    )
    state = models.ForeignKey(
        State, models.CASCADE, verbose_name=_("State"), related_name="mutes", null=True, blank=True
    )
    starts_on = models.DateField(pgettext_lazy("first day", "from"))
    until = models.DateField(_("until and including"))
    because = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("muted by"),
        related_name="mutes",
        null=True,
    )
    made_at = models.DateTimeField(_("made at"))
    ended_on = models.DateField(_("ended early on"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("ended by"),
        related_name="+",
        null=True,
        blank=True,
    )

    objects = MuteQuerySet.as_manager()

    class Meta:
        verbose_name = _("mute")
        verbose_name_plural = _("mutes")
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="mute_is_of_one_thing",
                condition=Q(
                    state_party__isnull=False,
                    obligation_key__isnull=False,
                    contact__isnull=True,
                    state__isnull=True,
                )
                | Q(
                    state_party__isnull=True,
                    obligation_key__isnull=True,
                    contact__isnull=False,
                    state__isnull=True,
                )
                | Q(
                    state_party__isnull=True,
                    obligation_key__isnull=True,
                    contact__isnull=True,
                    state__isnull=False,
                ),
                violation_error_message=_("Mute an obligation, a contact or a State: one of them."),
            ),
            models.CheckConstraint(
                name="mute_says_why",
                condition=~Q(because=""),
                violation_error_message=_("Say why alerts are held back."),
            ),
            models.CheckConstraint(
                name="mute_ends_after_it_starts",
                condition=Q(until__gte=models.F("starts_on")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.contact or self.state or self.obligation_key)

    @property
    def what(self) -> str:
        """What it is of, as a reader says it."""
        if self.obligation:
            return f"{self.obligation.state_party.state}, {self.obligation.title}"
        return self.contact.name if self.contact else str(self.state or self.obligation_key)

    @property
    def about(self) -> State | None:
        """The State whose alerts it holds back; none for a contact of the secretariat."""
        if self.state_party:
            return self.state_party.state
        return self.contact.state if self.contact else self.state

    def is_in_force(self, *, as_at: date) -> bool:
        """Whether it holds something back on that day."""
        ended = self.ended_on is not None and self.ended_on <= as_at
        return self.starts_on <= as_at <= self.until and not ended
