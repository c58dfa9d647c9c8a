"""On which day a fact counts.

Old documents give a month, a year or no date at all. Such a fact counts from the last day on which it
can have happened: its own last day, but no later than the facts that follow it in the life of a report,
the first day of a due date that it set, and the day on which it was put on record. And what follows
from another fact counts no earlier than that one.
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


def place(facts: Facts) -> tuple[list[Placed], list[FactError]]:
    """Return the facts in the order in which they count, and an error for each that has no day."""
    return _Placing(facts).result()


class _Placing:
    """The days found so far for the facts of one State party."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.days: dict[str, date] = {}
        self.reviews = {review.ref: review for review in facts.reviews}
        self.decisions = {decision.ref: decision for decision in facts.decisions}
        self.happened_by = [*self._dated()]

    def result(self) -> tuple[list[Placed], list[FactError]]:
        placed, errors = [], []
        for fact in self._in_turn():
            day = self._day(fact)
            if day is None:
                reason = "nothing on record says by when it happened; record its date"
                errors.append(fact.refuse(reason))
            else:
                self.days[fact.ref] = day
                placed.append(Placed(day, fact))
        return sorted(placed, key=self._order), errors

    def _in_turn(self) -> Iterator[DatedFact]:
        """Go through the facts so that what hangs on the day of another one comes after it."""
        for review in sorted(self.facts.reviews, key=_last, reverse=True):
            yield review
            if review.happened_on is None and review.ref in self.days:
                self.happened_by.append((review.first or 0, self.days[review.ref]))
        yield from self.facts.decisions
        yield from self.facts.submissions
        if self.facts.denunciation:
            yield self.facts.denunciation

    def _day(self, fact: DatedFact) -> date | None:
        own = fact.happened_on
        day = own.first_day if own and own.is_certain else self._last_possible(fact, own)
        floor = self._floor(fact)
        return max(day, floor) if day and floor else day

    def _last_possible(self, fact: DatedFact, own: PartialDate | None) -> date | None:
        bounds = [*self._later_reports(fact), *self._bounds(fact)]
        if fact.recorded_on:
            bounds.append(fact.recorded_on)
        if own:
            bounds = [own.last_day, *(bound for bound in bounds if bound >= own.first_day)]
        return min(bounds, default=None)

    def _floor(self, fact: DatedFact) -> date | None:
        """Return the day before which it does not count: that of what it follows from."""
        if isinstance(fact, Submission):
            return self.days.get(fact.answers)
        if isinstance(fact, Decision):
            return self.days.get(fact.review)
        if isinstance(fact, Review) and not (fact.is_over_by or fact.in_absence):
            reports = [each for each in self.facts.submissions if each.overlaps(fact)]
            return max(
                (each.received_on.first_day for each in reports if each.received_on), default=None
            )
        return None

    def _later_reports(self, fact: DatedFact) -> Iterator[date]:
        """Go through the days by which something had happened about a later report."""
        if isinstance(fact, OrdinalFact) and fact.last is not None:
            for first, day in self.happened_by:
                if first > fact.last:
                    yield day

    def _bounds(self, fact: DatedFact) -> Iterator[date]:
        """Go through the days after which it cannot have happened."""
        match fact:
            case Submission(kind=SubmissionKind.REPORT | SubmissionKind.REPLIES):
                yield from self._reviews_of(fact)
            case Review():
                for decision in self.facts.decisions:
                    if decision.review == fact.ref:
                        yield from _made_by(decision)
            case Decision():
                yield from self._bounds_of_decision(fact)
            case _:
                pass

    def _bounds_of_decision(self, decision: Decision) -> Iterator[date]:
        yield from _made_by(decision)
        yield from self._answers_to(decision)
        if decision.kind.is_list_of_issues:
            yield from self._reviews_after(decision)
        if decision.review in self.days:
            yield self.days[decision.review]

    def _dated(self) -> Iterator[tuple[int, date]]:
        """Go through what is dated: the first report that it is about, and by when it happened."""
        for fact in self.facts:
            if isinstance(fact, OrdinalFact) and fact.first is not None:
                own = fact.happened_on
                if own:
                    yield fact.first, own.last_day
                elif isinstance(fact, Decision) and fact.due_on:
                    yield fact.first, fact.due_on.first_day

    def _reviews_of(self, report: Submission) -> Iterator[date]:
        """Go through the last days of the dialogues on a report: by then it had come."""
        for review in self.facts.reviews:
            if review.overlaps(report) and not review.in_absence:
                if review.dialogue:
                    yield review.dialogue.last_day
                elif review.ref in self.days:
                    yield self.days[review.ref]

    def _reviews_after(self, questions: Decision) -> Iterator[date]:
        """Go through the reviews of all the reports that a list of issues is about."""
        for review in self.facts.reviews:
            if review.ref in self.days and _holds(review, questions):
                dialogue = review.dialogue
                yield dialogue.last_day if dialogue else self.days[review.ref]

    def _answers_to(self, decision: Decision) -> Iterator[date]:
        for submission in self.facts.submissions:
            is_report = (
                decision.kind is DecisionKind.LIST_OF_ISSUES_PRIOR
                and submission.kind is SubmissionKind.REPORT
                and submission.overlaps(decision)
            )
            if (is_report or submission.answers == decision.ref) and submission.received_on:
                yield submission.received_on.last_day

    def _order(self, placed: Placed) -> tuple[date, int, int, str]:
        """Return where it stands: by day, by report, by the life of a report."""
        fact = placed.fact
        return (placed.day, self._ordinal(fact), _stage(fact), fact.ref)

    def _ordinal(self, fact: DatedFact) -> int:
        if isinstance(fact, Submission) and fact.answers in self.decisions:
            fact = self.decisions[fact.answers]
        if isinstance(fact, Decision) and fact.review in self.reviews:
            fact = self.reviews[fact.review]
        if isinstance(fact, OrdinalFact) and fact.first is not None:
            return fact.first
        return _NO_ORDINAL


def _last(fact: OrdinalFact) -> tuple[int, str]:
    return fact.last or 0, fact.ref


def _holds(outer: OrdinalFact, inner: OrdinalFact) -> bool:
    """Whether one is about every report that the other is about."""
    mine, theirs = outer.ordinals, inner.ordinals
    return bool(mine and theirs and mine[0] <= theirs[0] and theirs[1] <= mine[1])


def _made_by(decision: Decision) -> Iterator[date]:
    """Go through the days by which a decision was made: its own, or before what it made due."""
    decided, due = decision.decided_on, decision.due_on
    if decided:
        yield decided.last_day
    if due and (decided is None or decided.first_day <= due.first_day):
        yield due.first_day


def _stage(fact: DatedFact) -> int:
    if isinstance(fact, Review):
        return _REVIEW_STAGE
    if isinstance(fact, Denunciation):
        return _DENUNCIATION_STAGE
    return _STAGES.get(fact.kind, _ANSWER_STAGE if isinstance(fact, Submission) else _REQUEST_STAGE)
