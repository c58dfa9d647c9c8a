"""The rows: facts that people record, and the obligations that are derived from them."""

from reporting.models.account import Role, User
from reporting.models.decision import CommitteeDecision, DecisionKind
from reporting.models.obligation import Basis, Closure, Kind, Obligation
from reporting.models.review import Review
from reporting.models.revision import Revision
from reporting.models.state import RegionalGroup, State
from reporting.models.state_party import Action, StateParty
from reporting.models.submission import Submission, SubmissionKind, SubmissionStatus
from reporting.models.treaty import Treaty

__all__ = [
    "Action",
    "Basis",
    "Closure",
    "CommitteeDecision",
    "DecisionKind",
    "Kind",
    "Obligation",
    "RegionalGroup",
    "Review",
    "Revision",
    "Role",
    "State",
    "StateParty",
    "Submission",
    "SubmissionKind",
    "SubmissionStatus",
    "Treaty",
    "User",
]
