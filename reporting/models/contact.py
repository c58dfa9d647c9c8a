"""The people who are told."""

from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reporting.models.account import Role, User
from reporting.models.fact import Tracked
from reporting.models.state import State
from reporting.models.state_party import StateParty
from reporting.models.treaty import Treaty


class ContactQuerySet(models.QuerySet["Contact"]):
    """Who is told."""

    def told(self) -> Self:
        """Keep the active ones who have not unsubscribed and whose address takes mail."""
        return self.filter(active=True, unsubscribed_at__isnull=True, refused_at__isnull=True)

    def seen_by(self, person: User) -> Self:
        """Keep what the person may see: a ministry those of its own States.

        Whoever is bound to treaties sees those of their States parties, and those of the secretariat
        who are told of one of them.
        """
        if person.role == Role.MINISTRY:
            return self.filter(state__in=person.states.all())
        if not person.bound_to:
            return self
        parties = StateParty.objects.filter(treaty__in=person.bound_to)
        told = self.model.treaties.through.objects
        bound, mine = told.all(), told.filter(treaty__in=person.bound_to)
        of_desk = Q(state__isnull=True) & (
            ~Q(pk__in=bound.values("contact")) | Q(pk__in=mine.values("contact"))
        )
        return self.filter(Q(state__in=parties.values("state")) | of_desk)


class Contact(Tracked, models.Model):
    """A reader of e-mail alerts: of a State, or of the secretariat where there is none."""

    class Role(models.TextChoices):
        """What the person is to the report."""

        FOCAL_POINT = "focal point", _("focal point")
        ALTERNATE = "alternate", _("alternate focal point")
        PERMANENT_MISSION = "permanent mission", _("Permanent Mission")
        VALIDATING_AUTHORITY = "validating authority", _("validating authority")
        DESK_OFFICER = "desk officer", _("desk officer of the secretariat")

    state = models.ForeignKey(
        State,
        models.CASCADE,
        verbose_name=_("State"),
        related_name="contacts",
        null=True,
        blank=True,
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    name = models.CharField(
        _("name"),
        max_length=200,
        validators=[
            RegexValidator(r"[\r\n]", _("Write the name on one line."), inverse_match=True)
        ],
    )
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default="en"
    )
    # Of a contact of the secretariat: of which treaties it is told; none is of every one.
    treaties = models.ManyToManyField(
        Treaty, verbose_name=_("treaties"), blank=True, related_name="desk_officers"
    )
    active = models.BooleanField(_("is told"), default=True)
    unsubscribed_at = models.DateTimeField(_("unsubscribed at"), null=True, blank=True)
    refused_at = models.DateTimeField(
        _("refused by the mail server at"), null=True, blank=True, editable=False
    )
    refused_because = models.TextField(_("what the mail server said"), blank=True, editable=False)
    added_on = models.DateField(_("added on"), null=True, blank=True, editable=False)
    history = HistoricalRecords()

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["state", "role", "name"]
        constraints = [
            models.UniqueConstraint(
                "state",
                "email",
                name="contact_once_a_state",
                violation_error_message=_("This address is a contact already."),
            ),
            models.UniqueConstraint(
                "email",
                name="contact_once_in_the_secretariat",
                condition=models.Q(state__isnull=True),
                violation_error_message=_("This address is a contact already."),
            ),
            models.CheckConstraint(
                name="contact_desk_officers_are_of_the_secretariat",
                condition=models.Q(state__isnull=True, role="desk officer")
                | (models.Q(state__isnull=False) & ~models.Q(role="desk officer")),
                violation_error_message=_(
                    "A desk officer belongs to the secretariat; every other contact to a State."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    def is_told_of(self, treaty: int) -> bool:
        """Whether alerts under the treaty of that number are for this contact."""
        mine = {each.pk for each in self.treaties.all()} if self.state_id is None else set()
        return not mine or treaty in mine

    @property
    def is_told(self) -> bool:
        """Whether mail goes to this contact."""
        return self.active and self.unsubscribed_at is None and self.refused_at is None
