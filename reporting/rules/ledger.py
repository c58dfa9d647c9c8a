"""The obligations while they are being folded: opened, closed, then frozen."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from reporting.rules.facts import Fact, Submission
from reporting.rules.obligation import Closure, Kind, Obligation
from reporting.rules.terms import Term


@dataclass(slots=True, eq=False)
class Entry:
    """An obligation that may still be closed."""

    kind: Kind
    first: int | None
    last: int | None
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

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last report; those of a request can be unknown, then it is (0, 0)."""
        return self.first or 0, self.last or 0

    def covers(self, first: int, last: int) -> bool:
        """Whether it is about any of these reports, of which the first is number 1."""
        mine = self.span
        return first <= mine[1] and mine[0] <= last

    def close(self, day: date, closed_as: Closure, by: Fact | str) -> None:
        """End it."""
        self.closed_on, self.closed_as, self.closed_by = day, closed_as, str(by)
        if isinstance(by, Submission):
            self.submission = by

    @property
    def stem(self) -> str:
        """The key without its number: what is owed, for which reports, from which fact."""
        span = f"{self.first or ''}" if self.first == self.last else f"{self.first}-{self.last}"
        return "/".join(part for part in (self.kind.name.lower(), span, self.term.origin) if part)

    def frozen(self, key: str) -> Obligation:
        """Return the obligation as a value."""
        return Obligation(
            key=key,
            kind=self.kind,
            first=self.first,
            last=self.last,
            due=self.term.due,
            basis=self.term.basis,
            source=self.term.source,
            explanation=self.term.explanation,
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
        self._open: list[Entry] = []
        self.denounced_from: date | None = None

    def open(
        self, kind: Kind, ordinals: tuple[int, int] | None, term: Term, *, day: date
    ) -> Entry | None:
        """Add an obligation, unless it would fall due after the State has left the treaty."""
        first, last = ordinals or (None, None)
        entry = Entry(kind, first, last, term, day)
        if self._lapses(entry):
            return None
        self.entries.append(entry)
        self._open.append(entry)
        return entry

    def open_reports(self) -> list[Entry]:
        """Return the reports of the cycle that are open."""
        self._open = [entry for entry in self._open if entry.closed_on is None]
        return [entry for entry in self._open if entry.kind is Kind.REPORT]

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
        due = entry.term.due
        return self.denounced_from is not None and (
            due is None or due.last_day >= self.denounced_from
        )

    def obligations(self) -> tuple[Obligation, ...]:
        """Return the obligations as values; the key of a repeated one is numbered."""
        seen: Counter[str] = Counter()
        frozen = []
        for entry in self.entries:
            stem = entry.stem
            seen[stem] += 1
            frozen.append(entry.frozen(stem if seen[stem] == 1 else f"{stem}/{seen[stem]}"))
        return tuple(frozen)
