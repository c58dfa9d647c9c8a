"""Print what the States parties owe."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from reporting.exports.timetable import FORMATS, line
from reporting.management import arguments
from reporting.management.command import TranslatedCommand
from reporting.queries.timetable import obligations
from reporting.rules.regimes import DEFAULT


class Command(TranslatedCommand):
    """One row an obligation."""

    summary = gettext_lazy(
        "Print the obligations of States parties as at a day, with the reason for each date."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take States, a treaty, a day and a format."""
        parser.add_argument(
            "iso3", nargs="*", metavar="ISO3", help=gettext("States; none means all")
        )
        parser.add_argument(
            "--treaty", default=DEFAULT, metavar="CODE", help=gettext("code of a treaty on record")
        )
        parser.add_argument("--as-at", metavar="YYYY-MM-DD", help=gettext("instead of today"))
        parser.add_argument("--all", action="store_true", help=gettext("the closed ones too"))
        parser.add_argument("--format", default="table", metavar="|".join(FORMATS))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the rows; a bad argument is one sentence and exit code 2."""
        as_at = arguments.day(options["as_at"])
        if options["format"] not in FORMATS:
            places = {"text": options["format"], "known": ", ".join(FORMATS)}
            sentence = gettext("“%(text)s” is no format: choose one of %(known)s.") % places
            raise arguments.refuse(sentence)
        treaty = arguments.treaty(options["treaty"])
        found = obligations(
            as_at=as_at,
            treaty=treaty.code,
            iso3=arguments.states(options["iso3"], of=treaty),
            closed_too=options["all"],
        )
        lines = (line(obligation, as_at=as_at) for obligation in found)
        self.stdout.write(FORMATS[options["format"]](lines), ending="")
