"""What the Committee asks for beside the cycle: additional reports, follow-up, replies to lists."""

from datetime import date

from reporting.rules.facts import Decision, DecisionKind, Review, Submission
from reporting.rules.ledger import NO_REPORTS, Entry, Ledger
from reporting.rules.obligation import Closure, Kind
from reporting.rules.terms import Span, requested
from reporting.rules.wording import Explanation, Reason

_ASKED = {
    DecisionKind.ADDITIONAL_REPORT: (Kind.ADDITIONAL_REPORT, Reason.ADDITIONAL),
    DecisionKind.FOLLOW_UP: (Kind.FOLLOW_UP, Reason.FOLLOW_UP),
    DecisionKind.LIST_OF_ISSUES: (Kind.REPLIES, Reason.REPLIES),
    DecisionKind.LIST_OF_ISSUES_PRIOR: (Kind.REPLIES, Reason.REPLIES_ARE_REPORT),
}
_UNDATED = {
    Reason.REPLIES: Reason.REPLIES_UNDATED,
    Reason.REPLIES_ARE_REPORT: Reason.REPLIES_ARE_REPORT_UNDATED,
}


class Requests:
    """The open requests of one State party."""

    def __init__(self, ledger: Ledger) -> None:
        """Start without any."""
        self.ledger = ledger
        self._entries: dict[str, Entry] = {}
        self._prior: dict[str, Span] = {}

    def ask(self, decision: Decision, *, day: date) -> None:
        """Open the obligation to answer."""
        kind, reason = _ASKED[decision.kind]
        if kind is Kind.REPLIES and decision.due_on is None:
            reason = _UNDATED[reason]
        reports = decision.ordinals
        places = {"report": [*reports]} if reports else {}
        term = requested(decision, Explanation(reason, places))
        entry = self.ledger.open(kind, reports or NO_REPORTS, term, day=day)
        if entry:
            self._entries[decision.ref] = entry
        if reports and decision.kind is DecisionKind.LIST_OF_ISSUES_PRIOR:
            self._prior[decision.ref] = reports

    def answer(self, submission: Submission, *, day: date) -> None:
        """Close the request that the submission answers."""
        entry = self._entries.get(submission.answers)
        if entry and entry.is_open:
            self.ledger.close(entry, Closure.MET, day=day, by=submission)

    def report_in(self, submission: Submission) -> Span | None:
        """Return the reports that the replies to a list of issues prior to reporting are."""
        return self._prior.get(submission.answers)

    def report_received(self, report: Submission, span: Span, *, day: date) -> None:
        """Close the lists of issues prior to reporting of which the report is the replies."""
        for ref in self._prior:
            entry = self._entries.get(ref)
            if entry and entry.is_open and entry.covers(*span):
                self.ledger.close(entry, Closure.MET, day=day, by=report)

    def reviewed(self, review: Review, *, day: date) -> None:
        """Close the lists of issues that the dialogue has overtaken."""
        how = Closure.CONSIDERED_IN_ABSENCE if review.in_absence else Closure.LAPSED
        first, last = review.ordinals or (0, 0)
        for ref, entry in self._entries.items():
            if entry.is_open and entry.kind is Kind.REPLIES and entry.covers(first, last):
                met = ref in self._prior and not review.in_absence
                self.ledger.close(entry, Closure.MET if met else how, day=day, by=review)

    def withdraw(self, decision: Decision, *, day: date) -> None:
        """Close a request that the Committee took back."""
        entry = self._entries.get(decision.ref)
        if entry and entry.is_open:
            self.ledger.close(entry, Closure.WITHDRAWN, day=day, by=decision)
