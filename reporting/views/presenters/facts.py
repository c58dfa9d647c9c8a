"""Facts by the names that they have in addresses."""

from reporting.models import Review, Submission
from reporting.queries.state import FactRow

# Where each kind of fact is corrected.
FORMS = {
    "review": "reporting:review",
    "submission": "reporting:submission-correct",
    "decision": "reporting:decision",
}


def kind_of(row: FactRow) -> str:
    """Return the name that the fact has in addresses."""
    if isinstance(row, Review):
        return "review"
    return "submission" if isinstance(row, Submission) else "decision"
