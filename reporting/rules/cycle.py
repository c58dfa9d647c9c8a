"""The cycle of reports of one State party: the initial one, then one after the other.

A *setting* fixes the date of a report or a run of reports: the treaty for the initial one, the Committee,
an estimate, or nobody yet. The cycle counts on from the latest setting that stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import NamedTuple

from reporting.rules import terms
from reporting.rules.facts import Decision, Fact, Review, Submission
from reporting.rules.ledger import Entry, Ledger
from reporting.rules.obligation import Basis, Closure, Kind
from reporting.rules.partial_date import PartialDate
from reporting.rules.regimes import Regime
from reporting.rules.terms import Span, Term

_DAY = timedelta(days=1)
_NO_REPORT = 10**6


class Setting(NamedTuple):
    """The date of the reports ``span``, and what it rests on."""

    span: Span
    term: Term


@dataclass(slots=True)
class Next:
    """The report that the cycle brings after the reports ``span``, and from which day it is shown."""

    span: Span
    term: Term
    counted_from: PartialDate
    months: int
    arises_on: date


class Cycle:
    """Which reports are owed, which were received, which wait, and which comes next."""

    def __init__(self, regime: Regime, ledger: Ledger, *, folded_from: date | None = None) -> None:
        """Start before the initial report; from ``folded_from`` on none but that arises by itself."""
        self.regime = regime
        self.folded_from = folded_from
        self.ledger = ledger
        self.settings: list[Setting] = []
        self.discharged: list[Span] = []
        self.discharged_to = 0
        self.reached = 0
        self.pending: list[Span] = []
        self.waiting = _NO_REPORT
        self.considered_to = 0
        self.reviewed: dict[str, Span] = {}
        self.after_review: dict[str, Span] = {}
        self.next: Next | None = None

    # What arises

    def start(self, *, in_force_on: PartialDate, day: date) -> None:
        """Open the initial report, due after the entry into force."""
        term = terms.initial(self.regime, in_force_on=in_force_on)
        self.settings.append(Setting((1, 1), term))
        self._open_reports((1, 1), term, day=day)

    def advance(self, *, to: date) -> None:
        """Open every report of the cycle that arises by that day."""
        while (coming := self.next) and coming.arises_on <= to:
            self._open_next(coming, day=coming.arises_on)

    def _arise_to(self, last: int, *, day: date) -> None:
        """Open the reports up to ``last`` that had not yet arisen."""
        while self.next and self.next.span[1] < last:
            self._open_next(self.next, day=day)

    def _apply(self, setting: Setting, *, day: date, by: Fact) -> None:
        """Let a setting take effect: it supersedes what stood for these reports and later ones."""
        first = setting.span[0]
        self.settings.append(setting)
        self._arise_to(first - 1, day=day)
        for entry in self.ledger.open_reports[:]:
            if entry.span[1] >= first:
                self.ledger.close(entry, Closure.SUPERSEDED, day=day, by=by)
                self._open((entry.span[0], first - 1), entry.term, day=day)
        self.reached = max(self.discharged_to, first - 1)
        self._end_of_wait(day=day, by=by)
        self._open_reports(setting.span, setting.term, day=day)

    def _open_reports(self, span: Span, term: Term, *, day: date) -> None:
        """Open what is still to come of these reports, and prepare the one after them."""
        if span[0] > self.reached:
            self.reached = span[1]
            self._open(span, term, day=day)
        else:
            for part in self._still_to_come(span):
                self._open(part, term, day=day)
            self.reached = max(self.reached, span[1])
        due, months = term.due, self.regime.periodic_months
        if months is None or due is None or due.last_day.year + months // 12 > MAXYEAR:
            self.next = None
        elif due.last_day < day or self._is_discharged(span[1]):
            self.next = Next(span, term, due, months, day)
        else:
            self.next = Next(span, term, due, months, due.last_day + _DAY)

    def _open_next(self, coming: Next, *, day: date) -> None:
        """Open the report that the cycle computes, one interval later."""
        if self._is_folded(day):
            self.next = None
            return
        ordinal = coming.span[1] + 1
        term = terms.periodic(
            self.regime,
            coming.term,
            coming.span,
            counted_from=coming.counted_from,
            months=coming.months,
        )
        self._open_reports((ordinal, ordinal), term, day=day)

    def _open(self, span: Span, term: Term, *, day: date) -> None:
        """Open a duty; none where the span is empty."""
        if span[0] <= span[1]:
            entry = self.ledger.open(Kind.REPORT, span, term, day=day)
            if entry and span[0] > self.waiting:
                entry.awaiting_since = day

    # What is still to come

    def _is_folded(self, day: date) -> bool:
        """Whether what would arise on that day goes into the reports under another treaty."""
        return self.folded_from is not None and self.folded_from <= day

    def _is_discharged(self, ordinal: int) -> bool:
        return ordinal <= self.discharged_to and any(
            first <= ordinal <= last for first, last in self.discharged
        )

    def is_outstanding(self, span: Span) -> bool:
        """Whether any of these reports has not come."""
        return any(_gaps(span, [each for each in self.discharged if _meets(each, span)]))

    def _still_to_come(self, span: Span) -> list[Span]:
        """Return the parts of the span that were not discharged and do not stand open."""
        standing = [entry.span for entry in self.ledger.open_reports]
        taken = [each for each in self.discharged + standing if _meets(each, span)]
        return [*_gaps(span, taken)]

    def _first_after(self) -> Span:
        """Return the first report after all that were discharged."""
        return self.discharged_to + 1, self.discharged_to + 1

    # What is received

    def receive(self, report: Submission, *, day: date, covers: Span | None = None) -> Span:
        """Discharge the reports that it covers; return them."""
        span = covers or report.ordinals or self._fallen_due(day)
        self._arise_to(span[1], day=day)
        self._meet(span, report, day=day)
        self._discharge(span)
        if span[1] > self.considered_to:
            self._wait(span, day=day)
        if self.next and self.next.span[1] == span[1]:
            self.next.arises_on = day
        return span

    def _fallen_due(self, day: date) -> Span:
        """Return what a report that does not say its ordinals covers."""
        owed = self.ledger.open_reports
        fallen = [entry for entry in owed if entry.term.due and entry.term.due.last_day <= day]
        covered = [entry.span for entry in fallen or owed[:1]] or [self._first_after()]
        return min(first for first, _ in covered), max(last for _, last in covered)

    def _meet(self, span: Span, by: Fact, *, day: date) -> None:
        """Close what is covered; of a combined duty, leave open what is not."""
        for entry in self.ledger.open_reports[:]:
            first, last = entry.span
            if span[0] <= first and last <= span[1]:
                self.ledger.close(entry, Closure.MET, day=day, by=by)
            elif first <= span[1] and span[0] <= last:
                middle = max(first, span[0]), min(last, span[1])
                self._split(entry, middle, by, day=day)
                self._meet(middle, by, day=day)

    def _split(self, entry: Entry, middle: Span, by: Fact, *, day: date) -> None:
        """Let a combined duty stand as three, the ``middle`` one for itself."""
        (first, last), (start, end) = entry.span, middle
        self.ledger.close(entry, Closure.SUPERSEDED, day=day, by=by)
        for part in (first, start - 1), middle, (end + 1, last):
            self._open(part, entry.term, day=day)

    def _discharge(self, span: Span) -> None:
        self.discharged.append(span)
        self.discharged_to = max(self.discharged_to, span[1])
        self.reached = max(self.reached, span[1])

    def _wait(self, span: Span, *, day: date) -> None:
        """Let the report wait to be considered, and what is open after it with it."""
        self._set_pending([*self.pending, span])
        for entry in self.ledger.open_reports:
            if entry.span[0] > self.waiting and entry.awaiting_since is None:
                entry.awaiting_since = day

    def _set_pending(self, pending: list[Span]) -> None:
        """Remember which reports wait to be considered; what is later than one waits with it."""
        self.pending = pending
        self.waiting = min([last for _, last in pending], default=_NO_REPORT)

    def _end_of_wait(self, *, day: date, by: Fact) -> None:
        """Open anew what waited for a report that has been considered."""
        for entry in self.ledger.open_reports[:]:
            if entry.awaiting_since and entry.span[0] <= self.waiting:
                self.ledger.close(entry, Closure.SUPERSEDED, day=day, by=by)
                self._open(entry.span, entry.term, day=day)

    # What the Committee does

    def review(self, review: Review, *, day: date, date_is_set: bool) -> None:
        """Close what was considered; unless the Committee set a date, estimate one."""
        reports = review.ordinals or (0, 0)
        self._arise_to(reports[1], day=day)
        consider = self._in_absence if review.in_absence else self._considered
        following = consider(reports, review, day)
        self.reviewed[review.ref] = reports
        self.after_review[review.ref] = following
        term = terms.after_review(self.regime, review, reviewed=reports, following=following)
        estimate = Setting(following, term)
        if date_is_set:
            self.settings.append(estimate)
        elif dates := self._dates_that_stand(following):
            self.settings.insert(self.settings.index(dates[0]), estimate)
            self._end_of_wait(day=day, by=review)
        elif self._is_folded(day):
            self._end_of_wait(day=day, by=review)
        else:
            self._apply(estimate, day=day, by=review)

    def _dates_that_stand(self, following: Span) -> list[Setting]:
        """Return the dates that the Committee had set for this report, if the latest is open."""
        dates = [each for each in self.settings if _is_date_for(following, each)]
        latest = [each.term for each in dates[-1:]]
        return dates if any(entry.term in latest for entry in self.ledger.open_reports) else []

    def _considered(self, reports: Span, review: Review, day: date) -> Span:
        """Close what was considered, and what had never come before it."""
        self._set_pending([waiting for waiting in self.pending if waiting[0] > reports[1]])
        self.considered_to = max(self.considered_to, reports[1])
        self._meet(reports, review, day=day)
        self.ledger.consider(reports[1], day=day)
        for entry in self.ledger.open_reports[:]:
            if entry.span[1] < reports[0]:
                self.ledger.close(entry, Closure.SUPERSEDED, day=day, by=review)
        self._discharge((1, reports[1]))
        return self._first_after()

    def _in_absence(self, reports: Span, review: Review, day: date) -> Span:
        """Close all that was open and had fallen due: it is owed anew, in one."""
        closed = [reports]
        for entry in self.ledger.open_reports[:]:
            due = entry.term.due
            if entry.span[0] <= reports[1] or (due and due.last_day < day):
                self.ledger.close(entry, Closure.CONSIDERED_IN_ABSENCE, day=day, by=review)
                closed.append(entry.span)
        self.discharged = [each for each in self.discharged if not _meets(each, reports)]
        self.discharged_to = max((last for _, last in self.discharged), default=0)
        self._set_pending([each for each in self.pending if not _meets(each, reports)])
        return min(first for first, _ in closed), max(last for _, last in closed)

    def decide(self, decision: Decision, *, day: date) -> None:
        """Let a date that the Committee set, or its announcement of one, take effect."""
        reports = decision.ordinals or self._to_be_set(decision)
        if decision.due_on is None and not self.is_outstanding(reports):
            return  # no date is awaited for what has come already
        reviewed = self.reviewed.get(decision.review)
        term = terms.decided(decision, reports=reports, reviewed=reviewed)
        self._apply(Setting(reports, term), day=day, by=decision)

    def _to_be_set(self, decision: Decision) -> Span:
        """Return the reports that a decision is about which does not name them."""
        following = self.after_review.get(decision.review)
        return following if following and self.is_outstanding(following) else self._first_after()

    def withdraw(self, decision: Decision, *, day: date) -> None:
        """Take a date of the Committee back: what it had superseded stands again."""
        origins = [setting.term.origin for setting in self.settings]
        if decision.ref not in origins:
            return
        for entry in self.ledger.open_reports[:]:
            if entry.term.origin == decision.ref:
                self.ledger.close(entry, Closure.WITHDRAWN, day=day, by=decision)
        position = origins.index(decision.ref)
        del self.settings[position]
        self._restore(self.settings[position - 1], *self.settings[position:], day=day)

    def _restore(self, setting: Setting, *later: Setting, day: date) -> None:
        """Open what an earlier setting says again, up to where a later one takes over."""
        coming = self.next
        self._open_reports(setting.span, setting.term, day=day)
        if later:
            self._arise_to(min(each.span[0] for each in later) - 1, day=day)
            self.next = coming


def _gaps(span: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """Go through the parts of the span that are not taken."""
    first, last = span
    for start, end in sorted(taken):
        if first < start <= last:
            yield first, start - 1
        first = max(first, end + 1)
    if first <= last:
        yield first, last


def _is_date_for(following: Span, setting: Setting) -> bool:
    """Whether it is a date of the Committee for a duty that begins with this report."""
    return setting.span[0] == following[0] and setting.term.basis is Basis.COMMITTEE


def _meets(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
