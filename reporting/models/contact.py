"""The people who are told."""

from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reporting.models.fact import Tracked
from reporting.models.state import State


class ContactQuerySet(models.QuerySet["Contact"]):
    """Who is told."""

    def told(self) -> Self:
        """Keep the active ones who have not unsubscribed and whose address takes mail."""
        return self.filter(active=True, unsubscribed_at__isnull=True, refused_at__isnull=True)


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
        ordering = ["state__name", "role", "name"]
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

    @property
    def is_told(self) -> bool:
        """Whether mail goes to this contact."""
        return self.active and self.unsubscribed_at is None and self.refused_at is None
