"""The private calendar of a person, behind an address that is its own proof."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarLink(models.Model):
    """The one address at which a person's calendar is read; making another one ends the first.

    The token in the address is kept as its hash, so that whoever reads the database has no address.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("user"),
        related_name="calendar_link",
    )
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))
    last_used_at = models.DateTimeField(_("last read at"), null=True, blank=True)

    objects: ClassVar[models.Manager["CalendarLink"]] = models.Manager()

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")

    def __str__(self) -> str:
        return str(self.user)
