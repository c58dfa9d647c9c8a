"""Facts that cannot all be true: refused by name, unless the fact says why it is so."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from reporting.rules.errors import RulesError
from reporting.rules.facts import Decision, FactError, Facts, Review, Submission, SubmissionKind
from reporting.rules.partial_date import PartialDate
from reporting.rules.placing import Placed
from reporting.rules.wording import date_in_words as say


class ContradictionsError(RulesError):
    """Every contradiction that was found among the facts of one State party."""

    def __init__(self, reasons: Iterable[FactError]) -> None:
        """Keep the single reasons, in the order of the facts."""
        self.reasons = tuple(reasons)
        super().__init__("\n".join(str(reason) for reason in self.reasons))


def contradictions(
    facts: Facts, placed: Iterable[Placed], *, in_force_on: PartialDate
) -> Iterator[FactError]:
    """Find every fact that contradicts another; one with ``accepted_because`` is let stand."""
    placed = [item for item in placed if not item.fact.accepted_because]
    yield from _too_early(facts, placed, in_force_on)
    yield from _reviews_unknown(facts)
    yield from _answers_in_conflict(facts)
    reports = [
        fact
        for fact in facts.submissions
        if fact.kind is SubmissionKind.REPORT and not fact.accepted_because
    ]
    yield from _reports_in_conflict(reports)
    reviews = [(day, fact) for day, fact in placed if isinstance(fact, Review)]
    yield from _reviews_in_conflict(reviews)
    for _, review in reviews:
        for report in reports:
            if review.overlaps(report):
                yield from _review_against_report(review, report)


def _too_early(
    facts: Facts, placed: Iterable[Placed], in_force_on: PartialDate
) -> Iterator[FactError]:
    deposit = facts.deposit.deposited_on
    for _, fact in placed:
        given = fact.happened_on
        if isinstance(fact, Decision):
            given, earliest, event = given or fact.due_on, deposit, "deposit"
        else:
            earliest, event = in_force_on, "entry into force"
        if given and given.last_day < earliest.first_day:
            reason = f"{say(given)} lies before the {event} on {say(earliest)}"
            yield fact.refuse(reason)


def _reviews_unknown(facts: Facts) -> Iterator[FactError]:
    reviews = {review.ref for review in facts.reviews}
    for decision in facts.decisions:
        if decision.review and decision.review not in reviews:
            reason = f"it comes from “{decision.review}”, a review that is not on record"
            yield decision.refuse(reason)


def _reports_in_conflict(reports: list[Submission]) -> Iterator[FactError]:
    if len(reports) < 2:
        return
    for one, other in combinations(sorted(reports, key=_by_ordinal), 2):
        if other.overlaps(one):
            reason = f"it covers a report that {one} covers already"
            yield other.refuse(reason)
        elif came := _came_before(other, one):
            reason = f"the later report came on {say(came)}, before {one}"
            yield other.refuse(reason)


def _came_before(later: Submission, earlier: Submission) -> PartialDate | None:
    """Return when the later report came, where that is before the earlier one."""
    came, before = later.received_on, earlier.received_on
    if came is None or before is None or later.first is None or earlier.first is None:
        return None
    return came if came.last_day < before.first_day else None


def _by_ordinal(submission: Submission) -> tuple[int, int, str]:
    return (*(submission.ordinals or (0, 0)), submission.ref)


def _reviews_in_conflict(reviews: list[tuple[date, Review]]) -> Iterator[FactError]:
    for (day, one), (other_day, other) in combinations(reviews, 2):
        if day == other_day and other.overlaps(one):
            reason = f"a second review of the same report on {say(day)}"
            yield other.refuse(reason)
        elif (other.last or 0) < (one.first or 0):
            reason = f"the earlier report is reviewed after {one}"
            yield other.refuse(reason)


def _review_against_report(review: Review, report: Submission) -> Iterator[FactError]:
    concluded, received = review.concluded_on, report.received_on
    if concluded is None or received is None:
        return
    if review.in_absence and received.last_day < concluded.first_day:
        reason = f"a review in the absence of {report}, which had come on {say(received)}"
        yield review.refuse(reason)
    if not review.in_absence and review.is_over_by and received.first_day > concluded.last_day:
        reason = f"the report came on {say(received)}, after it was considered on {say(concluded)}"
        yield report.refuse(reason)


def _answers_in_conflict(facts: Facts) -> Iterator[FactError]:
    asked = {decision.ref: decision for decision in facts.decisions}
    for answer in facts.submissions:
        if not answer.answers:
            continue
        request = asked.get(answer.answers)
        if request is None:
            reason = f"it answers “{answer.answers}”, which is not on record"
            yield answer.refuse(reason)
        elif not request.asks_for(answer.kind):
            reason = f"it answers {request}, which asks for something else"
            yield answer.refuse(reason)
        elif (early := _came_before_asked(answer, request)) and not answer.accepted_because:
            came, asked_on = map(say, early)
            reason = f"it came on {came}, before {request} of {asked_on}"
            yield answer.refuse(reason)


def _came_before_asked(
    answer: Submission, request: Decision
) -> tuple[PartialDate, PartialDate] | None:
    """Return when the answer came and when it was asked for, where that is the wrong order."""
    asked, received = request.decided_on, answer.received_on
    if asked and received and received.last_day < asked.first_day:
        return received, asked
    return None
