"""The columns that a fact file may have: where it has one, it says what the row is to hold."""

from collections.abc import Callable
from typing import Any

from reporting.models import Procedure, SubmissionStatus
from reporting.services.fact_files import Row

Reader = Callable[[str], Any]


def of_party(row: Row) -> dict[str, Any]:
    """Return what a line says of a State party beyond its deposit, by the name of the field."""
    return _given(
        row,
        ("accepted_because", "accepted_because", row.text),
        ("entry_into_force", "entry_into_force_override", row.partial),
        ("entry_into_force_reason", "entry_into_force_reason", row.text),
        ("denunciation_notified_on", "denunciation_notified_on", row.day),
        ("denunciation_effective_on", "denunciation_effective_on", row.day),
        ("on_record_as_at", "on_record_as_at", row.day),
        ("on_record_stated_at", "on_record_stated_at", row.moment),
    )


def of_submission(row: Row) -> dict[str, Any]:
    """Return what a line says of how a report was filed, by the name of the field."""

    def status(column: str) -> str:
        return row.choice(column, SubmissionStatus.values) if row.text(column) else "received"

    def procedure(column: str) -> str:
        return row.choice(column, Procedure.values) if row.text(column) else "standard"

    return _given(
        row,
        ("status", "status", status),
        ("sent_on", "sent_on", row.day),
        ("note_verbale", "note_verbale", row.text),
        ("procedure", "procedure", procedure),
        ("languages", "languages", lambda column: row.text(column).split()),
        ("word_count", "word_count", row.count),
        ("session", "session", row.number),
        ("returned_because", "returned_because", row.text),
        ("filed_at", "filed_at", row.moment),
    )


def _given(row: Row, *readers: tuple[str, str, Reader]) -> dict[str, Any]:
    return {field: read(column) for column, field, read in readers if row.has(column)}
