"""Write everything on record as fact files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext, gettext_lazy

from reporting.exports.fact_files import export_facts
from reporting.management.arguments import refuse
from reporting.management.command import TranslatedCommand


class Command(TranslatedCommand):
    """The files that ``load_facts`` reads: loaded into an empty database they give the same facts."""

    summary = gettext_lazy(
        "Write the facts into the CSV files of a folder, as load_facts reads them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a folder, which is made where it is not there."""
        parser.add_argument("folder")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write, and print how much; exit with 1 where something could not be written."""
        folder = Path(options["folder"])
        try:
            written = export_facts(folder=folder)
        except OSError as error:
            places = {"folder": folder, "reason": error.strerror}
            sentence = gettext("“%(folder)s” cannot be written: %(reason)s.") % places
            raise refuse(sentence) from None
        for name, count in written.lines.items():
            self.stdout.write(f"{name}: {count}")
        for sentence in written.left_out:
            self.stderr.write(sentence)
        if written.left_out:
            sentence = gettext("Left out: %(count)s; everything else is written.")
            raise CommandError(sentence % {"count": len(written.left_out)})
