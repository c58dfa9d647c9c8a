"""Put a backup in place."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.management.text import counted
from reporting.services.backup.archive import BackupError
from reporting.services.backup.restoring import restore


class Command(BaseCommand):
    """All of it or nothing: where it fails, what was there is there still."""

    help = "Put what `backup` wrote into the database and the storage that the settings name."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and whether what is there may go."""
        parser.add_argument("file", help="the archive that `backup` wrote")
        parser.add_argument(
            "--replace", action="store_true", help="delete what is in the database now"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore, and print how much; exit with 1 where nothing was restored."""
        try:
            made = restore(path=Path(options["file"]), replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{counted(made.rows, 'row')} of {counted(len(made.tables), 'table')} and "
            f"{counted(made.files, 'file')} are restored, as they were at {made.made_at}."
        )
