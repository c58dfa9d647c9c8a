"""Load the fact files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reporting.management.arguments import refuse
from reporting.rules.regimes import REGIMES
from reporting.services.fact_files import FactFilesError
from reporting.services.loading import load_facts


class Command(BaseCommand):
    """All of them or nothing; loading twice changes nothing."""

    help = "Load the facts from the CSV files of a folder and derive the timetables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a folder and the treaty of rows that name none."""
        parser.add_argument("folder", nargs="?", default=str(settings.BASE_DIR / "fixtures"))
        parser.add_argument("--treaty", default="CMW", help="of rows that name none")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, and print how much; print every problem and exit with 1 where there is one."""
        folder = Path(options["folder"])
        if not folder.is_dir():
            sentence = f"“{folder}” is not a folder."
            raise refuse(sentence)
        treaty = options["treaty"].upper()
        if treaty not in REGIMES:
            sentence = f"“{options['treaty']}” is no treaty (known: {', '.join(REGIMES)})."
            raise refuse(sentence)
        try:
            loaded = load_facts(folder=folder, as_at=timezone.localdate(), treaty=treaty)
        except FactFilesError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            count = len(error.problems)
            sentence = f"{count} problem{'s'[: count != 1]} found; nothing was loaded."
            raise CommandError(sentence) from None
        self.stdout.write(
            f"{loaded.created} facts new, {loaded.updated} changed, {loaded.unchanged} as before; "
            f"{loaded.obligations} obligations derived."
        )
