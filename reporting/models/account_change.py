"""What was changed about an account, by whom and when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountChange(models.Model):
    """One thing that was changed about an account; it stays when the one who did it is gone."""

    class Field(models.TextChoices):
        """What can be changed."""

        ROLE = "role", _("Role")
        STATES = "states", _("States")
        TREATIES = "treaties", _("Treaties")
        ACTIVE = "active", _("May sign in")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("account"),
        related_name="changes",
    )
    field = models.CharField(_("what"), max_length=10, choices=Field.choices)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("changed by"),
        related_name="+",
        null=True,
    )
    at = models.DateTimeField(_("changed at"))

    objects: ClassVar[models.Manager["AccountChange"]] = models.Manager()

    class Meta:
        verbose_name = _("change of an account")
        verbose_name_plural = _("changes of accounts")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_field_display()}"
