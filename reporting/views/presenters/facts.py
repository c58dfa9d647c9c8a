"""Facts by the names that they have in addresses."""

from django.utils.translation import gettext as _

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


def what_hangs(row: FactRow) -> str:
    """Say what of the fact hangs on its session."""
    return {
        "review": _("dialogue"),
        "submission": _("report scheduled"),
        "decision": _("date of a decision"),
    }[kind_of(row)]
