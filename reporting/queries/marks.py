"""Whether what is on record has changed, asked in a few queries and without reading it."""

from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any, NamedTuple

from reporting.models import (
    CommitteeDecision,
    CoreDocument,
    Review,
    Revision,
    Session,
    StateParty,
    Submission,
    UniversalReview,
)

_FACTS = (StateParty, Submission, Review, CommitteeDecision, Session)
_OF_STATES = (CoreDocument, UniversalReview)


class Mark(NamedTuple):
    """A text that is another one whenever what is marked is, and the moment since which it is so."""

    text: str
    at: datetime


def latest_written(model: Any) -> tuple[int, datetime | None]:
    """Return the number of the last version of any row of the model, and when it was written."""
    row = model.history.order_by("-history_id").values_list("history_id", "history_date").first()
    return row or (0, None)


def mark_of_obligations(*question: object, today: date) -> Mark:
    """Return the mark of an answer that comes from obligations alone; one query."""
    return _mark([], question, today)


def mark_of_record(*question: object, today: date) -> Mark:
    """Return the mark of the answer to a question about what is on record, as it is today.

    The parts of the question are told apart by their text. With a new day it is another one, as time
    alone makes reports overdue and brings in what was dated ahead.
    """
    return _mark([latest_written(model) for model in _FACTS], question, today)


def mark_of_state_facts(*question: object, today: date) -> Mark:
    """Return the mark of the answer to a question about what is of States beside their treaties."""
    return _mark([latest_written(model) for model in _OF_STATES], question, today)


def _mark(
    latest: list[tuple[int, datetime | None]], question: tuple[object, ...], today: date
) -> Mark:
    revision = Revision.objects.of()
    moments = [datetime.combine(today, time(), UTC), *(at for _pk, at in latest if at)]
    if revision:
        moments.append(revision.renewed_at)
    parts = [revision.mark if revision else None, latest, today, *question]
    return Mark(digest(parts), max(moments))


def digest(parts: list[Any]) -> str:
    """Return a short text that is another one for other parts."""
    return sha256(
        repr([str(part) for part in parts]).encode("utf-8", "backslashreplace")
    ).hexdigest()[:32]
