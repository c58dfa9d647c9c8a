"""On which day a fact counts.

Old documents give a month, a year or no date at all. Such a fact counts from the last day on which it
can have happened: its own last day, but no later than the facts that follow it in the life of a report,
the first day of a due date that it set, and the day on which it was put on record. And what follows
from another fact counts no earlier than that one.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from reporting.rules.facts import (
    DatedFact,
    Decision,
    DecisionKind,
    FactError,
    Facts,
    OrdinalFact,
    Review,
    Submission,
    SubmissionKind,
)
from reporting.rules.partial_date import PartialDate
from reporting.rules.saying import gettext_noop

_NO_ORDINAL = 10**6
_SUBMISSION_STAGES = {SubmissionKind.REPORT: 1, SubmissionKind.REPLIES: 3}
_DECISION_STAGES = {
    DecisionKind.LIST_OF_ISSUES_PRIOR: 0,
    DecisionKind.LIST_OF_ISSUES: 2,
    DecisionKind.NEXT_REPORT_DUE: 5,
}
_REVIEW_STAGE, _REQUEST_STAGE, _ANSWER_STAGE, _DENUNCIATION_STAGE = 4, 6, 7, 8
_OrdinalFact: TypeAlias = Submission | Review | Decision


class Placed(NamedTuple):
    """A fact and the day from which it counts."""

    day: date
    fact: DatedFact


def place(facts: Facts) -> tuple[list[Placed], list[FactError]]:
    """Return the facts in the order in which they count, and an error for each that has no day."""
    return _Placing(facts).result()


class _Placing:
    """The days found so far for the facts of one State party.

    The facts are placed so that what hangs on the day of another one comes after it. Days by which a
    fact had happened at the latest are looked for only where it does not give a day itself.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.days: dict[str, date] = {}
        self.ordinals: dict[str, int] = {}
        self.order: list[tuple[date, int, int, tuple[str, int, str], DatedFact]] = []
        self.errors: list[FactError] = []
        self.happened_by = self._happened_by()

    def result(self) -> tuple[list[Placed], list[FactError]]:
        self._place_reviews()
        self._place_decisions()
        self._place_submissions()
        if gone := self.facts.denunciation:
            day = gone.happened_on.first_day
            self.order.append((day, _NO_ORDINAL, _DENUNCIATION_STAGE, _turn(gone), gone))
        self.order.sort()  # by day, report, stage and ref, of which no two facts share one
        return [Placed(day, fact) for day, _, _, _, fact in self.order], self.errors

    def _place_reviews(self) -> None:
        for review in sorted(self.facts.reviews, key=_last, reverse=True):
            floor = None if review.is_over_by or review.in_absence else self._came_on(review)
            stands = review.first, _REVIEW_STAGE
            self._place(review, stands, self._dates_set_by(review), floor=floor)
            if review.happened_on is None and review.ref in self.days:
                self.happened_by.append((review.first or 0, self.days[review.ref]))

    def _place_decisions(self) -> None:
        for decision in self.facts.decisions:
            ordinal = self.ordinals.get(decision.review, decision.first)
            stands = ordinal, _DECISION_STAGES.get(decision.kind, _REQUEST_STAGE)
            floor = self.days.get(decision.review)
            self._place(decision, stands, self._bounds(decision), floor=floor)

    def _place_submissions(self) -> None:
        for sent in self.facts.submissions:
            ordinal = self.ordinals.get(sent.answers, sent.first)
            stands = ordinal, _SUBMISSION_STAGES.get(sent.kind, _ANSWER_STAGE)
            floor = self.days.get(sent.answers)
            self._place(sent, stands, self._dialogues_on(sent), floor=floor)

    def _place(
        self,
        fact: _OrdinalFact,
        stands: tuple[int | None, int],
        bounds: Iterable[date],
        *,
        floor: date | None,
    ) -> None:
        """Find the day of a fact: no later than any bound, no earlier than what it follows from.

        On one day it ``stands`` by the report that it is about and by its stage in the life of one.
        """
        own = fact.happened_on
        day = own.last_day if own and own.is_certain else self._last_possible(fact, own, bounds)
        if day is None:
            reason = gettext_noop("nothing on record says by when it happened; record its date")
            self.errors.append(fact.refuse(reason))
            return
        if floor and floor > day:
            day = floor
        ordinal = stands[0] or _NO_ORDINAL
        self.days[fact.ref], self.ordinals[fact.ref] = day, ordinal
        self.order.append((day, ordinal, stands[1], _turn(fact), fact))

    def _last_possible(
        self, fact: _OrdinalFact, own: PartialDate | None, bounds: Iterable[date]
    ) -> date | None:
        days = [*bounds]
        if fact.last is not None:
            days += [day for first, day in self.happened_by if first > fact.last]
        if fact.recorded_on:
            days.append(fact.recorded_on)
        if own:
            days = [own.last_day, *(day for day in days if day >= own.first_day)]
        return min(days, default=None)

    def _happened_by(self) -> list[tuple[int, date]]:
        """Return of what is dated the first report that it is about, and by when it happened."""
        dated: tuple[Submission | Review, ...] = (*self.facts.submissions, *self.facts.reviews)
        happened = [
            (fact.first, fact.happened_on.last_day)
            for fact in dated
            if fact.first and fact.happened_on
        ]
        for decision in self.facts.decisions:
            if decision.first and decision.decided_on:
                happened.append((decision.first, decision.decided_on.last_day))
            elif decision.first and decision.due_on:
                happened.append((decision.first, decision.due_on.first_day))
        return happened

    def _came_on(self, review: Review) -> date | None:
        """Return the day on which the last of the reports came that were considered."""
        reports = [each for each in self.facts.submissions if each.overlaps(review)]
        return max(
            (each.received_on.first_day for each in reports if each.received_on), default=None
        )

    def _dates_set_by(self, review: Review) -> Iterator[date]:
        """Go through the days by which it had happened, because a date came from it."""
        for decision in self.facts.decisions:
            if decision.review == review.ref:
                yield from _made_by(decision)

    def _bounds(self, decision: Decision) -> Iterator[date]:
        """Go through the days by which a decision had been made."""
        yield from _made_by(decision)
        yield from self._answers_to(decision)
        if decision.kind.is_list_of_issues:
            yield from self._reviews_after(decision)
        if decision.review in self.days:
            yield self.days[decision.review]

    def _dialogues_on(self, report: Submission) -> Iterator[date]:
        """Go through the last days of the dialogues on a report: by then it had come."""
        if report.kind not in _SUBMISSION_STAGES:
            return
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


def _turn(fact: DatedFact) -> tuple[str, int, str]:
    """Return what orders facts of one day: the one put on record as no. 9 comes before no. 10."""
    kind, _dash, number = fact.ref.rpartition("-")
    return (kind, int(number), fact.ref) if number.isdecimal() else (fact.ref, 0, "")


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
