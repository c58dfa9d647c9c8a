"""Plan the alerts that should exist by a day, or show them."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from reporting.management import arguments
from reporting.management.text import counted, table
from reporting.models import Reminder, alert_words
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.worklist import plan_worklist

HEADING = ("state", "obligation", "due", "alert", "reader", "what")


class Command(BaseCommand):
    """One row a reminder; planning twice changes nothing."""

    help = "Plan the alerts that should exist by a day, and print them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day, and whether anything is written."""
        parser.add_argument("--as-at", metavar="YYYY-MM-DD", help="instead of today")
        parser.add_argument("--dry-run", action="store_true", help="print, and write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what is planned and what is skipped, then how many."""
        as_at, dry_run = arguments.day(options["as_at"]), options["dry_run"]
        if as_at != timezone.localdate() and not dry_run:
            sentence = f"{as_at} is not today: add --dry-run to see what would be planned by then."
            raise arguments.refuse(sentence)
        planned = plan_alerts(as_at=as_at, now=timezone.now(), dry_run=dry_run)
        with transaction.atomic():
            worklists = plan_worklist(as_at=as_at, now=timezone.now())
            transaction.set_rollback(dry_run)
        shown = [*planned.to_send, *planned.revived, *planned.skipped]
        if shown:
            self.stdout.write(table(HEADING, _lines(shown)))
        sent, skipped = len(planned.to_send) + len(planned.revived), len(planned.skipped)
        written = "; nothing was written." if dry_run else "."
        self.stdout.write(
            f"{counted(sent, 'reminder')} to send, {skipped} skipped, "
            f"{counted(worklists, 'worklist')} of the secretariat{written}"
        )


def _lines(rows: list[Reminder]) -> Iterator[tuple[str, ...]]:
    prefetch_related_objects(rows, "state_party__state", "obligation", "contact")
    for row in _in_order(rows):
        party: Any = row.state_party
        yield (
            party.state.iso3,
            str(row.obligation),
            str(row.due_on),
            alert_words(row.occasion, row.days_before),
            row.reader.email,
            f"skipped: {row.get_reason_display()}" if row.reason else "to send",
        )


def _in_order(rows: Iterable[Reminder]) -> list[Reminder]:
    """Return the rows by State, date and reader, what is skipped before what is sent for it."""

    def place(row: Reminder) -> tuple[object, ...]:
        party: Any = row.state_party
        return party.state.iso3, str(row.due_on), row.reader.email, row.planned_for

    return sorted(rows, key=place)
