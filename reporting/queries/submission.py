"""What was filed, for those who may see it."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from reporting.models import StateParty, Submission
from reporting.queries.history import changes


def submission_of(*, party: StateParty, pk: int) -> Submission | None:
    """Return what its State sent under any treaty, with its documents, if the number names that."""
    found = Submission.objects.filter(state_party__state=party.state_id, pk=pk)
    return (
        found.select_related("state_party__state", "state_party__treaty", "filed_by", "answers")
        .prefetch_related("documents")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Step:
    """A record of the history; ``changed`` names what was mended where the status stayed."""

    record: Any
    changed: list[str]


def history(submission: Submission) -> list[Step]:
    """Return the records of its history with who made them and what they mended, latest first."""
    records = submission.history.select_related("history_user")
    rows = list(records.order_by("history_date", "history_id"))
    return [Step(row, _mended(before, row)) for before, row in pairwise([None, *rows])][::-1]


def _mended(before: Any, row: Any) -> list[str]:
    if before is None or before.status != row.status:
        return []
    return [each.field for each in changes(before, row)]
