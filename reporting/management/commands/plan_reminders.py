"""Plan the alerts that should exist by a day, or show them."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from reporting.management import arguments
from reporting.management.command import TranslatedCommand
from reporting.management.text import table
from reporting.models import Reminder, alert_words
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.worklist import plan_worklist

HEADING = (
    pgettext_lazy("heading", "State"),
    gettext_lazy("Obligation"),
    pgettext_lazy("heading", "Due"),
    gettext_lazy("Alert"),
    gettext_lazy("Reader"),
    gettext_lazy("What"),
)


class Command(TranslatedCommand):
    """One row a reminder; planning twice changes nothing."""

    summary = gettext_lazy("Plan the alerts that should exist by a day, and print them.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day, and whether anything is written."""
        parser.add_argument("--as-at", metavar="YYYY-MM-DD", help=gettext("instead of today"))
        parser.add_argument(
            "--dry-run", action="store_true", help=gettext("print, and write nothing")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what is planned and what is skipped, then how many."""
        as_at, dry_run = arguments.day(options["as_at"]), options["dry_run"]
        if as_at != timezone.localdate() and not dry_run:
            sentence = gettext(
                "%(day)s is not today: add --dry-run to see what would be planned by then."
            )
            raise arguments.refuse(sentence % {"day": as_at})
        planned = plan_alerts(as_at=as_at, now=timezone.now(), dry_run=dry_run)
        with transaction.atomic():
            worklists = plan_worklist(as_at=as_at, now=timezone.now())
            transaction.set_rollback(dry_run)
        shown = [*planned.to_send, *planned.revived, *planned.skipped]
        if shown:
            self.stdout.write(table(HEADING, _lines(shown)))
        sent, skipped = len(planned.to_send) + len(planned.revived), len(planned.skipped)
        said = gettext(
            "Reminders to send: %(sent)s, skipped: %(skipped)s; worklists of the secretariat: "
            "%(worklists)s."
        )
        self.stdout.write(said % {"sent": sent, "skipped": skipped, "worklists": worklists})
        if dry_run:
            self.stdout.write(gettext("Nothing was written."))


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
            _what(row),
        )


def _what(row: Reminder) -> str:
    if not row.reason:
        return gettext("to send")
    return gettext("skipped: %(reason)s") % {"reason": row.get_reason_display()}


def _in_order(rows: Iterable[Reminder]) -> list[Reminder]:
    """Return the rows by State, date and reader, what is skipped before what is sent for it."""

    def place(row: Reminder) -> tuple[object, ...]:
        party: Any = row.state_party
        return party.state.iso3, str(row.due_on), row.reader.email, row.planned_for

    return sorted(rows, key=place)
