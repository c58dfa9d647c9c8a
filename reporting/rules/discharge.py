"""Whether reports had come: before a decision about them, or at all before their review."""

from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from reporting.rules.cycle import Cycle
from reporting.rules.facts import Decision, DecisionKind, Facts, Review
from reporting.rules.placing import place
from reporting.rules.regimes import Regime
from reporting.rules.timetable import cycle_on

# What is decided of a report before it comes, and what is asked about one that has come. What is asked
# for beside the cycle can be about any report.
BEFORE_IT_COMES = frozenset({DecisionKind.NEXT_REPORT_DUE, DecisionKind.LIST_OF_ISSUES_PRIOR})
OPEN_FOR_A_TIME = BEFORE_IT_COMES | {DecisionKind.LIST_OF_ISSUES}


class Discharged(NamedTuple):
    """Reports that had come or been considered; ``following`` is the first after all of them."""

    first: int
    last: int
    following: int


def discharged_before(regime: Regime, facts: Facts, decision: Decision) -> Discharged | None:
    """Return which reports that a decision is about were discharged before it; none if none was.

    A date is set, and questions prior to reporting are asked, before the report comes; a list of
    issues comes before the report is considered. What happens on the day of the decision or later
    makes it no less true. A decision that was withdrawn sets nothing, and one that is accepted with a
    reason is let stand.
    """
    if not decision.ordinals or decision.kind not in OPEN_FOR_A_TIME:
        return None
    if decision.withdrawn_on or decision.accepted_because:
        return None
    placed, _errors = place(facts)
    by = next((day for day, fact in placed if fact.ref == decision.ref), None)
    if by is None:
        return None
    cycle = cycle_on(regime, facts, as_at=by - timedelta(days=1))
    first, last = decision.ordinals
    reports = [each for each in range(first, last + 1) if _is_over(cycle, each, decision.kind)]
    if not reports:
        return None
    until = cycle.discharged_to if decision.kind in BEFORE_IT_COMES else cycle.considered_to
    return Discharged(reports[0], reports[-1], until + 1)


def never_came(
    regime: Regime, facts: Facts, review: Review, *, as_at: date
) -> tuple[int, int] | None:
    """Return which reports a review with a delegation considered without any sign of their receipt.

    That is let stand: such a report counts as received by the day of the dialogue.
    """
    if review.in_absence or not review.ordinals:
        return None
    without = replace(
        facts,
        reviews=tuple(each for each in facts.reviews if each.ref != review.ref),
        decisions=tuple(each for each in facts.decisions if each.review != review.ref),
    )
    cycle = cycle_on(regime, without, as_at=as_at)
    first, last = review.ordinals
    missing = [each for each in range(first, last + 1) if cycle.is_outstanding((each, each))]
    return (missing[0], missing[-1]) if missing else None


def _is_over(cycle: Cycle, report: int, kind: DecisionKind) -> bool:
    if kind in BEFORE_IT_COMES:
        return not cycle.is_outstanding((report, report))
    return report <= cycle.considered_to
