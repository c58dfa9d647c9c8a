"""What was filed, for those who may see it."""

from typing import Any

from reporting.models import StateParty, Submission


def submission_of(*, party: StateParty, pk: int) -> Submission | None:
    """Return what the State party sent, with its documents, if that is what the number names."""
    found = Submission.objects.filter(state_party=party, pk=pk)
    return (
        found.select_related("state_party__state", "state_party__treaty", "filed_by", "answers")
        .prefetch_related("documents")
        .first()
    )


def history(submission: Submission) -> list[Any]:
    """Return the records of its history with who made them, the latest first."""
    records = submission.history.select_related("history_user")
    return list(records.order_by("-history_date", "-history_id"))
