"""Reading the fact files: every fault is noted with its file, line and column, and reading goes on."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reporting.models.sentences import translated
from reporting.rules.errors import RulesError
from reporting.rules.facts import MOST_REPORTS
from reporting.rules.partial_date import PartialDate, PartialDateError

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fault in a fact file; line 1 is the heading, column may be empty."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        """Return ``file:line: column: reason``; line 0 is a row that is in no file."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.column, self.reason) if part)


class FactFilesError(ValidationError):
    """Every problem that was found; nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems in the order of files and lines."""
        self.problems = sorted(set(problems))
        super().__init__([str(problem) for problem in self.problems], code="fact_files")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a fact file; what cannot be read is noted and answered with ``None``."""

    file: str
    line: int
    cells: dict[str, str]
    problems: list[Problem] = field(repr=False)

    def problem(self, column: str, reason: object) -> None:
        """Note a fault in this line, in the reader's language where the date engine says it."""
        said = translated(reason) if isinstance(reason, RulesError) else str(reason)
        self.problems.append(Problem(self.file, self.line, column, said))

    @property
    def place(self) -> str:
        """Where the line stands, for other lines to point to."""
        return f"{self.file}:{self.line}"

    def text(self, column: str) -> str:
        """Return the cell without the blanks around it; empty where the column is left out."""
        return self.cells.get(column, "").strip()

    def required(self, column: str) -> str:
        """Return the cell; note it where it is empty."""
        if not self.text(column):
            self.problem(column, _("is empty"))
        return self.text(column)

    def partial(self, column: str) -> PartialDate | None:
        """Return a date of any precision, or ``None`` where it is not on record."""
        return self._read(column, PartialDate.parse)

    def day(self, column: str) -> date | None:
        """Return a date known to the day."""
        partial = self.partial(column)
        if partial and not partial.is_certain:
            self.problem(column, _("must be known to the day"))
        return partial.first_day if partial else None

    def required_partial(self, column: str) -> PartialDate | None:
        """Return a date of any precision; note it where it is empty."""
        self.required(column)
        return self.partial(column)

    def number(self, column: str) -> int | None:
        """Return a whole number of at most 9999."""
        return self._read(column, _whole_number)

    def count(self, column: str) -> int | None:
        """Return a whole number of any size that a column can hold."""
        return self._read(column, _count)

    def moment(self, column: str) -> datetime | None:
        """Return a moment with its time zone."""
        return self._read(column, _moment)

    def has(self, column: str) -> bool:
        """Return whether the file has that column, in which nothing may stand."""
        return column in self.cells

    def ordinal(self, column: str) -> int | None:
        """Return the number of a report, from 1 on; note it where it is empty."""
        self.required(column)
        number = self.number(column)
        if number is not None and not 1 <= number <= MOST_REPORTS:
            places = {"number": number, "most": MOST_REPORTS}
            self.problem(column, _("%(number)s is no report: from 1 to %(most)s") % places)
            return None
        return number

    def yes_or_no(self, column: str) -> bool:
        """Return whether the cell says yes."""
        if self.text(column) not in {"yes", "no", ""}:
            self.problem(
                column, _("“%(text)s” is neither yes nor no") % {"text": self.text(column)}
            )
        return self.text(column) == "yes"

    def choice(self, column: str, choices: Sequence[str]) -> str:
        """Return one of the words that are known here."""
        if self.text(column) not in choices:
            places = {"text": self.text(column), "words": ", ".join(choices)}
            self.problem(column, _("“%(text)s” is none of: %(words)s") % places)
        return self.text(column)

    def _read(self, column: str, parse: Callable[[str], T]) -> T | None:
        if not self.text(column):
            return None
        try:
            return parse(self.text(column))
        except (PartialDateError, ValueError) as error:
            self.problem(column, error)
            return None


def _whole_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        message = _("“%(text)s” is no whole number") % {"text": text}
        raise ValueError(message)
    return int(text)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        message = _("“%(text)s” is no whole number") % {"text": text}
        raise ValueError(message)
    return int(text)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        message = _("“%(text)s” has no time zone") % {"text": text}
        raise ValueError(message)
    return moment


@dataclass(frozen=True, slots=True)
class FactFile:
    """The name of a fact file and the columns of its heading."""

    name: str
    columns: tuple[str, ...]
    may_have: tuple[str, ...] = ()
    may_be_missing: bool = False

    def read(self, folder: Path, problems: list[Problem]) -> Iterator[Row]:
        """Go through the lines; note every line and heading that is not of the right shape."""
        try:
            # As it stands: the ends of lines inside a cell are those that somebody typed.
            with (folder / self.name).open(encoding="utf-8-sig", newline="") as lines:
                text = lines.read()
        except FileNotFoundError:
            if not self.may_be_missing:
                problems.append(Problem(self.name, 1, "", _("the file is missing")))
            return
        except OSError as error:
            problems.append(Problem(self.name, 1, "", error.strerror or str(error)))
            return
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            problems.append(Problem(self.name, line, "", _("the file is not UTF-8")))
            return
        yield from self._rows(text, problems)

    def rows(
        self, heading: list[str], lines: Iterable[tuple[int, list[str]]], problems: list[Problem]
    ) -> Iterator[Row]:
        """Go through numbered lines of cells; note every one that is not of the right shape."""
        if self._accepts(heading, problems):
            for number, cells in lines:
                yield from self._row(number, heading, cells, problems)

    def _rows(self, text: str, problems: list[Problem]) -> Iterator[Row]:
        reader = csv.reader(StringIO(text, newline=""), strict=True)
        line = 1
        try:
            heading = next(reader, [])
            if not self._accepts(heading, problems):
                return
            line = reader.line_num + 1
            for cells in reader:
                if cells:
                    yield from self._row(line, heading, cells, problems)
                line = reader.line_num + 1
        except csv.Error as error:
            problems.append(Problem(self.name, line, "", str(error)))

    def _accepts(self, heading: list[str], problems: list[Problem]) -> bool:
        known = {*self.columns, *self.may_have}
        faults = [
            (column, _("the column is missing")) for column in self.columns if column not in heading
        ]
        faults += [
            (column, _("the column is not known")) for column in heading if column not in known
        ]
        if len(set(heading)) < len(heading):
            faults.append(("", _("a column stands twice in the heading")))
        problems += [Problem(self.name, 1, column, reason) for column, reason in faults]
        return not faults

    def _row(
        self, line: int, heading: list[str], cells: list[str], problems: list[Problem]
    ) -> Iterator[Row]:
        if len(cells) != len(heading):
            places = {"cells": len(cells), "columns": len(heading)}
            reason = _("cells in the line: %(cells)s, columns: %(columns)s") % places
            problems.append(Problem(self.name, line, "", reason))
            return
        if any("\x00" in cell for cell in cells):
            problems.append(Problem(self.name, line, "", _("the line holds a NUL character")))
            return
        yield Row(self.name, line, dict(zip(heading, cells, strict=True)), problems)


TREATIES = FactFile(
    "treaties.csv",
    (
        "code",
        "name",
        "in_force_on",
        "entry_into_force_rule",
        "entry_into_force_article",
        "report_article",
        "initial_months",
        "periodic_months",
        "cycle_note",
        "follow_up_months",
        "confidence",
    ),
    may_have=(
        "initial_article",
        "periodic_article",
        "folded_into",
        "data_as_at",
        "reports_on_record",
    ),
)
STATES = FactFile(
    "states.csv", ("iso3", "m49", "name", "regional_group", "source"), may_be_missing=True
)
STATE_PARTIES = FactFile(
    "state_parties.csv",
    ("iso3", "m49", "name", "signed_on", "action", "deposited_on", "confidence", "source"),
    may_have=(
        "treaty",
        "note",
        "accepted_because",
        "entry_into_force",
        "entry_into_force_reason",
        "denunciation_notified_on",
        "denunciation_effective_on",
        "on_record_as_at",
        "on_record_stated_at",
        "recorded_on",
    ),
)
OTHER_PARTIES = FactFile(
    "other_treaty_parties.csv", ("treaty", "iso3", "action", "deposited_on"), may_have=("source",)
)
SUBMISSIONS = FactFile(
    "submissions.csv",
    ("iso3", "first_report", "last_report", "symbol", "received_on", "source", "note"),
    may_have=(
        "treaty",
        "accepted_because",
        "kind",
        "answers",
        "status",
        "sent_on",
        "note_verbale",
        "procedure",
        "languages",
        "word_count",
        "session",
        "returned_because",
        "filed_at",
        "recorded_on",
    ),
)
REVIEWS = FactFile(
    "reviews.csv",
    (
        "iso3",
        "first_report",
        "last_report",
        "session",
        "dialogue_from",
        "dialogue_to",
        "in_absence_of_report",
        "concluding_observations",
        "adopted_on",
        "next_report_due",
        "source",
        "note",
    ),
    may_have=("treaty", "distributed_on", "accepted_because", "recorded_on"),
)
LISTS_OF_ISSUES = FactFile(
    "lists_of_issues.csv",
    (
        "iso3",
        "first_report",
        "last_report",
        "kind",
        "symbol",
        "issued_on",
        "replies_due",
        "text",
        "source",
    ),
    may_have=("treaty", "replies_received_on", "note", "accepted_because", "recorded_on", "ref"),
)
DECISIONS = FactFile(
    "decisions.csv",
    (
        "iso3",
        "first_report",
        "last_report",
        "kind",
        "symbol",
        "paragraph",
        "decided_on",
        "due_on",
        "to_be_communicated",
        "review",
        "session",
        "withdrawn_on",
        "text",
        "source",
        "note",
    ),
    may_have=("treaty", "accepted_because", "recorded_on", "ref"),
    may_be_missing=True,
)
SESSIONS = FactFile(
    "sessions.csv",
    ("number", "starts_on", "ends_on", "status", "note", "source"),
    may_have=("treaty", "capacity"),
    may_be_missing=True,
)
CORE_DOCUMENTS = FactFile(
    "core_documents.csv",
    ("iso3", "symbol", "dated_on", "source", "note"),
    may_have=("recorded_on",),
    may_be_missing=True,
)
UNIVERSAL_REVIEWS = FactFile(
    "universal_reviews.csv",
    ("iso3", "cycle", "session", "report_due_on", "reviewed_on", "adopted_on", "source", "note"),
    may_have=("recorded_on",),
    may_be_missing=True,
)
ALL = (
    *(TREATIES, STATES, SESSIONS, STATE_PARTIES, SUBMISSIONS, REVIEWS, LISTS_OF_ISSUES, DECISIONS),
    *(CORE_DOCUMENTS, UNIVERSAL_REVIEWS),
)
