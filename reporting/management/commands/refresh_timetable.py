"""Bring every timetable up to the day."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from time import sleep
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from reporting.management import arguments
from reporting.management.command import TranslatedCommand
from reporting.queries.refresh import Progress, progress
from reporting.services import refresh

_CLEAR_LINE = "\r\033[K"
A_SECOND = 1


class Command(TranslatedCommand):
    """What only time changes: reports of the cycle that have arisen."""

    summary = gettext_lazy("Derive the obligations of every State party again from the facts.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day."""
        parser.add_argument("--as-at", metavar="YYYY-MM-DD", help=gettext("instead of today"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Refresh, beside the workers that do so, and print what changed; a terminal sees how far it is."""
        found: Progress | None = None
        for found in self._steps(arguments.day(options["as_at"])):
            self._show(found)
        if found is None:
            return
        self._show(None)
        self.stdout.write(
            gettext("Obligations new: %(created)s, changed: %(updated)s, gone: %(deleted)s.")
            % {"created": found.created, "updated": found.updated, "deleted": found.deleted}
        )
        if found.run.overtaken:
            self.stderr.write(gettext("A refresh as at another day was begun; this one has ended."))
        if found.left:
            sentence = ngettext(
                "%(count)s State party was left as it was; the log says why.",
                "%(count)s States parties were left as they were; the log says why.",
                found.left,
            )
            self.stderr.write(sentence % {"count": found.left})

    def _steps(self, as_at: date) -> Iterator[Progress]:
        """Do what nobody else does, then wait for what others do; yield how far it is."""
        run = refresh.start(as_at=as_at, now=timezone.now())
        while run.ended_at is None:
            yield progress(run)
            for _parties in refresh.go_on(run, clock=timezone.now):
                yield progress(run)
            run.refresh_from_db()
            if run.ended_at is None:
                sleep(A_SECOND)
        yield progress(run)

    def _show(self, found: Progress | None) -> None:
        """Write over the line before, where a person looks on."""
        if not self.stdout.isatty():
            return
        line = ""
        if found:
            sentence = gettext("%(done)s of %(parties)s States parties (%(percent)s %%)")
            about = {"done": found.done, "parties": found.run.parties, "percent": found.percent}
            line = sentence % about
        self.stdout.write(_CLEAR_LINE + line, ending="")
        self.stdout.flush()
