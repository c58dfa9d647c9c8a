"""The obligations while they are being folded: opened, closed, then frozen."""

from dataclasses import dataclass
from datetime import date

from reporting.rules.facts import Fact, Submission, span
from reporting.rules.obligation import Closure, Kind, Obligation
from reporting.rules.terms import Span, Term

NO_REPORTS = (0, 0)


@dataclass(slots=True, eq=False)
class Entry:
    """An obligation that may still be closed; a request can be about no reports: ``NO_REPORTS``."""

    kind: Kind
    span: Span
    term: Term
    arises_on: date
    awaiting_since: date | None = None
    closed_on: date | None = None
    closed_as: Closure | None = None
    closed_by: str = ""
    submission: Submission | None = None
    considered_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing has ended it yet."""
        return self.closed_on is None

    def covers(self, first: int, last: int) -> bool:
        """Whether it is about any of these reports."""
        return first <= self.span[1] and self.span[0] <= last

    def close(self, day: date, closed_as: Closure, by: Fact | str) -> None:
        """End it."""
        self.closed_on, self.closed_as, self.closed_by = day, closed_as, str(by)
        if isinstance(by, Submission):
            self.submission = by

    @property
    def stem(self) -> str:
        """The key without its number: what is owed, for which reports, from which fact."""
        reports = "" if self.span == NO_REPORTS else f"/{span(*self.span)}"
        return f"{self.kind.name.lower()}{reports}/{self.term.origin}"

    def frozen(self, key: str) -> Obligation:
        """Return the obligation as a value."""
        first, last = self.span
        due, basis, source, explanation, _ = self.term
        return Obligation(
            key=key,
            kind=self.kind,
            first=first or None,
            last=last or None,
            due=due,
            basis=basis,
            source=source,
            explanation=explanation,
            arises_on=self.arises_on,
            closed_on=self.closed_on,
            closed_as=self.closed_as,
            closed_by=self.closed_by,
            submission=self.submission.ref if self.submission else "",
            received=self.submission.received_on if self.submission else None,
            considered_on=self.considered_on,
            awaiting_since=self.awaiting_since,
        )


class Ledger:
    """All obligations of one State party, in the order in which they arose."""

    def __init__(self) -> None:
        """Start with none."""
        self.entries: list[Entry] = []
        self.denounced_from: date | None = None
        self._open_reports: list[Entry] = []

    def open(self, kind: Kind, reports: Span | None, term: Term, *, day: date) -> Entry | None:
        """Add an obligation, unless it would fall due after the State has left the treaty."""
        entry = Entry(kind, reports or NO_REPORTS, term, day)
        if self._lapses(entry):
            return None
        self.entries.append(entry)
        if kind is Kind.REPORT:
            self._open_reports.append(entry)
        return entry

    def open_reports(self) -> list[Entry]:
        """Return the reports of the cycle that are open, a list of the caller's own."""
        self._open_reports = [entry for entry in self._open_reports if entry.closed_on is None]
        return self._open_reports[:]

    def consider(self, last: int, *, day: date) -> None:
        """Take the reports up to ``last`` that were received out of the backlog."""
        for entry in self.entries:
            if entry.kind is Kind.REPORT and entry.submission and entry.span[0] <= last:
                entry.considered_on = entry.considered_on or day

    def denounce(self, *, day: date, effective_on: date, by: Fact) -> None:
        """Let every duty lapse that falls on or after the effective date (article 89)."""
        self.denounced_from = effective_on
        for entry in self.entries:
            if entry.is_open and self._lapses(entry):
                entry.close(day, Closure.LAPSED, by)

    def _lapses(self, entry: Entry) -> bool:
        if self.denounced_from is None:
            return False
        due = entry.term.due
        return due is None or due.last_day >= self.denounced_from

    def obligations(self) -> tuple[Obligation, ...]:
        """Return the obligations as values; the key of a repeated one is numbered."""
        seen: dict[str, int] = {}
        frozen = []
        for entry in self.entries:
            key = stem = entry.stem
            seen[stem] = seen.get(stem, 0) + 1
            if seen[stem] > 1:
                key = f"{stem}/{seen[stem]}"
            frozen.append(entry.frozen(key))
        return tuple(frozen)
