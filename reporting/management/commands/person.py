"""What is stored about a person: written to a file, or erased."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from reporting.exports.person import person_json
from reporting.management.arguments import refuse
from reporting.management.command import TranslatedCommand
from reporting.services.person import erase_person, export_person


class Command(TranslatedCommand):
    """The same as the page for the secretariat."""

    summary = gettext_lazy("Write what is stored about a person into a file, or erase the person.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address and what to do."""
        parser.add_argument("email", help=gettext("of an account, a contact or an invitation"))
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--export", metavar="FILE", help=gettext("write what is stored"))
        what.add_argument("--erase", action="store_true", help=gettext("erase the person"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write or erase, and print what was done."""
        if options["erase"]:
            self._erase(options["email"])
            return
        path, now = Path(options["export"]), timezone.now()
        found = export_person(email=options["email"], by=None, at=now)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(person_json(found, at=now))
        except OSError as error:
            sentence = gettext("“%(path)s” cannot be written: %(reason)s.")
            raise refuse(sentence % {"path": path, "reason": error.strerror}) from None
        rows = sum(len(rows) for rows in found.rows.values())
        said = gettext("Rows: %(rows)s, mentions in texts: %(mentions)s, in %(path)s.")
        self.stdout.write(said % {"rows": rows, "mentions": len(found.mentions), "path": path})

    def _erase(self, email: str) -> None:
        try:
            erased = erase_person(email=email, by=None, at=timezone.now())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        said = gettext(
            "Erased are accounts: %(accounts)s, contacts: %(contacts)s, mails: %(mails)s."
        )
        counts = {"accounts": erased.accounts, "contacts": erased.contacts, "mails": erased.mails}
        self.stdout.write(said % counts)
        for place in erased.mentions:
            self.stderr.write(gettext("Still mentioned: %(place)s") % {"place": place})
