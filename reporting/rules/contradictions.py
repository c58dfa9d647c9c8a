"""Facts that cannot all be true: refused by name, unless the fact says why it is so."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from reporting.rules.errors import RulesError
from reporting.rules.facts import Decision, FactError, Facts, Review, Submission, SubmissionKind
from reporting.rules.partial_date import PartialDate
from reporting.rules.placing import Placed
from reporting.rules.saying import (
    Count,
    SayDate,
    Translate,
    counted_in_english,
    date_in_words,
    gettext_noop,
    say,
)

_BEFORE_DEPOSIT = gettext_noop("%(day)s lies before the deposit on %(start)s")
_BEFORE_ENTRY_INTO_FORCE = gettext_noop("%(day)s lies before the entry into force on %(start)s")


class ContradictionsError(RulesError):
    """Every contradiction that was found among the facts of one State party."""

    def __init__(self, reasons: Iterable[FactError]) -> None:
        """Keep the single reasons, in the order of the facts."""
        self.reasons = tuple(reasons)
        super().__init__(say("%(reasons)s", reasons="\n".join(map(str, self.reasons))))

    def text(
        self,
        *,
        translate: Translate = str,
        count: Count = counted_in_english,
        say_date: SayDate = date_in_words,
    ) -> str:
        """Return the reasons, one a line, in the language of ``translate`` and ``count``."""
        return "\n".join(
            reason.text(translate=translate, count=count, say_date=say_date)
            for reason in self.reasons
        )


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
            given, earliest, reason = given or fact.due_on, deposit, _BEFORE_DEPOSIT
        else:
            earliest, reason = in_force_on, _BEFORE_ENTRY_INTO_FORCE
        if given and given.last_day < earliest.first_day:
            yield fact.refuse(reason, day=given, start=earliest)


def _reviews_unknown(facts: Facts) -> Iterator[FactError]:
    reviews = {review.ref for review in facts.reviews}
    for decision in facts.decisions:
        if decision.review and decision.review not in reviews:
            reason = gettext_noop("it comes from “%(review)s”, a review that is not on record")
            yield decision.refuse(reason, review=decision.review)


def _reports_in_conflict(reports: list[Submission]) -> Iterator[FactError]:
    if len(reports) < 2:
        return
    for one, other in combinations(sorted(reports, key=_by_ordinal), 2):
        if other.overlaps(one):
            reason = gettext_noop("it covers a report that %(other)s covers already")
            yield other.refuse(reason, other=one.name)
        elif came := _came_before(other, one):
            reason = gettext_noop("the later report came on %(day)s, before %(earlier)s")
            yield other.refuse(reason, day=came, earlier=one.name)


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
            reason = gettext_noop("a second review of the same report on %(day)s")
            yield other.refuse(reason, day=day)
        elif (other.last or 0) < (one.first or 0):
            reason = gettext_noop("the earlier report is reviewed after %(later)s")
            yield other.refuse(reason, later=one.name)


def _review_against_report(review: Review, report: Submission) -> Iterator[FactError]:
    concluded, received = review.concluded_on, report.received_on
    if concluded is None or received is None:
        return
    if review.in_absence and received.last_day < concluded.first_day:
        reason = gettext_noop("a review in the absence of %(report)s, which had come on %(day)s")
        yield review.refuse(reason, report=report.name, day=received)
    if not review.in_absence and review.is_over_by and received.first_day > concluded.last_day:
        reason = gettext_noop(
            "the report came on %(day)s, after it was considered on %(considered)s"
        )
        yield report.refuse(reason, day=received, considered=concluded)


def _answers_in_conflict(facts: Facts) -> Iterator[FactError]:
    asked = {decision.ref: decision for decision in facts.decisions}
    for answer in facts.submissions:
        if not answer.answers:
            continue
        request = asked.get(answer.answers)
        if request is None:
            reason = gettext_noop("it answers “%(request)s”, which is not on record")
            yield answer.refuse(reason, request=answer.answers)
        elif not request.asks_for(answer.kind):
            reason = gettext_noop("it answers %(request)s, which asks for something else")
            yield answer.refuse(reason, request=request.name)
        elif (early := _came_before_asked(answer, request)) and not answer.accepted_because:
            came, asked_on = early
            reason = gettext_noop("it came on %(day)s, before %(request)s of %(asked)s")
            yield answer.refuse(reason, day=came, request=request.name, asked=asked_on)


def _came_before_asked(
    answer: Submission, request: Decision
) -> tuple[PartialDate, PartialDate] | None:
    """Return when the answer came and when it was asked for, where that is the wrong order."""
    asked, received = request.decided_on, answer.received_on
    if asked and received and received.last_day < asked.first_day:
        return received, asked
    return None
