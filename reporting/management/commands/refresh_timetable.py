"""Bring every timetable up to the day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from reporting.management import arguments
from reporting.services.timetable import refresh_all


class Command(BaseCommand):
    """What only time changes: reports of the cycle that have arisen."""

    help = "Derive the obligations of every State party again from the facts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day."""
        parser.add_argument("--as-at", metavar="YYYY-MM-DD", help="instead of today")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Refresh and print what changed."""
        changes = refresh_all(as_at=arguments.day(options["as_at"]))
        self.stdout.write(
            f"{changes.created} obligations new, {changes.updated} changed, {changes.deleted} gone."
        )
