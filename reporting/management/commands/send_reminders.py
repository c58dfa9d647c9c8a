"""Send the reminders that are due."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from reporting.management import arguments
from reporting.management.command import TranslatedCommand
from reporting.models import Reminder
from reporting.services.reminder.sending import send_due


class Command(TranslatedCommand):
    """What the worker does every minute; both at once send nothing twice."""

    summary = gettext_lazy("Send the reminders that are due, and print how many.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many."""
        parser.add_argument("--limit", metavar="N", help=gettext("the most mails to send"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Send, and print how many; exit with 1 where the mail server cannot be reached."""
        limit, today = arguments.count(options["limit"]), timezone.localdate()
        sent = send_due(as_at=today, clock=timezone.now, limit=limit)
        planned = Reminder.objects.filter(state=Reminder.State.PLANNED, planned_for__lte=today)
        waiting = planned.filter(not_before__gt=timezone.now()).count()
        left = planned.count() - waiting
        self.stdout.write(
            gettext(
                "Mails sent: %(sent)s, put back to wait: %(waiting)s, failed: %(failed)s; reminders "
                "left to send: %(left)s, to be tried again later: %(later)s."
            )
            % {
                "sent": sent.sent,
                "waiting": sent.waiting,
                "failed": sent.failed,
                "left": left,
                "later": waiting,
            }
        )
        if sent.unreachable:
            sentence = gettext(
                "The mail server could not be reached; what waits is tried again by itself."
            )
            raise CommandError(sentence)
