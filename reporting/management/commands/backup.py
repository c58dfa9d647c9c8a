"""Write a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from reporting.management.arguments import refuse
from reporting.management.command import TranslatedCommand
from reporting.queries.operation import BACKUP
from reporting.services import heartbeat
from reporting.services.backup.archive import BackupError
from reporting.services.backup.writing import back_up


class Command(TranslatedCommand):
    """The application may run meanwhile; the archive is of the moment at which it was begun."""

    summary = gettext_lazy(
        "Write everything on record, with its files, into one archive that `restore` reads."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", help=gettext("the archive, which is not there yet"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write, and print how much; exit with 1 where a file was lost before."""
        path = Path(options["file"])
        if not path.parent.is_dir():
            sentence = gettext("“%(folder)s” is not a folder.")
            raise refuse(sentence % {"folder": path.parent})
        try:
            made = back_up(path=path, now=timezone.now())
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            gettext("In %(path)s are rows: %(rows)s, tables: %(tables)s, files: %(files)s.")
            % {
                "path": path,
                "rows": made.rows,
                "tables": len(made.tables),
                "files": made.files,
            }
        )
        for name in made.missing:
            self.stderr.write(gettext("Not where it was stored: %(name)s") % {"name": name})
        heartbeat.beat(process=BACKUP, now=timezone.now())
        if made.missing:
            sentence = gettext("Files lost before: %(count)s; everything else is in the archive.")
            raise CommandError(sentence % {"count": len(made.missing)})
