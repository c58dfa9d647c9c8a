"""The people who sign in."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from reporting.models.text import StraightTexts


class Role(models.TextChoices):
    """What a person is to the tracker."""

    MINISTRY = "ministry", _("Ministry of a State party")
    SECRETARIAT = "secretariat", _("Committee secretariat")
    ADMINISTRATOR = "administrator", _("Administrator")


class UserManager(BaseUserManager["User"]):
    """Users by e-mail address, which is compared without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this e-mail address, however it is capitalised."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user who signs in with ``email``; no password means that none works."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an administrator with every permission."""
        fields.setdefault("role", Role.ADMINISTRATOR)
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(StraightTexts, AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail address and acts in one role."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    states = models.ManyToManyField(
        "reporting.State", verbose_name=_("States"), blank=True, related_name="users"
    )
    # For the secretariat; none is every treaty.
    treaties = models.ManyToManyField(
        "reporting.Treaty", verbose_name=_("treaties"), blank=True, related_name="users"
    )
    # The language of pages and of mails to the account; empty is what the browser asks for.
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, blank=True, default=""
    )
    is_staff = models.BooleanField(_("may use the repair pages"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("account made on"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                name="user_email_is_lower_case",
                condition=models.Q(email=Lower("email")),
                violation_error_message=_("Write the e-mail address in lower case."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def bound_to(self) -> frozenset[int]:
        """Return the numbers of the treaties beyond which the person does nothing; none is no bound."""
        if self.role != Role.SECRETARIAT:
            return frozenset()
        return frozenset(self.treaties.values_list("pk", flat=True))
