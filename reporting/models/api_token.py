"""What a program shows so that it may act for a person."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.models.text import StraightTexts


class Scope(models.TextChoices):
    """What a token is good for; what the person may not do, it may not either."""

    READ = "read", _("read what is on record")
    FILE = "file", _("read, and file reports")
    WEBHOOKS = "webhooks", _("read, and manage webhooks")


class ApiToken(StraightTexts, models.Model):
    """A token of a person, kept as its hash: whoever reads the database has no token."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("user"),
        related_name="api_tokens",
    )
    name = models.CharField(_("name"), max_length=60)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope.choices)
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    objects: ClassVar[models.Manager["ApiToken"]] = models.Manager()

    class Meta:
        verbose_name = _("token of a program")
        verbose_name_plural = _("tokens of programs")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def may_file(self) -> bool:
        """Whether a program may file with it what its person may file."""
        return self.scope == Scope.FILE

    @property
    def may_manage_webhooks(self) -> bool:
        """Whether a program may say with it where its person's changes are told."""
        return self.scope == Scope.WEBHOOKS
