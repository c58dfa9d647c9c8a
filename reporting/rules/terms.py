"""On what the dates of the cycle rest: the treaty, the Committee, an estimate, or nothing yet."""

from typing import NamedTuple

from reporting.rules.facts import Decision, Review
from reporting.rules.obligation import Basis
from reporting.rules.partial_date import PartialDate
from reporting.rules.regimes import Regime
from reporting.rules.wording import Explanation, Reason, article

Span = tuple[int, int]
_NEXT_REASON = {
    Basis.TREATY: Reason.PERIODIC,
    Basis.COMMITTEE: Reason.AFTER_SET,
    Basis.ESTIMATE: Reason.AFTER_ESTIMATE,
}


class Term(NamedTuple):
    """A due date, or the want of one, with what it rests on; ``origin`` is the ref of its fact."""

    due: PartialDate | None
    basis: Basis
    source: str
    explanation: Explanation
    origin: str


def initial(regime: Regime, *, in_force_on: PartialDate) -> Term:
    """Return the term of the initial report, counted from the entry into force."""
    months = regime.initial_months
    places = {"interval": months, "start": in_force_on.isoformat()}
    return Term(
        in_force_on.plus_months(months),
        Basis.TREATY,
        article(regime.code, regime.initial_article),
        Explanation(Reason.INITIAL, places),
        "treaty",
    )


def periodic(
    regime: Regime, after: Term, previous: Span, *, counted_from: PartialDate, months: int
) -> Term:
    """Return the term of the report after the ``previous``; what follows an estimate is one."""
    ordinal = previous[1] + 1
    places = {
        "report": [ordinal, ordinal],
        "previous": list(previous),
        "start": counted_from.isoformat(),
        "interval": months,
    }
    is_estimate = after.basis is Basis.ESTIMATE
    return Term(
        counted_from.plus_months(months),
        Basis.ESTIMATE if is_estimate else Basis.TREATY,
        after.source if is_estimate else article(regime.code, regime.periodic_article),
        Explanation(_NEXT_REASON[after.basis], places),
        after.origin,
    )


def after_review(regime: Regime, review: Review, *, reviewed: Span, following: Span) -> Term:
    """Return the estimate that a review leaves where it is not on record that it set a date."""
    months, concluded = regime.periodic_months, review.concluded_on
    places: dict[str, object] = {"reviewed": list(reviewed), "report": list(following)}
    due = None
    if months is None:
        reason = Reason.NO_INTERVAL
    elif concluded is None:
        reason = Reason.UNDATED_REVIEW
    else:
        due = concluded.plus_months(months)
        reason = Reason.ESTIMATE if review.adopted_on else Reason.ESTIMATE_FROM_DIALOGUE
        places |= {"start": concluded.isoformat(), "interval": months}
    return Term(
        due,
        Basis.ESTIMATE if due else Basis.NONE,
        review.symbol or review.source,
        Explanation(reason, places),
        review.ref,
    )


def decided(decision: Decision, *, reports: Span, reviewed: Span | None) -> Term:
    """Return the term that the Committee set, or its announcement of one."""
    places = {"report": list(reports)}
    reason = Reason.SET_BY_LETTER if decision.due_on else Reason.TO_BE_COMMUNICATED
    if decision.due_on and reviewed:
        reason = Reason.SET
        places["reviewed"] = list(reviewed)
    return requested(decision, Explanation(reason, places))


def requested(decision: Decision, explanation: Explanation) -> Term:
    """Return the term of what the Committee decided, with or without a date."""
    return Term(
        decision.due_on,
        Basis.COMMITTEE if decision.due_on else Basis.NONE,
        decision.document or decision.source,
        explanation,
        decision.ref,
    )
