"""What a line of such a list says: of which report, and what of it; every fault by line and column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.models import StateParty
from reporting.rules.partial_date import PartialDate, PartialDateError
from reporting.services.fact_files import FactFile, Problem, Row
from reporting.services.listing.reading import Line
from reporting.services.treaty_rows import Treaties

# What a line can say of its report, by the names of the fields.
VALUES = ("symbol", "sent_on", "received_on", "note_verbale", "languages", "source", "note")
TABLE = FactFile(
    "list",
    ("treaty", "first_report"),
    may_have=("iso3", "last_report", *VALUES),
)
COLUMNS = ("iso3", "treaty", "first_report", "last_report", *VALUES)
DATES = ("sent_on", "received_on")
_DOTS = re.compile(r"(?:(?:(\d{1,2})\.)?(\d{1,2})\.)?(\d{4})", re.ASCII)
_STROKES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


class Strokes(models.TextChoices):
    """What 05/06/2012 is; nobody can tell by looking."""

    NONE = "", gettext_lazy("There are none like 05/06/2012")
    DAY_FIRST = "day", gettext_lazy("The day first: 05/06/2012 is 5 June")
    MONTH_FIRST = "month", gettext_lazy("The month first: 05/06/2012 is 6 May")


@dataclass(frozen=True, slots=True)
class Listed:
    """A report that a line is about, and what it says of it: only what is not empty."""

    line: int
    party: StateParty
    first: int
    last: int
    values: dict[str, Any] = field(default_factory=dict)


def read_list(
    *, lines: list[Line], parties: dict[tuple[str, str], StateParty], strokes: str
) -> tuple[list[Listed], list[Problem]]:
    """Return what the lines say of these State parties, and everything that is wrong with them.

    Where the file names no State, it is the only one there is.
    """
    problems: list[Problem] = []
    heading, *rest = lines
    reader = _Reader(parties, strokes, {line.number: line.unsaved for line in rest})
    named = [name.strip().lower().replace(" ", "_") for name in heading.cells]
    numbered = (
        (line.number, [*line.cells, *[""] * (len(named) - len(line.cells))]) for line in rest
    )
    found = [
        listed
        for row in TABLE.rows(named, numbered, problems)
        if (listed := reader.listed(row)) is not None
    ]
    return found, sorted(set(problems))


class _Reader:
    """Reads line by line, and knows which reports stood in a line before."""

    def __init__(
        self,
        parties: dict[tuple[str, str], StateParty],
        strokes: str,
        unsaved: dict[int, frozenset[int]],
    ) -> None:
        self.parties, self.strokes, self.unsaved = parties, strokes, unsaved
        self.treaties = Treaties()
        self.states = {iso3 for iso3, _code in parties}
        self.seen: dict[tuple[int, int], int] = {}

    def listed(self, row: Row) -> Listed | None:
        """Return what the line says; nothing where that is not clear."""
        if places := self.unsaved.get(row.line):
            columns = list(row.cells)
            said = _(
                "holds a formula whose value was not saved: save the file where it is computed"
            )
            for place in sorted(places):
                row.problem(columns[place], said)
            return None
        noted = len(row.problems)
        party = self._party(row)
        first = row.ordinal("first_report")
        last = row.ordinal("last_report") if row.text("last_report") else first
        values = dict(self._values(row))
        if first and last and last < first:
            row.problem("last_report", _("comes before the first report"))
        if party is None or not first or not last or len(row.problems) > noted:
            return None
        for number in range(first, last + 1):
            before = self.seen.setdefault((party.pk, number), row.line)
            if before != row.line:
                said = _("is in line %(line)s already") % {"line": before}
                row.problem("first_report", said)
                return None
        return Listed(row.line, party, first, last, values)

    def _party(self, row: Row) -> StateParty | None:
        iso3, code = row.text("iso3").upper(), row.text("treaty").upper()
        if not iso3 and len(self.states) == 1:
            (iso3,) = self.states
        elif not row.required("iso3"):
            return None
        if not row.required("treaty"):
            return None
        row.cells["treaty"] = code
        if not self.treaties.is_regime(row, "treaty"):
            return None
        if iso3 not in self.states:
            said = _("“%(iso3)s” is no State for which you act") % {"iso3": iso3}
            row.problem("iso3", said)
            return None
        if (iso3, code) not in self.parties:
            said = _("%(iso3)s under %(code)s is no State party for which you act")
            row.problem("treaty", said % {"iso3": iso3, "code": code})
        return self.parties.get((iso3, code))

    def _values(self, row: Row) -> Iterator[tuple[str, Any]]:
        """Go through what the line says, by the name of the field."""
        for column in ("symbol", "note_verbale", "source", "note"):
            if row.text(column):
                yield column, row.text(column)
        if row.text("languages"):
            yield "languages", row.text("languages").lower().replace(",", " ").split()
        for column in DATES:
            if row.text(column) and (day := self._day(row, column)) is not None:
                yield column, day

    def _day(self, row: Row, column: str) -> PartialDate | date | None:
        """Return the date; the one of sending must be known to the day."""
        text = row.text(column)
        if _STROKES.fullmatch(text) and not self.strokes:
            said = _(
                "“%(text)s” can be read in two ways: write 2012-05-31, or say below which is meant"
            )
            row.problem(column, said % {"text": text})
            return None
        try:
            row.cells[column] = self._iso(text)
        except PartialDateError as error:
            row.problem(column, error)
            return None
        return row.day(column) if column == "sent_on" else row.partial(column)

    def _iso(self, text: str) -> str:
        """Return the date in ISO form, where it is written as in 31.05.2012 or 31/05/2012."""
        if match := _STROKES.fullmatch(text):
            one, two, year = map(int, match.groups())
            day, month = (one, two) if self.strokes == Strokes.DAY_FIRST else (two, one)
            return PartialDate(year, month, day).isoformat()
        if match := _DOTS.fullmatch(text):
            parts = [int(part) for part in reversed(match.groups()) if part]
            return PartialDate(*parts).isoformat()
        return text
