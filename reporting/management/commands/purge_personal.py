"""Delete personal data that is older than it is kept."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from reporting.management.command import TranslatedCommand
from reporting.services.retention import old_personal_data, purge_personal_data


class Command(TranslatedCommand):
    """What beat has done every night; the settings say how long."""

    summary = gettext_lazy(
        "Delete invitations and sessions that are over, and empty old mails, as the settings say."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to delete."""
        parser.add_argument(
            "--dry-run", action="store_true", help=gettext("print how many, delete none")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Delete, and print how many."""
        now = timezone.now()
        said = gettext(
            "Deleted are invitations: %(invitations)s, sessions: %(sessions)s, refused sign-ins: "
            "%(attempts)s; emptied are mails: %(mails)s."
        )
        if options["dry_run"]:
            said = gettext(
                "Over are invitations: %(invitations)s, sessions: %(sessions)s, refused sign-ins: "
                "%(attempts)s, mails: %(mails)s."
            )
        made = old_personal_data(now=now) if options["dry_run"] else purge_personal_data(now=now)
        self.stdout.write(said % asdict(made))
