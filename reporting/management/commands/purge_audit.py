"""Delete what of the audit log is older than it is kept."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from reporting.management.command import TranslatedCommand
from reporting.services.audit import oldest_kept, passed, purge


class Command(TranslatedCommand):
    """What beat has done every night; AUDIT_DAYS says how long entries are kept."""

    summary = gettext_lazy("Delete the entries of the audit log that are older than AUDIT_DAYS.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to delete."""
        parser.add_argument(
            "--dry-run", action="store_true", help=gettext("print how many, delete none")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Delete, and print how many."""
        now = timezone.now()
        before = oldest_kept(now=now)
        if before is None:
            self.stdout.write(gettext("AUDIT_DAYS is 0: the audit log is kept for ever."))
            return
        said = gettext("Entries from before %(day)s that are deleted: %(count)s.")
        if options["dry_run"]:
            said = gettext("Entries from before %(day)s that would be deleted: %(count)s.")
        count = passed(now=now) if options["dry_run"] else purge(now=now)
        self.stdout.write(said % {"day": before.date(), "count": count})
