"""The obligations while they are being folded: opened, closed, then frozen."""

from dataclasses import dataclass
from datetime import date

from reporting.rules.facts import Fact, Submission, span
from reporting.rules.obligation import Closure, Kind, Obligation
from reporting.rules.partial_date import PartialDate
from reporting.rules.terms import Span, Term

NO_REPORTS = (0, 0)
_STEMS = {kind: kind.name.lower() for kind in Kind}


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
    submission: str = ""
    received: PartialDate | None = None
    considered_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing has ended it yet."""
        return self.closed_on is None

    def covers(self, first: int, last: int) -> bool:
        """Whether it is about any of these reports."""
        return first <= self.span[1] and self.span[0] <= last

    @property
    def stem(self) -> str:
        """The key without its number: what is owed, for which reports, from which fact."""
        first, last = self.span
        reports = f"/{span(first, last)}" if first else ""
        return f"{_STEMS[self.kind]}{reports}/{self.term.origin}"

    def frozen(self, key: str) -> Obligation:
        """Return the obligation as a value."""
        first, last = self.span
        due, basis, source, explanation, _ = self.term
        return Obligation(
            key,
            self.kind,
            first or None,
            last or None,
            due,
            basis,
            source,
            explanation,
            self.arises_on,
            self.closed_on,
            self.closed_as,
            self.closed_by,
            self.submission,
            self.received,
            self.considered_on,
            self.awaiting_since,
        )


class Ledger:
    """All obligations of one State party, in the order in which they arose.

    ``open_reports`` are the reports of the cycle that are open, ``backlog`` those that were received
    and not yet considered.
    """

    def __init__(self) -> None:
        """Start with none."""
        self.entries: list[Entry] = []
        self.open_reports: list[Entry] = []
        self.backlog: list[Entry] = []
        self.denounced_from: date | None = None

    def open(self, kind: Kind, reports: Span, term: Term, *, day: date) -> Entry | None:
        """Add an obligation, unless it would fall due after the State has left the treaty."""
        if self.denounced_from and _lapses(term, self.denounced_from):
            return None
        entry = Entry(kind, reports, term, day)
        self.entries.append(entry)
        if kind is Kind.REPORT:
            self.open_reports.append(entry)
        return entry

    def close(self, entry: Entry, closed_as: Closure, *, day: date, by: Fact) -> None:
        """End an obligation."""
        entry.closed_on, entry.closed_as, entry.closed_by = day, closed_as, by.stored_name
        if isinstance(by, Submission):
            entry.submission, entry.received = by.ref, by.received_on
        if entry.kind is Kind.REPORT:
            self.open_reports.remove(entry)
            if entry.submission:
                self.backlog.append(entry)

    def consider(self, last: int, *, day: date) -> None:
        """Take the reports up to ``last`` that were received out of the backlog."""
        for entry in self.backlog:
            if entry.span[0] <= last:
                entry.considered_on = day
        self.backlog = [entry for entry in self.backlog if entry.considered_on is None]

    def denounce(self, *, day: date, effective_on: date, by: Fact) -> None:
        """Let every duty lapse that falls on or after the effective date (article 89)."""
        self.denounced_from = effective_on
        for entry in self.entries:
            if entry.is_open and _lapses(entry.term, effective_on):
                self.close(entry, Closure.LAPSED, day=day, by=by)

    def obligations(self) -> tuple[Obligation, ...]:
        """Return the obligations as values; the key of a repeated one is numbered."""
        keys = [entry.stem for entry in self.entries]
        if len(set(keys)) < len(keys):
            keys = _numbered(keys)
        return tuple([entry.frozen(key) for entry, key in zip(self.entries, keys, strict=True)])


def _numbered(stems: list[str]) -> list[str]:
    """Give a number to what comes again: the second ``a`` becomes ``a/2``."""
    seen: dict[str, int] = {}
    keys = []
    for stem in stems:
        seen[stem] = times = seen.get(stem, 0) + 1
        keys.append(stem if times == 1 else f"{stem}/{times}")
    return keys


def _lapses(term: Term, effective_on: date) -> bool:
    """Whether what has that term falls due once the State has left the treaty."""
    return term.due is None or term.due.last_day >= effective_on
