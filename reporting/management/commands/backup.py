"""Write a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reporting.management.arguments import refuse
from reporting.management.text import counted
from reporting.services.backup.archive import BackupError
from reporting.services.backup.writing import back_up


class Command(BaseCommand):
    """The application may run meanwhile; the archive is of the moment at which it was begun."""

    help = "Write everything on record, with its files, into one archive that `restore` reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", help="the archive, which is not there yet")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write, and print how much; exit with 1 where a file was lost before."""
        path = Path(options["file"])
        if not path.parent.is_dir():
            sentence = f"“{path.parent}” is not a folder."
            raise refuse(sentence)
        try:
            made = back_up(path=path, now=timezone.now())
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{counted(made.rows, 'row')} of {counted(len(made.tables), 'table')} "
            f"and {counted(made.files, 'file')} are in {path}."
        )
        for name in made.missing:
            self.stderr.write(f"Not where it was stored: {name}")
        if made.missing:
            sentence = f"Files lost before: {len(made.missing)}; everything else is in the archive."
            raise CommandError(sentence)
