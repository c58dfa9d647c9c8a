"""Everything on record in the form that ``load_facts`` reads, so that it can be loaded again.

The files hold the facts. What is derived from them is derived again; documents, contacts, reminders,
accounts and the history of the rows stay in the database. Texts are not changed for spreadsheets here.
"""

import csv
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from reporting.exports import fact_lines
from reporting.exports.fact_lines import Line, is_due_of, is_plain_list, is_plain_reply
from reporting.models import (
    CommitteeDecision,
    CoreDocument,
    Session,
    State,
    StateParty,
    Submission,
    SubmissionStatus,
    Treaty,
    UniversalReview,
)
from reporting.models.fact import ReportFact
from reporting.queries.facts import with_facts
from reporting.services import fact_files as files
from reporting.services.fact_files import FactFile

_BY_NUMBER = attrgetter("pk")


@dataclass
class Written:
    """How many lines each file has; what is left out, as two lines would speak of one thing."""

    lines: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def export_facts(*, folder: Path) -> Written:
    """Write all fact files into the folder, over those that are there."""
    folder.mkdir(parents=True, exist_ok=True)
    written = Written()
    sessions = Session.objects.select_related("treaty").order_by("pk")
    lines: dict[FactFile, list[Line]] = {file: [] for file in files.ALL}
    lines[files.TREATIES] = [*map(fact_lines.treaty, Treaty.objects.order_by("pk"))]
    lines[files.STATES] = [*map(fact_lines.state, State.objects.order_by("pk"))]
    lines[files.SESSIONS] = [*map(fact_lines.session, sessions)]
    documents = CoreDocument.objects.select_related("state").order_by("pk")
    lines[files.CORE_DOCUMENTS] = [*map(fact_lines.core_document, documents)]
    reviews = UniversalReview.objects.select_related("state").order_by("pk")
    lines[files.UNIVERSAL_REVIEWS] = [*map(fact_lines.universal_review, reviews)]
    for row in with_facts(StateParty.objects.all()).order_by("pk"):
        party = _Party(row)
        for file, found in party.by_file().items():
            lines[file] += found
        written.left_out += party.left_out
    for file in files.ALL:
        _write(folder, file, lines[file])
        written.lines[file.name] = len(lines[file])
    return written


def _write(folder: Path, file: FactFile, lines: Iterable[Line]) -> None:
    columns = [*file.columns, *file.may_have]
    with (folder / file.name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _cell(line.get(name)) for name in columns} for line in lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(value)
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


class _Party:
    """The lines about one State party.

    They stand in the order of their rows, those that point to others last, as they are loaded: what was
    loaded from them is written in the same order again.
    """

    def __init__(self, party: StateParty) -> None:
        self.party = party
        self.sent = sorted(party.submissions.all(), key=lambda row: (bool(row.answers_id), row.pk))
        self.reviews = sorted(party.reviews.all(), key=_BY_NUMBER)
        self.decisions = sorted(party.decisions.all(), key=_BY_NUMBER)
        self.said: set[Hashable] = set()
        self.left_out: list[str] = []

    def by_file(self) -> dict[FactFile, list[Line]]:
        """Return the lines of each file."""
        reviews = self._reviews()
        lists = self._lists()
        refs = self._refs()
        return {
            files.STATE_PARTIES: [fact_lines.party(self.party)],
            files.REVIEWS: reviews,
            files.LISTS_OF_ISSUES: [
                fact_lines.list_of_issues(row, reply, ref=refs.get(row.pk, ""))
                for row, reply in lists
            ],
            files.DECISIONS: [
                fact_lines.decision(row, ref=refs.get(row.pk, ""))
                for row in self.decisions
                if self._is_said_once(row, *_decision(row))
            ],
            files.SUBMISSIONS: [
                fact_lines.submission(row, answers=refs.get(row.answers_id or 0, ""))
                for row in self.sent
                if self._is_said_once(row, *_submission(row))
            ],
        }

    def _reviews(self) -> list[Line]:
        """Return the lines of the reviews; take out the decisions that stand in them."""
        lines = []
        for review in self.reviews:
            if self._is_said_once(review, "review", review.first_report, review.last_report):
                due = next((row for row in self.decisions if is_due_of(row, review)), None)
                if due:
                    self._take(due)
                lines.append(fact_lines.review(review, due))
        return lines

    def _lists(self) -> list[tuple[CommitteeDecision, Submission | None]]:
        """Take out the lists of issues that have a line of their own, and the replies in them."""
        found = []
        for row in filter(is_plain_list, list(self.decisions)):
            identity = (row.kind, row.first_report, row.last_report)
            if identity not in self.said:
                self.said.add(identity)
                self._take(row)
                reply = next((each for each in self.sent if is_plain_reply(each, row)), None)
                if reply:
                    self.said.add(_submission(reply))
                    self.sent.remove(reply)
                found.append((row, reply))
        return found

    def _refs(self) -> dict[int, str]:
        """Name each request that a line of the submissions answers."""
        asked = dict.fromkeys(row.answers_id for row in self.sent if row.answers_id)
        return {pk: f"{number}" for number, pk in enumerate(asked, start=1)}

    def _take(self, row: CommitteeDecision) -> None:
        self.said.add(_decision(row))
        self.decisions.remove(row)

    def _is_said_once(self, row: ReportFact, *identity: Hashable) -> bool:
        """Whether nothing else was said of that; note what is left out for it."""
        if identity in self.said:
            places = {"fact": row, "state": self.party.state, "number": row.pk}
            text = _("%(fact)s (%(state)s, no. %(number)s): another line speaks of the same.")
            self.left_out.append(text % places)
            return False
        self.said.add(identity)
        return True


def _decision(row: CommitteeDecision) -> tuple[Hashable, ...]:
    """Return by what the loader knows a line of the decisions."""
    return (
        "decision",
        row.kind,
        row.first_report,
        row.last_report,
        row.symbol,
        row.paragraph,
        row.decided_on,
        row.review_id,
    )


def _submission(row: Submission) -> tuple[Hashable, ...]:
    """Return by what the loader knows a line of the submissions."""
    known = ("submission", row.kind, row.first_report, row.last_report, row.answers_id)
    returned = row.status == SubmissionStatus.RETURNED
    return (*known, row.filed_at) if returned else known
