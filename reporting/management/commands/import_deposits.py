"""Put the deposits of a treaty on record, from the XML of the Treaty Collection."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from reporting.management.arguments import refuse
from reporting.management.command import TranslatedCommand
from reporting.services.depositary.importing import (
    Became,
    Preview,
    StatusFile,
    import_deposits,
    preview_deposits,
)


class Command(TranslatedCommand):
    """All of them or nothing; importing twice changes nothing."""

    summary = gettext_lazy(
        "Put deposits on record from the XML that the United Nations Treaty Collection publishes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a file, and the treaty where its title does not say it."""
        parser.add_argument("file")
        parser.add_argument("--treaty", default="", help=gettext("where the title does not say it"))
        parser.add_argument(
            "--dry-run", action="store_true", help=gettext("look, and save nothing")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what becomes of each participant; exit with 1 where something is wrong."""
        try:
            content = Path(options["file"]).read_bytes()
        except OSError as error:
            sentence = f"{options['file']}: {error.strerror}"
            raise refuse(sentence) from None
        file = StatusFile(content=content, code=options["treaty"])
        try:
            seen = self._done(file, dry_run=options["dry_run"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self._print(seen)
        if seen.count(Became.WRONG):
            raise CommandError(gettext("Something is wrong; nothing was saved."))

    def _done(self, file: StatusFile, *, dry_run: bool) -> Preview:
        today = timezone.localdate()
        seen = preview_deposits(file=file, by=None, as_at=today)
        if not dry_run and seen.does_something:
            import_deposits(file=file, expected=seen.mark, by=None, as_at=today, now=timezone.now())
        return seen

    def _print(self, seen: Preview) -> None:
        for each in seen.lines:
            if each.became is not Became.SAME:
                said = [each.said] if each.said else []
                said += [f"{one.field}: {one.theirs} → {one.yours}" for one in each.differences]
                words = "; ".join(said)
                self.stdout.write(f"{each.participant.name}: {each.became.value} {words}".rstrip())
        counts = {each.value: seen.count(each) for each in Became}
        self.stdout.write(
            gettext(
                "%(code)s: new %(new)s, changed %(changed)s, as before %(same)s, signed only "
                "%(signed)s, left out %(left)s, wrong %(wrong)s."
            )
            % {"code": seen.treaty.code, **counts}
        )
