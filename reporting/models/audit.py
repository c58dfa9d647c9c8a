"""Who did what, beside the histories of the facts: a log that is only added to.

The database holds that too (migration 0012, triggers): a row is changed never, and goes only while a
row of AuditOpening says up to when.
"""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AddedOnlyError(TypeError):
    """Somebody wanted to change or delete a row of the audit log."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("The audit log is only added to.")


class AddedOnly(models.QuerySet["AuditEntry"]):
    """Rows that are added and read."""

    def update(self, **_values: Any) -> NoReturn:
        """Refuse."""
        raise AddedOnlyError

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AddedOnlyError

    def bulk_update(self, *_args: Any, **_values: Any) -> NoReturn:
        """Refuse."""
        raise AddedOnlyError


class AuditEntry(models.Model):
    """One thing that somebody did, or tried.

    ``account`` is the one that it was done to, where that is another one or nobody has signed in yet.
    ``about`` names things by what they are in addresses; never by an e-mail address.
    """

    class What(models.TextChoices):
        """What is noted."""

        SIGNED_IN = "signed in", _("signed in")
        REFUSED = "refused", _("sign-in refused")
        LOCKED_OUT = "locked out", _("locked out after wrong passwords")
        SIGNED_OUT = "signed out", _("signed out")
        SESSION_CLOSED = "session closed", _("session closed")
        EXPORTED = "exported", _("took a file of what is on record")
        READ = "read", _("read a document")
        PASSWORD = "password", _("password changed")
        FACTOR_ADDED = "factor added", _("second step added")
        FACTOR_REMOVED = "factor removed", _("second step removed")
        FACTOR_RESET = "factor reset", _("recovery codes made anew")
        INVITED = "invited", _("invited somebody")
        INVITATION_WITHDRAWN = "withdrawn", _("invitation withdrawn")
        ACCOUNT_MADE = "account made", _("account made by invitation")
        REPAIRED = "repaired", _("account changed on the pages for repair")
        LINK_MADE = "link made", _("address of a calendar made")
        LINK_ENDED = "link ended", _("address of a calendar ended")
        TOKEN_MADE = "token made", _("token of a program made")
        TOKEN_ENDED = "token ended", _("token of a program ended")
        WEBHOOK_MADE = "webhook made", _("webhook made")
        WEBHOOK_ENDED = "webhook ended", _("webhook ended")
        WEBHOOK_OFF = "webhook off", _("webhook switched off")
        WEBHOOK_ON = "webhook on", _("webhook switched on")
        WEBHOOK_KINDS = "webhook kinds", _("other changes chosen for a webhook")
        WEBHOOK_SECRET = "webhook secret", _("secret of a webhook made anew")
        IMPORTED = "imported", _("put a list on record")
        PERSON_EXPORTED = "person exported", _("took what is stored about a person")
        PERSON_ERASED = "person erased", _("erased a person")
        RESTORED = "restored", _("a backup was restored")
        PURGED = "purged", _("old entries deleted")

    at = models.DateTimeField(pgettext_lazy("when something was done", "at"), db_index=True)
    what = models.CharField(_("what"), max_length=20, choices=What.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=pgettext_lazy("who did something", "by"),
        related_name="+",
        null=True,
        blank=True,
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("account"),
        related_name="+",
        null=True,
        blank=True,
    )
    about = models.CharField(
        pgettext_lazy("what something was about", "about"), max_length=300, blank=True
    )
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)

    objects: ClassVar[models.Manager["AuditEntry"]] = AddedOnly.as_manager()

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at.isoformat()} {self.what} {self.about}".rstrip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it; refuse to change one that is there."""
        if not self._state.adding:
            raise AddedOnlyError
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AddedOnlyError


class AuditOpening(models.Model):
    """Lets the log lose its entries from before a moment, while the row is there: in one transaction.

    Nobody else sees it. A row instead of a switch of the session, since SQLite has none.
    """

    before = models.DateTimeField(_("before"))

    objects: ClassVar[models.Manager["AuditOpening"]] = models.Manager()

    class Meta:
        verbose_name = _("opening of the audit log")
        verbose_name_plural = _("openings of the audit log")

    def __str__(self) -> str:
        return self.before.isoformat()
