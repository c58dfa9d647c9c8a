"""Print what a State was told, and what it will be told."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reporting.management import arguments
from reporting.management.text import table
from reporting.models import Reminder, Role, State, User, alert_words
from reporting.queries.coming import coming
from reporting.queries.reminder import reminders_of

LEDGER = ("for", "obligation", "due", "alert", "reader", "state", "since", "reason")
AHEAD = ("on", "obligation", "due", "alert", "reader")
DAYS_AHEAD = 365
MOST = 1000
# Whoever has the shell sees everything.
OPERATOR = User(role=Role.ADMINISTRATOR)


class Command(BaseCommand):
    """The ledger of a State, the latest first; then the alerts of the next year."""

    help = "Print what a State was told and what it will be told within a year."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the State."""
        parser.add_argument("--state", metavar="ISO3", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print two tables."""
        state = arguments.state(options["state"])
        told = reminders_of(person=OPERATOR, state=state, most=MOST)
        ahead = list(_ahead(state))
        self.stdout.write(f"{state.name}: {len(told)} in the ledger\n")
        if told:
            self.stdout.write(table(LEDGER, map(_told, told)))
        self.stdout.write(f"{len(ahead)} to come within a year, as things stand\n")
        if ahead:
            self.stdout.write(table(AHEAD, ahead))


def _told(row: Reminder) -> tuple[str, ...]:
    return (
        str(row.planned_for),
        str(row.obligation or ""),
        str(row.due_on or ""),
        alert_words(row.occasion, row.days_before),
        row.reader.email,
        row.get_state_display(),
        f"{timezone.localtime(row.state_since):%Y-%m-%d %H:%M}",
        f"{row.get_reason_display()} {row.error}".strip(),
    )


def _ahead(state: State) -> Iterator[tuple[str, ...]]:
    days = coming(person=OPERATOR, as_at=timezone.localdate(), days=DAYS_AHEAD, state=state)
    for each in (mail for day in days for mail in day.mails):
        for reader in each.readers:
            held = f" (held back until {reader.mute.until})" if reader.mute else ""
            yield (
                str(each.day),
                str(each.obligation or ""),
                str(each.obligation.due_on if each.obligation else ""),
                alert_words(each.occasion, each.days_before),
                reader.who.email + held,
            )
