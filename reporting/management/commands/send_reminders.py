"""Send the reminders that are due."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reporting.management import arguments
from reporting.management.text import counted
from reporting.models import Reminder
from reporting.services.reminder.sending import send_due


class Command(BaseCommand):
    """What the worker does every minute; both at once send nothing twice."""

    help = "Send the reminders that are due, and print how many."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many."""
        parser.add_argument("--limit", metavar="N", help="the most mails to send")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Send, and print how many; exit with 1 where the mail server cannot be reached."""
        limit, today = arguments.count(options["limit"]), timezone.localdate()
        sent = send_due(as_at=today, clock=timezone.now, limit=limit)
        planned = Reminder.objects.filter(state=Reminder.State.PLANNED, planned_for__lte=today)
        waiting = planned.filter(not_before__gt=timezone.now()).count()
        left = planned.count() - waiting
        self.stdout.write(
            f"{counted(sent.sent, 'mail')} sent, {sent.waiting} put back to wait, "
            f"{sent.failed} failed; {counted(left, 'reminder')} left to send, "
            f"{waiting} to be tried again later."
        )
        if sent.unreachable:
            sentence = "The mail server could not be reached; what waits is tried again by itself."
            raise CommandError(sentence)
