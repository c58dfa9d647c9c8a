"""Load the fact files."""

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from reporting.management.arguments import refuse
from reporting.management.command import TranslatedCommand
from reporting.rules.regimes import DEFAULT, REGIMES
from reporting.services.fact_files import FactFilesError
from reporting.services.loading import load_facts


class Command(TranslatedCommand):
    """All of them or nothing; loading twice changes nothing."""

    summary = gettext_lazy(
        "Load the facts from the CSV files of a folder and derive the timetables."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a folder and the treaty of rows that name none."""
        parser.add_argument("folder", nargs="?", default=str(settings.BASE_DIR / "fixtures"))
        parser.add_argument("--treaty", default=DEFAULT, help=gettext("of rows that name none"))
        parser.add_argument(
            "--all-treaties",
            action="store_true",
            help=gettext("the States parties to the other treaties, too"),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, and print how much; print every problem and exit with 1 where there is one."""
        folder = Path(options["folder"])
        if not folder.is_dir():
            sentence = gettext("“%(folder)s” is not a folder.") % {"folder": folder}
            raise refuse(sentence)
        treaty = options["treaty"].upper()
        if treaty not in REGIMES:
            places = {"code": options["treaty"], "known": ", ".join(REGIMES)}
            sentence = gettext("“%(code)s” is no treaty (known: %(known)s).") % places
            raise refuse(sentence)
        try:
            loaded = load_facts(
                folder=folder,
                as_at=timezone.localdate(),
                treaty=treaty,
                all_treaties=options["all_treaties"],
            )
        except FactFilesError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            count = len(error.problems)
            sentence = ngettext(
                "%(count)s problem found; nothing was loaded.",
                "%(count)s problems found; nothing was loaded.",
                count,
            )
            raise CommandError(sentence % {"count": count}) from None
        self.stdout.write(
            gettext(
                "Facts new: %(created)s, changed: %(updated)s, as before: %(unchanged)s; "
                "obligations derived: %(obligations)s."
            )
            % asdict(loaded)
        )
