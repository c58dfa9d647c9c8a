"""On which day a fact counts.

Old documents give a month, a year or no date at all. Such a fact counts from the last day on which it
can have happened: its own last day, but no later than the facts that follow it in the life of a report,
the first day of a due date that it set, and the day on which it was put on record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reporting.rules.facts import (
    DatedFact,
    Decision,
    DecisionKind,
    Denunciation,
    FactError,
    Facts,
    OrdinalFact,
    Review,
    Submission,
    SubmissionKind,
)
from reporting.rules.partial_date import PartialDate

_NO_ORDINAL = 10**6
_STAGES: dict[str, int] = {
    DecisionKind.LIST_OF_ISSUES_PRIOR: 0,
    SubmissionKind.REPORT: 1,
    DecisionKind.LIST_OF_ISSUES: 2,
    SubmissionKind.REPLIES: 3,
    DecisionKind.NEXT_REPORT_DUE: 5,
}
_REVIEW_STAGE, _REQUEST_STAGE, _ANSWER_STAGE, _DENUNCIATION_STAGE = 4, 6, 7, 8


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact and the day from which it counts."""

    day: date
    fact: DatedFact

    def order(self, facts: Facts) -> tuple[date, int, int, str]:
        """Return where it stands among the facts: by day, by report, by the life of a report."""
        return (self.day, _first_ordinal(self.fact, facts), _stage(self.fact), self.fact.ref)


def place(facts: Facts) -> tuple[list[Placed], list[FactError]]:
    """Return the facts in the order in which they count, and an error for each that has no day."""
    placed, errors = [], []
    days: dict[str, date] = {}
    for fact in sorted(facts, key=_turn):
        day = _day(fact, facts, days)
        if day is None:
            reason = "nothing on record says by when it happened; record its date"
            errors.append(fact.refuse(reason))
        else:
            days[fact.ref] = day
            placed.append(Placed(day, fact))
    return sorted(placed, key=lambda item: item.order(facts)), errors


def _turn(fact: DatedFact) -> int:
    """Return when to place it: what hangs on the day of a review comes after the reviews."""
    return 0 if isinstance(fact, Review) else 1


def _day(fact: DatedFact, facts: Facts, days: dict[str, date]) -> date | None:
    own = own_date(fact)
    if own and own.is_certain:
        return own.first_day
    if isinstance(fact, Decision) and own is None and fact.review in days:
        return days[fact.review]
    bounds = [*_bounds(fact, facts, days)]
    if fact.recorded_on:
        bounds.append(fact.recorded_on)
    if own is None:
        return min(bounds, default=None)
    return min([own.last_day, *(bound for bound in bounds if bound >= own.first_day)])


def own_date(fact: DatedFact) -> PartialDate | None:
    """Return the date that the fact itself gives, or ``None`` where it is not on record."""
    match fact:
        case Submission():
            return fact.received_on
        case Review():
            return fact.concluded_on
        case Decision():
            return fact.decided_on
        case Denunciation():
            return PartialDate.of(fact.notified_on or fact.effective_on)


def _bounds(fact: DatedFact, facts: Facts, days: dict[str, date]) -> Iterator[date]:
    if isinstance(fact, Denunciation):
        return
    yield from _later_reports(fact, facts)
    match fact:
        case Submission(kind=SubmissionKind.REPORT):
            yield from _reviews_of(fact, facts, days)
        case Review():
            for decision in facts.decisions:
                if decision.review == fact.ref:
                    yield from _set_by(decision)
        case Decision():
            yield from _set_by(fact)
            yield from _answers_to(fact, facts)
            if fact.kind.is_list_of_issues:
                yield from _reviews_of(fact, facts, days)


def _later_reports(fact: OrdinalFact, facts: Facts) -> Iterator[date]:
    if fact.last is None:
        return
    for other in facts:
        if isinstance(other, OrdinalFact) and other.first is not None and other.first > fact.last:
            day = own_date(other)
            if day:
                yield day.last_day


def _reviews_of(fact: OrdinalFact, facts: Facts, days: dict[str, date]) -> Iterator[date]:
    for review in facts.reviews:
        if not review.overlaps(fact) or (review.in_absence and isinstance(fact, Submission)):
            continue
        if review.dialogue:
            yield review.dialogue.last_day
        elif review.ref in days:
            yield days[review.ref]


def _set_by(decision: Decision) -> Iterator[date]:
    if decision.decided_on:
        yield decision.decided_on.last_day
    if decision.due_on:
        yield decision.due_on.first_day


def _answers_to(decision: Decision, facts: Facts) -> Iterator[date]:
    for submission in facts.submissions:
        is_report = (
            decision.kind is DecisionKind.LIST_OF_ISSUES_PRIOR
            and submission.kind is SubmissionKind.REPORT
            and submission.overlaps(decision)
        )
        if (is_report or submission.answers == decision.ref) and submission.received_on:
            yield submission.received_on.last_day


def _first_ordinal(fact: DatedFact, facts: Facts) -> int:
    if isinstance(fact, Decision) and fact.review:
        of = [review.first for review in facts.reviews if review.ref == fact.review]
        return (of and of[0]) or _NO_ORDINAL
    if isinstance(fact, OrdinalFact) and fact.first is not None:
        return fact.first
    return _NO_ORDINAL


def _stage(fact: DatedFact) -> int:
    match fact:
        case Review():
            return _REVIEW_STAGE
        case Denunciation():
            return _DENUNCIATION_STAGE
        case Decision():
            return _STAGES.get(fact.kind, _REQUEST_STAGE)
        case Submission():
            return _STAGES.get(fact.kind, _ANSWER_STAGE)
