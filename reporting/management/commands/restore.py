"""Put a backup in place."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from reporting.management.command import TranslatedCommand
from reporting.services.audit import What, note
from reporting.services.backup.archive import BackupError
from reporting.services.backup.restoring import restore
from reporting.services.reminder.after_restore import hold_what_is_due


class Command(TranslatedCommand):
    """All of it or nothing: where it fails, what was there is there still."""

    summary = gettext_lazy(
        "Put what `backup` wrote into the database and the storage that the settings name."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether what is there may go."""
        parser.add_argument("file", help=gettext("the archive that `backup` wrote"))
        parser.add_argument(
            "--replace", action="store_true", help=gettext("delete what is in the database now")
        )

        parser.add_argument(
            "--hold-alerts",
            action="store_true",
            help=gettext("send nothing that is due now: it may have gone out since the backup"),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore, and print how much; exit with 1 where nothing was restored."""
        try:
            made = restore(path=Path(options["file"]), replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        note(what=What.RESTORED, at=timezone.now(), about=f"backup of {made.made_at}")
        self.stdout.write(
            gettext(
                "Restored as it was at %(moment)s are rows: %(rows)s, tables: %(tables)s, "
                "files: %(files)s."
            )
            % {
                "moment": made.made_at,
                "rows": made.rows,
                "tables": len(made.tables),
                "files": made.files,
            }
        )
        if options["hold_alerts"]:
            held = hold_what_is_due(as_at=timezone.localdate(), now=timezone.now())
            self.stdout.write(
                gettext("Reminders held back, to be looked at under “Failed”: %(count)s.")
                % {"count": held}
            )
