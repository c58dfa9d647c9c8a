"""Rows on record as lines of the fact files, by the names of their columns."""

from typing import Any

from reporting.models import (
    CommitteeDecision,
    CoreDocument,
    DecisionKind,
    Procedure,
    Review,
    Session,
    State,
    StateParty,
    Submission,
    SubmissionKind,
    SubmissionStatus,
    Treaty,
    UniversalReview,
)
from reporting.services.loading import TO_BE_COMMUNICATED

Line = dict[str, Any]
LISTS = (DecisionKind.LIST_OF_ISSUES, DecisionKind.LIST_OF_ISSUES_PRIOR)
_COMMON = ("source", "note", "accepted_because", "recorded_on")
# A reply with nothing but these stands in the line of the list that it answers.
_PLAIN: Line = {
    "symbol": "",
    "note": "",
    "accepted_because": "",
    "status": SubmissionStatus.RECEIVED,
    "sent_on": None,
    "note_verbale": "",
    "procedure": Procedure.STANDARD,
    "languages": [],
    "word_count": None,
    "session": None,
    "returned_because": "",
    "filed_at": None,
}


def _values(row: Any, *names: str) -> Line:
    return {name: getattr(row, name) for name in names}


def _about(row: Any) -> Line:
    """Return which reports of which State a fact is about, and what every fact has."""
    party = row.state_party
    of = {"treaty": party.treaty.code, "iso3": party.state.iso3}
    return {**of, **_values(row, "first_report", "last_report", *_COMMON)}


def treaty(row: Treaty) -> Line:
    """Return the line of a treaty; its article on reports is that of the initial one."""
    names = ("code", "name", "in_force_on", "entry_into_force_rule", "entry_into_force_article")
    more = ("initial_article", "periodic_article", "initial_months", "periodic_months")
    rest = ("cycle_note", "follow_up_months", "folded_into", "data_as_at", "confidence")
    known = "yes" if row.reports_on_record else "no"
    values = _values(row, *names, *more, *rest)
    return {**values, "report_article": row.report_article, "reports_on_record": known}


def state(row: State) -> Line:
    """Return the line of a State."""
    return _values(row, "iso3", "m49", "name", "regional_group", "source")


def session(row: Session) -> Line:
    """Return the line of a session."""
    values = _values(row, "number", "starts_on", "ends_on", "status", "capacity", "note", "source")
    return {**values, "treaty": row.treaty.code}


def core_document(row: CoreDocument) -> Line:
    """Return the line of a common core document."""
    values = _values(row, "symbol", "dated_on", "source", "note", "recorded_on")
    return {**values, "iso3": row.state.iso3}


def universal_review(row: UniversalReview) -> Line:
    """Return the line of a cycle of the Universal Periodic Review."""
    names = ("cycle", "session", *row.DAYS.values(), "source", "note", "recorded_on")
    return {**_values(row, *names), "iso3": row.state.iso3}


def party(row: StateParty) -> Line:
    """Return the line of a State party."""
    names = ("action", "signed_on", "deposited_on", "confidence", "entry_into_force_reason")
    gone = ("denunciation_notified_on", "denunciation_effective_on")
    known = ("on_record_as_at", "on_record_stated_at")
    return {
        **_values(row.state, "iso3", "m49", "name"),
        **_values(row, *names, *gone, *known, *_COMMON),
        "treaty": row.treaty.code,
        "entry_into_force": row.entry_into_force_override,
    }


def submission(row: Submission, *, answers: str) -> Line:
    """Return the line of a submission; ``answers`` is what its request is called."""
    filed = ("sent_on", "note_verbale", "procedure", "languages", "word_count", "session")
    names = ("kind", "symbol", "received_on", "status", "returned_because", "filed_at", *filed)
    return {**_about(row), **_values(row, *names), "answers": answers}


def review(row: Review, due: CommitteeDecision | None) -> Line:
    """Return the line of a review, with the date that it set."""
    names = ("session", "dialogue_from", "dialogue_to", "adopted_on", "distributed_on")
    next_due = TO_BE_COMMUNICATED if due and due.to_be_communicated else due and due.due_on
    return {
        **_about(row),
        **_values(row, *names),
        "in_absence_of_report": row.in_absence,
        "concluding_observations": row.symbol,
        "next_report_due": next_due,
    }


def list_of_issues(row: CommitteeDecision, reply: Submission | None, *, ref: str) -> Line:
    """Return the line of a list of issues, with the day on which the replies came."""
    return {
        **_about(row),
        **_values(row, "kind", "symbol", "text"),
        "issued_on": row.decided_on,
        "replies_due": row.due_on,
        "replies_received_on": reply and reply.received_on,
        "ref": ref,
    }


def decision(row: CommitteeDecision, *, ref: str) -> Line:
    """Return the line of any other decision."""
    names = ("kind", "symbol", "paragraph", "decided_on", "due_on", "to_be_communicated")
    return {
        **_about(row),
        **_values(row, *names, "session", "withdrawn_on", "text"),
        "review": row.review.span if row.review else "",
        "ref": ref,
    }


def is_due_of(row: CommitteeDecision, review: Review) -> bool:
    """Whether the line of the review says all that there is of this date."""
    derived = {
        "decided_on": review.adopted_on,
        "symbol": review.symbol,
        "source": review.source,
        "recorded_on": review.recorded_on,
    }
    return (
        row.kind == DecisionKind.NEXT_REPORT_DUE
        and row.review_id == review.pk
        and bool(row.due_on or row.to_be_communicated)
        and row.first_report is None
        and _says_no_more(row)
        and all(getattr(row, name) == value for name, value in derived.items())
        and not (row.text or row.note or row.accepted_because)
    )


def is_plain_list(row: CommitteeDecision) -> bool:
    """Whether the line of a list of issues says all that there is of this one."""
    return (
        row.kind in LISTS
        and row.first_report is not None
        and row.review_id is None
        and not row.to_be_communicated
        and _says_no_more(row)
    )


def _says_no_more(row: CommitteeDecision) -> bool:
    return not row.paragraph and row.session is None and row.withdrawn_on is None


def is_plain_reply(row: Submission, to: CommitteeDecision) -> bool:
    """Whether the line of the list of issues says all that there is of this reply."""
    shared = ("first_report", "last_report", "source", "recorded_on")
    return (
        row.kind == SubmissionKind.REPLIES
        and row.answers_id == to.pk
        and row.received_on is not None
        and all(getattr(row, name) == getattr(to, name) for name in shared)
        and all(getattr(row, name) == value for name, value in _PLAIN.items())
    )
