"""Rows as they stand in answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from reporting.models import CommitteeDecision, Review, State, StateParty, Submission, Treaty
from reporting.models.fact import Fact
from reporting.queries import words
from reporting.queries.folding import Folding
from reporting.queries.lines import Numbered
from reporting.queries.log import PRECISIONS
from reporting.queries.marks import latest_written
from reporting.queries.numbers import Part
from reporting.queries.records import Narrowed, counted, filed_on, numbered_records, public_note

Line = dict[str, Any]
_STATE = "state_party__state__"
_COMMON = (
    "pk",
    f"{_STATE}iso3",
    f"{_STATE}name",
    f"{_STATE}regional_group",
    "state_party__treaty__code",
    "first_report",
    "last_report",
    "symbol",
    "source",
    "accepted_because",
    "note",
    "session",
)


def dated(name: str, text: str | None) -> Line:
    """Return a partial date with its precision beside it."""
    return {name: text, f"{name}_precision": PRECISIONS[len(text)] if text else None}


def source(stored: str) -> str:
    """Return a source in the language of the answer, as data."""
    return words.as_data(words.source(stored))


def state_line(state: State, treaties: list[str]) -> Line:
    """Return a State."""
    return {
        "iso3": state.iso3,
        "m49": state.m49,
        "name": state.local_name,
        "region": state.regional_group,
        "treaties": treaties,
    }


def party_line(party: StateParty) -> Line:
    """Return a State party."""
    return {
        "id": party.pk,
        "iso3": party.state.iso3,
        "state": party.state.local_name,
        "region": party.state.regional_group,
        "treaty": party.treaty.code,
        "data_as_at": party.treaty.data_as_at,
        "reports_on_record": party.reports_on_record,
        "on_record_as_at": party.on_record_as_at,
        "action": party.action,
        **dated("deposited_on", party.deposited_on.isoformat()),
        **dated("entry_into_force", party.entry_into_force.isoformat()),
        "denunciation_effective_on": party.denunciation_effective_on,
        "source": source(party.source),
    }


def obligation_line(found: Numbered, folds: Folding) -> Line:
    """Return an obligation; what ended it later is not told."""
    line, row, ended = found.line, found.line.row, found.line.ended
    considered = row.considered_on
    return {
        "id": found.pk,
        "iso3": row.iso3,
        "state": words.state(row.iso3, row.state),
        "region": row.region,
        "treaty": row.treaty,
        "data_as_at": found.data_as_at,
        "first_report": row.first,
        "last_report": row.last,
        "kind": row.kind,
        "report": words.as_data(words.title(row)),
        "also_under": folds.protocols(row, iso3=row.iso3, treaty=row.treaty),
        **dated("due_on", row.due_on),
        "basis": row.basis,
        "source": source(row.source),
        "status": line.standing.status.value,
        "days": line.standing.days,
        "band": line.standing.band.value if line.standing.band else None,
        "arises_on": row.arises_on,
        "closed_on": ended and ended.closed_on,
        "closed_as": (ended and ended.closed_as) or None,
        "closed_by": source(ended.closed_by) if ended and ended.closed_by else None,
        **dated("received_on", ended and ended.received_on),
        "confirmed": line.confirmed,
        "symbol": (ended and ended.symbol) or None,
        "considered_on": considered if considered and considered <= line.as_at else None,
        "explanation": words.explanation(row),
    }


@dataclass(frozen=True, slots=True)
class Records:
    """A kind of fact: its partial dates, what else is read, and what is made of that."""

    model: type[Fact]
    dates: tuple[str, ...]
    paths: tuple[str, ...]
    made: Callable[[Line], Line]

    def page(
        self, *, as_at: date, treaty: Treaty | None, narrowed: Narrowed, after: int, most: int
    ) -> list[Line]:
        """Return at most so many lines, those with the lowest numbers after that one."""
        found = counted(self.model, as_at=as_at, treaty=treaty, narrowed=narrowed)
        columns = (*self.dates, *_COMMON, *self.paths)
        question: tuple[object, ...] = ()
        if treaty or narrowed.region:
            written = latest_written(self.model)
            question = (self.model.__name__, written, as_at, treaty and treaty.pk, narrowed)
        part = Part(after, most, question)
        rows = numbered_records(found, *columns, as_at=as_at, dates=len(self.dates), part=part)
        return [self._line(dict(zip(columns, row, strict=True))) for row in rows]

    def _line(self, row: Line) -> Line:
        iso3, region = row[f"{_STATE}iso3"], row[f"{_STATE}regional_group"]
        line = {
            "id": row["pk"],
            "iso3": iso3,
            "state": words.state(iso3, row[f"{_STATE}name"]),
            "region": region,
            "treaty": row["state_party__treaty__code"],
        }
        for name in _COMMON[5:]:
            line[name] = row[name]
        line["source"] = source(row["source"])
        for name in self.dates:
            line |= dated(name, row[name])
        return line | self.made(row)


def _submission(row: Line) -> Line:
    return {
        "kind": row["kind"],
        "status": row["status"],
        "filed_on": filed_on(row["status"], row["sent_on"]),
        "procedure": row["procedure"],
        "languages": row["languages"],
        "words": row["word_count"],
        "answers": row["answers__symbol"] or None,
        "note": public_note(row["note"], row["filed_at"]),
    }


def _decision(row: Line) -> Line:
    names = ("kind", "to_be_communicated", "paragraph", "text")
    return {name: row[name] for name in names} | {"review": row["review__symbol"] or None}


SUBMISSIONS = Records(
    Submission,
    ("received_on",),
    (
        *("kind", "status", "sent_on", "procedure", "languages", "word_count"),
        *("answers__symbol", "filed_at"),
    ),
    _submission,
)
REVIEWS = Records(
    Review,
    ("dialogue_from", "dialogue_to", "adopted_on", "distributed_on"),
    ("in_absence",),
    lambda row: {"in_absence": row["in_absence"]},
)
DECISIONS = Records(
    CommitteeDecision,
    ("decided_on", "due_on", "withdrawn_on"),
    ("kind", "to_be_communicated", "paragraph", "text", "review__symbol"),
    _decision,
)
