"""The rows: facts that people record, and the obligations that are derived from them."""

from reporting.models.account import Role, User
from reporting.models.account_change import AccountChange
from reporting.models.api_token import ApiToken, Scope
from reporting.models.assignment import Assignment
from reporting.models.audit import AddedOnlyError, AuditEntry, AuditOpening
from reporting.models.calendar_link import CalendarLink
from reporting.models.called_off import CalledOff, Unfolded
from reporting.models.contact import Contact
from reporting.models.core_document import CoreDocument
from reporting.models.decision import CommitteeDecision, DecisionKind
from reporting.models.document import DocumentType, SubmissionDocument
from reporting.models.heartbeat import Heartbeat
from reporting.models.invitation import Invitation
from reporting.models.language import Language
from reporting.models.milestone import Milestone
from reporting.models.mute import Mute
from reporting.models.obligation import Basis, Closure, Kind, Obligation
from reporting.models.obligation_change import Followed, ObligationChange
from reporting.models.offsets import AlertOffsets
from reporting.models.refresh import RefreshChunk, RefreshRun
from reporting.models.reminder import TOGETHER, Message, Occasion, Reminder, Why, alert_words
from reporting.models.review import Review
from reporting.models.revision import Revision
from reporting.models.session import Session
from reporting.models.state import RegionalGroup, State
from reporting.models.state_fact import StateFact
from reporting.models.state_party import Action, StateParty
from reporting.models.submission import Procedure, Submission, SubmissionKind, SubmissionStatus
from reporting.models.treaty import Treaty
from reporting.models.universal_review import UniversalReview
from reporting.models.webhook import Trouble, Webhook, WebhookDelivery

__all__ = [
    "TOGETHER",
    "AccountChange",
    "Action",
    "AddedOnlyError",
    "AlertOffsets",
    "ApiToken",
    "Assignment",
    "AuditEntry",
    "AuditOpening",
    "Basis",
    "CalendarLink",
    "CalledOff",
    "Closure",
    "CommitteeDecision",
    "Contact",
    "CoreDocument",
    "DecisionKind",
    "DocumentType",
    "Followed",
    "Heartbeat",
    "Invitation",
    "Kind",
    "Language",
    "Message",
    "Milestone",
    "Mute",
    "Obligation",
    "ObligationChange",
    "Occasion",
    "Procedure",
    "RefreshChunk",
    "RefreshRun",
    "RegionalGroup",
    "Reminder",
    "Review",
    "Revision",
    "Role",
    "Scope",
    "Session",
    "State",
    "StateFact",
    "StateParty",
    "Submission",
    "SubmissionDocument",
    "SubmissionKind",
    "SubmissionStatus",
    "Treaty",
    "Trouble",
    "Unfolded",
    "UniversalReview",
    "User",
    "Webhook",
    "WebhookDelivery",
    "Why",
    "alert_words",
]
