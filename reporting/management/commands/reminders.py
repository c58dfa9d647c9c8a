"""Print what a State was told, and what it will be told."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from reporting.management import arguments
from reporting.management.command import TranslatedCommand
from reporting.management.text import table
from reporting.models import Reminder, Role, State, User, alert_words
from reporting.queries.coming import Reader, coming
from reporting.queries.reminder import reminders_of

LEDGER = (
    gettext_lazy("Planned for"),
    gettext_lazy("Obligation"),
    pgettext_lazy("heading", "Due"),
    gettext_lazy("Alert"),
    gettext_lazy("Reader"),
    gettext_lazy("What became of it"),
    gettext_lazy("Since"),
    gettext_lazy("Reason"),
)
AHEAD = (
    gettext_lazy("Day"),
    gettext_lazy("Obligation"),
    pgettext_lazy("heading", "Due"),
    gettext_lazy("Alert"),
    gettext_lazy("Reader"),
)
DAYS_AHEAD = 365
MOST = 1000
# Whoever has the shell sees everything.
OPERATOR = User(role=Role.ADMINISTRATOR)


class Command(TranslatedCommand):
    """The ledger of a State, the latest first; then the alerts of the next year."""

    summary = gettext_lazy("Print what a State was told and what it will be told within a year.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the State."""
        parser.add_argument("--state", metavar="ISO3", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print two tables."""
        state = arguments.state(options["state"])
        told = reminders_of(person=OPERATOR, state=state, most=MOST)
        ahead = list(_ahead(state))
        self.stdout.write(_counted(gettext("%(state)s: %(count)s in the ledger"), told, state))
        if told:
            self.stdout.write(table(LEDGER, map(_told, told)))
        said = gettext("%(state)s: %(count)s to come within a year, as things stand")
        self.stdout.write(_counted(said, ahead, state))
        if ahead:
            self.stdout.write(table(AHEAD, ahead))


def _counted(sentence: str, rows: Sequence[object], state: State) -> str:
    return sentence % {"state": state.local_name, "count": len(rows)}


def _reader(reader: Reader) -> str:
    if not reader.mute:
        return reader.who.email
    places = {"reader": reader.who.email, "day": reader.mute.until}
    return gettext("%(reader)s (held back until %(day)s)") % places


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
            yield (
                str(each.day),
                str(each.obligation or ""),
                str(each.obligation.due_on if each.obligation else ""),
                alert_words(each.occasion, each.days_before),
                _reader(reader),
            )
