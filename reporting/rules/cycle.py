"""The cycle of reports of one State party: the initial one, then one after the other.

A *setting* fixes the date of a report or a run of reports: the treaty for the initial one, the Committee,
an estimate, or nobody yet. The cycle counts on from the latest setting that stands.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from reporting.rules.facts import Decision, Review, Submission
from reporting.rules.ledger import Entry, Ledger, Term
from reporting.rules.obligation import Basis, Closure, Kind
from reporting.rules.partial_date import PartialDate, PartialDateError
from reporting.rules.regimes import Regime
from reporting.rules.wording import Explanation, Reason

Span = tuple[int, int]
_DAY = timedelta(days=1)
_NEXT_REASON = {
    Basis.TREATY: Reason.PERIODIC,
    Basis.COMMITTEE: Reason.AFTER_SET,
    Basis.ESTIMATE: Reason.AFTER_ESTIMATE,
}
_NEXT_BASIS = {
    Basis.TREATY: Basis.TREATY,
    Basis.COMMITTEE: Basis.TREATY,
    Basis.ESTIMATE: Basis.ESTIMATE,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """The date of the reports ``span``, and what it rests on."""

    span: Span
    term: Term


class Cycle:
    """Which reports are owed, which were received, which wait, and which comes next."""

    def __init__(self, regime: Regime, ledger: Ledger) -> None:
        """Start before the initial report."""
        self.regime = regime
        self.ledger = ledger
        self.settings: list[Setting] = []
        self.discharged_to = 0
        self.pending: list[Span] = []
        self.reviewed: dict[str, Span] = {}
        self.after_review: dict[str, Span] = {}
        self._next: Setting | None = None
        self._next_arises: date | None = None

    # What arises

    def start(self, *, in_force_on: PartialDate, day: date) -> None:
        """Open the initial report, due after the entry into force."""
        months = self.regime.initial_months
        term = Term(
            due=in_force_on.plus_months(months),
            basis=Basis.TREATY,
            source=f"{self.regime.code} article {self.regime.initial_article}",
            explanation=Explanation(
                Reason.INITIAL, {"interval": months, "start": in_force_on.isoformat()}
            ),
            origin="treaty",
        )
        self.apply(Setting((1, 1), term), day=day)

    def apply(self, setting: Setting, *, day: date, by: str = "") -> None:
        """Let a setting take effect: it supersedes what stood for these reports and later ones."""
        self.settings.append(setting)
        for entry in self._open():
            if (entry.last or 0) >= setting.span[0]:
                entry.close(day, Closure.SUPERSEDED, by or setting.term.source)
        self._open_report(setting, day=day)

    def advance(self, *, to: date) -> None:
        """Open every report of the cycle that arises by that day."""
        while self._next and self._next_arises and self._next_arises <= to:
            self._open_report(self._next, day=self._next_arises)

    def _open(self) -> list[Entry]:
        return list(self.ledger.open_entries(Kind.REPORT))

    def _open_report(self, setting: Setting, *, day: date) -> Entry | None:
        entry = self.ledger.open(Kind.REPORT, setting.span, setting.term, day=day)
        if entry and any(waiting[1] < setting.span[0] for waiting in self.pending):
            entry.awaiting_since = day
        self._queue_after(setting, day=day)
        return entry

    def _queue_after(self, setting: Setting, *, day: date) -> None:
        """Prepare the report after these: it arises once they have fallen due."""
        self._next = self._following(setting)
        due = setting.term.due
        self._next_arises = max(day, due.last_day + _DAY) if self._next and due else None

    def _following(self, setting: Setting) -> Setting | None:
        months, due = self.regime.periodic_months, setting.term.due
        if months is None or due is None:
            return None
        try:
            next_due = due.plus_months(months)
        except PartialDateError:
            return None
        ordinal, basis = setting.span[1] + 1, setting.term.basis
        places = {
            "report": [ordinal, ordinal],
            "previous": list(setting.span),
            "start": due.isoformat(),
            "interval": months,
        }
        term = replace(
            setting.term,
            due=next_due,
            basis=_NEXT_BASIS[basis],
            source=(
                setting.term.source
                if basis is Basis.ESTIMATE
                else f"{self.regime.code} article {self.regime.periodic_article}"
            ),
            explanation=Explanation(_NEXT_REASON[basis], places),
        )
        return Setting((ordinal, ordinal), term)

    # What is received

    def receive(self, report: Submission, *, day: date) -> Span:
        """Discharge the reports that it covers; return them."""
        first, last = span = report.ordinals or self._fallen_due(day)
        self._arise_early(last, day=day)
        for entry in self._open():
            if entry.covers(first, last):
                self._meet(entry, span, report, day=day)
        self.discharged_to = max(self.discharged_to, last)
        self.pending.append(span)
        for entry in self._open():
            if (entry.first or 0) > last:
                entry.awaiting_since = entry.awaiting_since or day
        if self._next and self._next.span[0] == last + 1:
            self._next_arises = day
        return span

    def _fallen_due(self, day: date) -> Span:
        """Return what a report that does not say its ordinals covers."""
        fallen = [
            entry for entry in self._open() if entry.term.due and entry.term.due.last_day <= day
        ]
        covered = fallen or self._open()[:1]
        if not covered:
            return (self.discharged_to + 1, self.discharged_to + 1)
        return min(entry.first or 0 for entry in covered), max(entry.last or 0 for entry in covered)

    def _arise_early(self, last: int, *, day: date) -> None:
        """Open the reports up to ``last`` that had not yet arisen."""
        while self._next and self._next.span[1] <= last:
            self._open_report(self._next, day=day)

    def _meet(self, entry: Entry, span: Span, report: Submission, *, day: date) -> None:
        """Close what is covered; of a combined duty, leave open what is not."""
        first, last = entry.first or 0, entry.last or 0
        if span[0] <= first and last <= span[1]:
            entry.close(day, Closure.MET, report)
            return
        entry.close(day, Closure.SUPERSEDED, report)
        covered = (max(first, span[0]), min(last, span[1]))
        parts = ((first, covered[0] - 1), covered, (covered[1] + 1, last))
        for part in parts:
            opened = part[0] <= part[1] and self.ledger.open(Kind.REPORT, part, entry.term, day=day)
            if opened and part == covered:
                opened.close(day, Closure.MET, report)

    # What the Committee does

    def review(self, review: Review, *, day: date, date_is_set: bool) -> None:
        """Close what was considered; unless a date was set, put an estimate in its place."""
        span = self._in_absence(review, day) if review.in_absence else self._considered(review, day)
        self.reviewed[review.ref] = review.ordinals or span
        self.after_review[review.ref] = span
        estimate = Setting(span, self._after_review(review, span))
        if date_is_set:
            self.settings.append(estimate)
        else:
            self.apply(estimate, day=day, by=str(review))

    def _considered(self, review: Review, day: date) -> Span:
        first, last = review.ordinals or (0, 0)
        self._arise_early(last, day=day)
        self.pending = [waiting for waiting in self.pending if waiting[0] > last]
        self.ledger.consider(last, day=day)
        for entry in self._open():
            if (entry.last or 0) < first:
                entry.close(day, Closure.SUPERSEDED, review)
            elif (entry.first or 0) <= last:
                entry.close(day, Closure.MET, review)
        self.discharged_to = max(self.discharged_to, last)
        return (self.discharged_to + 1, self.discharged_to + 1)

    def _in_absence(self, review: Review, day: date) -> Span:
        first, last = review.ordinals or (0, 0)
        self._arise_early(last, day=day)
        closed = [
            entry
            for entry in self._open()
            if (entry.first or 0) <= last or (entry.term.due and entry.term.due.last_day < day)
        ]
        for entry in closed:
            entry.close(day, Closure.CONSIDERED_IN_ABSENCE, review)
        return (
            min([first, *(entry.first or first for entry in closed)]),
            max([last, *(entry.last or last for entry in closed)]),
        )

    def _after_review(self, review: Review, span: Span) -> Term:
        months, concluded = self.regime.periodic_months, review.concluded_on
        reviewed = list(review.ordinals or ())
        places: dict[str, object] = {"reviewed": reviewed, "report": list(span)}
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
            due=due,
            basis=Basis.ESTIMATE if due else Basis.NONE,
            source=review.symbol or review.source,
            explanation=Explanation(reason, places),
            origin=review.ref,
        )

    def decide(self, decision: Decision, *, day: date) -> None:
        """Let a date that the Committee set, or its announcement of one, take effect."""
        span = decision.ordinals or self._to_be_set(decision)
        places: dict[str, object] = {"report": list(span)}
        reason = Reason.SET_BY_LETTER if decision.due_on else Reason.TO_BE_COMMUNICATED
        if decision.due_on and decision.review in self.reviewed:
            reason = Reason.SET
            places["reviewed"] = list(self.reviewed[decision.review])
        term = Term(
            due=decision.due_on,
            basis=Basis.COMMITTEE if decision.due_on else Basis.NONE,
            source=decision.document or decision.source,
            explanation=Explanation(reason, places),
            origin=decision.ref,
        )
        self.apply(Setting(span, term), day=day, by=str(decision))

    def _to_be_set(self, decision: Decision) -> Span:
        """Return the reports that a decision is about which does not name them."""
        following = (self.discharged_to + 1, self.discharged_to + 1)
        span = self.after_review.get(decision.review, following)
        return span if span[1] > self.discharged_to else following

    def withdraw(self, decision: Decision, *, day: date) -> None:
        """Take a date of the Committee back: what it had superseded stands again."""
        for entry in self._open():
            if entry.term.origin == decision.ref:
                entry.close(day, Closure.WITHDRAWN, decision)
        was_in_force = self.settings[-1].term.origin == decision.ref
        self.settings = [each for each in self.settings if each.term.origin != decision.ref]
        if was_in_force and self.settings:
            self._restore(self.settings[-1], day=day)

    def _restore(self, setting: Setting, *, day: date) -> None:
        """Count on from an earlier setting, past the reports that were received meanwhile."""
        standing: Setting | None = setting
        while standing and standing.span[1] <= self.discharged_to:
            standing = self._following(standing)
        self._next, self._next_arises = standing, day
