"""The facts of one State party, folded in order of date into its obligations.

The fold never looks ahead: what it says of a day is the same whatever happens afterwards. An obligation
is therefore a span of time, and "as at" a day is the question which were open on it. The rules are those
of the treaty (see ``regimes``) and of the Committee's practice.
"""

from datetime import date
from operator import itemgetter

from reporting.rules.contradictions import ContradictionsError, contradictions
from reporting.rules.cycle import Cycle
from reporting.rules.entry_into_force import entry_into_force
from reporting.rules.facts import (
    DatedFact,
    Decision,
    DecisionKind,
    Denunciation,
    Deposit,
    Facts,
    Review,
    Submission,
    SubmissionKind,
)
from reporting.rules.ledger import Ledger
from reporting.rules.obligation import Obligation
from reporting.rules.partial_date import PartialDate
from reporting.rules.placing import Placed, place
from reporting.rules.regimes import Regime
from reporting.rules.requests import Requests


def in_force_on(regime: Regime, deposit: Deposit) -> PartialDate:
    """Return when the treaty binds the State: by its rule, or as overridden with a reason."""
    return deposit.entry_into_force_on or entry_into_force(
        regime.entry_into_force,
        deposited_on=deposit.deposited_on,
        treaty_in_force_on=regime.in_force_on,
    )


def timetable(regime: Regime, facts: Facts, *, as_at: date) -> tuple[Obligation, ...]:
    """Return every obligation that has arisen by ``as_at``, closed ones too, in order.

    Uses only what had happened by that day. A later day may be given for a projection: the cycle
    then runs on from what is on record. Raise ContradictionsError with every contradiction among the
    facts, EntryIntoForceError where the deposit is too vague.
    """
    starts_on = in_force_on(regime, facts.deposit)
    placed, errors = place(facts)
    errors += contradictions(facts, placed, in_force_on=starts_on)
    if errors:
        raise ContradictionsError(errors)
    return _folded(regime, facts, placed, as_at).ledger.obligations()


def cycle_on(regime: Regime, facts: Facts, *, as_at: date) -> Cycle:
    """Return where the cycle of reports stands on a day; contradictions are for ``timetable``."""
    placed, _errors = place(facts)
    return _folded(regime, facts, placed, as_at).cycle


def _folded(regime: Regime, facts: Facts, placed: list[Placed], as_at: date) -> "_Fold":
    """Apply the facts that count by that day; none before the deposit."""
    deposited_by = facts.deposit.deposited_on.last_day
    fold = _Fold(regime, placed, deposited_by, folded_from=facts.folded_from)
    if deposited_by <= as_at:
        fold.cycle.start(in_force_on=in_force_on(regime, facts.deposit), day=deposited_by)
        fold.run(as_at=as_at)
    return fold


class _Fold:
    """One pass over the facts in the order in which they count."""

    def __init__(
        self,
        regime: Regime,
        placed: list[Placed],
        deposited_by: date,
        *,
        folded_from: date | None,
    ) -> None:
        self.placed = placed
        self.deposited_by = deposited_by
        self.ledger = Ledger()
        self.cycle = Cycle(regime, self.ledger, folded_from=folded_from)
        self.requests = Requests(self.ledger)
        self._dates_set = {
            (fact.review, day)
            for day, fact in placed
            if isinstance(fact, Decision) and fact.kind is DecisionKind.NEXT_REPORT_DUE
        }

    def run(self, *, as_at: date) -> None:
        """Apply what counts by that day, letting the cycle run on between the facts."""
        cycle = self.cycle
        for day, is_withdrawal, fact in self._steps():
            if day > as_at:
                break
            cycle.advance(to=day)
            if isinstance(fact, Decision):
                self._decide(fact, day, is_withdrawal=is_withdrawal)
            else:
                self._apply(fact, day)
        cycle.advance(to=as_at)

    def _steps(self) -> list[tuple[date, bool, DatedFact]]:
        """Return each fact on its day, and each withdrawal on its own; none before the deposit."""
        start = self.deposited_by
        steps: list[tuple[date, bool, DatedFact]] = []
        withdrawals: list[tuple[date, bool, DatedFact]] = []
        for day, fact in self.placed:
            steps.append((max(day, start), False, fact))
            if isinstance(fact, Decision) and fact.withdrawn_on:
                withdrawals.append((max(day, start, fact.withdrawn_on.last_day), True, fact))
        return sorted(steps + withdrawals, key=itemgetter(0, 1)) if withdrawals else steps

    def _apply(self, fact: Submission | Review | Denunciation, day: date) -> None:
        if isinstance(fact, Submission):
            self._receive(fact, day)
        elif isinstance(fact, Review):
            self.cycle.review(fact, day=day, date_is_set=(fact.ref, day) in self._dates_set)
            self.requests.reviewed(fact, day=day)
        else:
            self.ledger.denounce(day=day, effective_on=fact.effective_on, by=fact)

    def _receive(self, submission: Submission, day: date) -> None:
        if submission.kind is SubmissionKind.REPORT:
            covers = self.cycle.receive(submission, day=day)
            self.requests.report_received(submission, covers, day=day)
            return
        self.requests.answer(submission, day=day)
        is_report = self.requests.report_in(submission)
        if is_report and self.cycle.is_outstanding(is_report):
            self.cycle.receive(submission, day=day, covers=is_report)

    def _decide(self, decision: Decision, day: date, *, is_withdrawal: bool) -> None:
        on_cycle = decision.kind is DecisionKind.NEXT_REPORT_DUE
        if is_withdrawal:
            (self.cycle if on_cycle else self.requests).withdraw(decision, day=day)
        elif on_cycle:
            self.cycle.decide(decision, day=day)
        else:
            self.requests.ask(decision, day=day)
