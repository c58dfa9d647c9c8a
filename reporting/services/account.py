"""Accounts: who can sign in."""

import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.translation import gettext

from reporting.emails import render
from reporting.models import State, User
from reporting.models.account import Role
from reporting.services.mail import send

FILE_NAME = "demonstration-accounts.json"
# Each account: its e-mail address, its name, its role and the State that it acts for.
DEMONSTRATION = (
    ("secretariat@example.org", "Secretariat (demonstration)", Role.SECRETARIAT, ""),
    ("ministry.idn@example.org", "Ministry of Indonesia (demonstration)", Role.MINISTRY, "IDN"),
    ("administrator@example.org", "Administrator (demonstration)", Role.ADMINISTRATOR, ""),
)


@dataclass(frozen=True)
class DemonstrationAccount:
    """An account to try the application with; no password where somebody has changed it."""

    email: str
    role: Role
    password: str | None


@transaction.atomic
def ensure_demonstration_accounts(*, folder: Path) -> list[DemonstrationAccount]:
    """Return the demonstration accounts, made with random passwords where they are missing.

    The passwords are made once and kept in a file of this folder that only its owner can read.
    Raise ImproperlyConfigured outside the embedded mode: such accounts are for one's own machine.
    """
    if not settings.EMBEDDED:
        message = gettext("Demonstration accounts are made in the embedded mode only.")
        raise ImproperlyConfigured(message)
    passwords = _kept_passwords(folder / FILE_NAME)
    return [_ensure(*row, password=passwords[row[0]]) for row in DEMONSTRATION]


def send_password_reset(*, email: str, link: str, language: str) -> None:
    """Send the link by which the owner of the account chooses a new password; without one nothing."""
    if link:
        rendered = render("password_reset", context={"link": link}, language=language)
        send(rendered=rendered, to=email)


def _ensure(email: str, name: str, role: Role, iso3: str, *, password: str) -> DemonstrationAccount:
    user = User.objects.filter(email=email).first()
    user = user or _create(email, name=name, role=role, iso3=iso3, password=password)
    return DemonstrationAccount(email, role, password if user.check_password(password) else None)


def _create(email: str, *, name: str, role: Role, iso3: str, password: str) -> User:
    rights: dict[str, Any] = {"name": name, "role": role}
    if role == Role.ADMINISTRATOR:
        return User.objects.create_superuser(email, password, **rights)
    user = User.objects.create_user(email, password, **rights)
    user.states.set(State.objects.filter(iso3=iso3))
    return user


def _kept_passwords(path: Path) -> dict[str, str]:
    """Return the password of each account, from the file where it stands there."""
    try:
        kept: dict[str, str] = json.loads(path.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        kept = {}  # what a broken file kept is lost, and shown as not known
    passwords = {row[0]: kept.get(row[0]) or secrets.token_urlsafe(12) for row in DEMONSTRATION}
    if passwords != kept:
        _keep(passwords, path)
    return passwords


def _keep(passwords: dict[str, str], path: Path) -> None:
    """Write the file whole and readable by its owner only (mkstemp makes it with mode 600)."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w") as file:
        json.dump(passwords, file, indent=2)
    Path(draft).replace(path)
