"""Bring every timetable up to the day."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from reporting.management import arguments
from reporting.management.command import TranslatedCommand
from reporting.services.timetable import refresh_all


class Command(TranslatedCommand):
    """What only time changes: reports of the cycle that have arisen."""

    summary = gettext_lazy("Derive the obligations of every State party again from the facts.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day."""
        parser.add_argument("--as-at", metavar="YYYY-MM-DD", help=gettext("instead of today"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Refresh and print what changed."""
        changes = refresh_all(as_at=arguments.day(options["as_at"]))
        self.stdout.write(
            gettext("Obligations new: %(created)s, changed: %(updated)s, gone: %(deleted)s.")
            % asdict(changes)
        )
