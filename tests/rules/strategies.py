"""Plausible facts of one State party, for the properties of the engine.

A life is drawn in order: a deposit, then reports, reviews, decisions and answers on later and later
days, each known to the day, to the month, to the year or not at all. What contradicts itself by chance
is drawn again.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from reporting.rules.contradictions import ContradictionsError
from reporting.rules.facts import (
    Decision,
    DecisionKind,
    Denunciation,
    Deposit,
    FactError,
    Facts,
    Review,
    Submission,
    SubmissionKind,
)
from reporting.rules.partial_date import PartialDate
from reporting.rules.regimes import CCPR, CMW, CRPD
from reporting.rules.timetable import timetable

RECORDED_ON = date(2050, 1, 1)
REGIMES = st.sampled_from([CMW, CRPD, CCPR])  # five years, four, no interval
AS_AT = st.dates(date(1998, 1, 1), date(2060, 12, 31))
DEPOSITS = st.dates(date(1995, 1, 1), date(2020, 12, 31))
_ANSWERS = {
    DecisionKind.ADDITIONAL_REPORT: SubmissionKind.ADDITIONAL_REPORT,
    DecisionKind.FOLLOW_UP: SubmissionKind.FOLLOW_UP,
    DecisionKind.LIST_OF_ISSUES: SubmissionKind.REPLIES,
    DecisionKind.LIST_OF_ISSUES_PRIOR: SubmissionKind.REPLIES,
}


class _Life:
    """What has been drawn so far."""

    def __init__(self, draw: st.DrawFn, deposited_on: date) -> None:
        self.draw = draw
        self.day = deposited_on + timedelta(days=200)
        self.ordinal = 1
        self.number = 0
        self.requests: list[Decision] = []
        self.reviews: list[Review] = []

    def pass_time(self) -> PartialDate:
        self.day += timedelta(days=self.draw(st.integers(0, 1500)))
        return PartialDate.of(self.day)

    def on_record(self, day: PartialDate) -> PartialDate | None:
        """Return the day as precisely as a document happened to print it."""
        precision = self.draw(st.sampled_from(["day", "day", "day", "month", "year", "none"]))
        return {
            "day": day,
            "month": PartialDate(day.year, day.month),
            "year": PartialDate(day.year),
            "none": None,
        }[precision]

    def name(self) -> dict[str, Any]:
        self.number += 1
        return {
            "ref": f"fact-{self.number}",
            "source": f"document {self.number}",
            "recorded_on": RECORDED_ON,
        }

    def span(self) -> dict[str, Any]:
        return {"first": self.ordinal, "last": self.ordinal + self.draw(st.integers(0, 2))}

    def report(self) -> Iterator[Submission]:
        says = self.draw(st.integers(0, 4))
        span = self.span() if says else {}
        yield Submission(received_on=self.on_record(self.pass_time()), **span, **self.name())
        self.ordinal = span.get("last", self.ordinal) + 1

    def review(self) -> Iterator[Review | Decision]:
        in_absence = self.draw(st.integers(0, 3)) == 0
        first = self.ordinal if in_absence else max(1, self.ordinal - 1)
        review = Review(
            adopted_on=self.on_record(self.pass_time()),
            in_absence=in_absence,
            first=first,
            last=first,
            **self.name(),
        )
        self.reviews.append(review)
        self.ordinal = max(self.ordinal, first if in_absence else first + 1)
        yield review
        if self.draw(st.booleans()):
            yield self.next_date(review=review.ref, decided_on=review.adopted_on)

    def letter(self) -> Iterator[Decision]:
        decided_on = self.pass_time()
        span = self.span() if self.draw(st.booleans()) else {}
        yield self.next_date(decided_on=decided_on, **span)

    def next_date(self, **more: Any) -> Decision:
        due_on = self.on_record(
            PartialDate.of(self.day + timedelta(days=self.draw(st.integers(365, 3000))))
        )
        withdrawn = self.draw(st.integers(0, 4)) == 0
        return Decision(
            kind=DecisionKind.NEXT_REPORT_DUE,
            due_on=due_on,
            to_be_communicated=due_on is None,
            withdrawn_on=PartialDate.of(self.day + timedelta(days=400)) if withdrawn else None,
            **more,
            **self.name(),
        )

    def request(self) -> Iterator[Decision]:
        decided_on = self.on_record(self.pass_time())
        request = Decision(
            kind=self.draw(st.sampled_from(list(_ANSWERS))),
            decided_on=decided_on,
            due_on=self.on_record(PartialDate.of(self.day + timedelta(days=400))),
            **self.span(),
            **self.name(),
        )
        self.requests.append(request)
        yield request

    def answer(self) -> Iterator[Submission]:
        if self.requests:
            request = self.requests.pop()
            yield Submission(
                kind=_ANSWERS[request.kind],
                answers=request.ref,
                received_on=self.on_record(self.pass_time()),
                **self.name(),
            )


@st.composite
def lives(draw: st.DrawFn, deposited_on: st.SearchStrategy[date] = DEPOSITS) -> Facts:
    """Draw the facts of a State party that do not contradict each other."""
    deposited = draw(deposited_on)
    life = _Life(draw, deposited)
    events = st.sampled_from(["report", "review", "letter", "request", "answer"])
    try:
        drawn = [
            fact
            for event in draw(st.lists(events, min_size=3, max_size=9))
            for fact in getattr(life, event)()
        ]
        denunciation = None
        if draw(st.integers(0, 5)) == 0:
            notified = life.pass_time().first_day
            denunciation = Denunciation(
                notified_on=notified, effective_on=notified + timedelta(days=400), **life.name()
            )
        facts = Facts(
            deposit=Deposit(ref="deposit", deposited_on=PartialDate.of(deposited)),
            submissions=tuple(fact for fact in drawn if isinstance(fact, Submission)),
            reviews=tuple(fact for fact in drawn if isinstance(fact, Review)),
            decisions=tuple(fact for fact in drawn if isinstance(fact, Decision)),
            denunciation=denunciation,
        )
        for regime in (CMW, CRPD, CCPR):
            timetable(regime, facts, as_at=date.min)
    except (FactError, ContradictionsError):
        reject()
    return facts
