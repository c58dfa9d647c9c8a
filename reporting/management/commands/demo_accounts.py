"""`manage.py demo_accounts`: make the demonstration accounts and print how to sign in."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.utils.translation import gettext, gettext_lazy

from reporting.management.command import TranslatedCommand
from reporting.services.account import ensure_demonstration_accounts


class Command(TranslatedCommand):
    """Print one line an account: e-mail address, password, role."""

    summary = gettext_lazy(
        "Make the demonstration accounts (embedded mode only) and print how to sign in."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the accounts."""
        try:
            accounts = ensure_demonstration_accounts(folder=Path(settings.VAR_DIR))
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        for account in accounts:
            password = account.password or gettext("(password changed)")
            self.stdout.write(f"  {account.email:<28}{password:<20}{account.role.label}")
