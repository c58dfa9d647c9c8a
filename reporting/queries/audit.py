"""The audit log as one list: what was noted, what was changed about accounts, and every fact's history.

A change of a fact is in its history and nowhere else; here it is read from there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from reporting.models import (
    AccountChange,
    AlertOffsets,
    Assignment,
    AuditEntry,
    CommitteeDecision,
    Contact,
    Review,
    Session,
    State,
    StateParty,
    Submission,
    User,
)
from reporting.queries.state_fact import STATE_FACTS

ON_A_PAGE = 50
_AT_ONCE = 500
ACCOUNTS, FACTS = "account changed", "fact changed"
# What has a history, by the name that it has in addresses and files.
TRACKED: dict[str, Any] = {
    "deposit": StateParty,
    "submission": Submission,
    "review": Review,
    "decision": CommitteeDecision,
    **STATE_FACTS,
    "session": Session,
    "assignment": Assignment,
    "contact": Contact,
    "offsets": AlertOffsets,
}
# To which fact of the history page a row of a history leads.
_ITS_PAGE = {"deposit", "submission", "review", "decision", *STATE_FACTS}
# What hangs on a State and not on a State party.
_OF_STATES = {"deposit", *STATE_FACTS}
Key = tuple[datetime, str, int]


@dataclass(frozen=True, slots=True)
class AuditAsked:
    """What the log is narrowed to: moments, what was done, by or to whom, and words of what it is about."""

    start: datetime | None = None
    end: datetime | None = None
    what: str = ""
    person: User | None = None
    q: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """One line of the log; ``source`` names the table, ``how`` is what a history or a choice says.

    ``fact`` is the kind and the number of a fact that has a page for its history.
    """

    at: datetime
    source: str
    what: str
    how: str
    by: User | None
    account: User | None
    about: str
    address: str
    before: str = ""
    after: str = ""
    state: State | None = None
    fact: tuple[str, int] | None = None


class Log(Paginator[Any]):
    """The lines that were asked for, the latest first, whatever their table."""

    def __init__(self, asked: AuditAsked) -> None:
        """Ask for the keys alone; a page reads its rows."""
        self.parts = list(_parts(asked))
        super().__init__(_together(self.parts), ON_A_PAGE)

    @property
    def count(self) -> int:
        """How many lines there are; counting each table is quicker than counting them together."""
        return sum(rows.count() for _source, rows in self.parts)

    def lines(self) -> Iterator[Logged]:
        """Go through all of them."""
        keys = self.object_list
        for start in range(0, self.count, _AT_ONCE):
            yield from _read(keys[start : start + _AT_ONCE])


def audit_page(*, asked: AuditAsked, page: int) -> "Page[Any]":
    """Return one page of the log; its ``object_list`` are lines."""
    found = Log(asked).get_page(page)
    found.object_list = list(_read(found.object_list))
    return found


def _parts(asked: AuditAsked) -> Iterator[tuple[str, "QuerySet[Any]"]]:
    """Go through the tables in which something that was asked for can be."""
    for source, rows, paths in _sources(asked.what):
        found = rows
        if asked.start:
            found = found.filter(**{f"{paths.at}__gte": asked.start})
        if asked.end:
            found = found.filter(**{f"{paths.at}__lt": asked.end})
        if asked.person:
            people = Q(**{paths.by: asked.person})
            found = found.filter(people | Q(account=asked.person) if paths.has_account else people)
        if asked.q:
            words = Q()
            for path in paths.words:
                words |= Q(**{f"{path}__icontains": asked.q})
            found = found.filter(words) if paths.words else found.none()
        yield source, found


@dataclass(frozen=True, slots=True)
class _Paths:
    at: str
    by: str
    words: tuple[str, ...]
    has_account: bool = False


def _sources(what: str) -> Iterator[tuple[str, "QuerySet[Any]", _Paths]]:
    if what in ("", *AuditEntry.What.values):
        rows: QuerySet[Any] = QuerySet(AuditEntry).all()
        words = ("about", "address", "account__name", "by__name")
        yield "entry", rows.filter(what=what) if what else rows, _Paths("at", "by", words, True)  # noqa: FBT003
    if what in ("", ACCOUNTS):
        words = ("before", "after", "account__name", "by__name")
        yield "account", QuerySet(AccountChange).all(), _Paths("at", "by", words, True)  # noqa: FBT003
    for kind in TRACKED:
        if what in ("", FACTS, kind):
            yield kind, _history(kind), _Paths("history_date", "history_user", _words(kind))


def _history(kind: str) -> "QuerySet[Any]":
    found: QuerySet[Any] = TRACKED[kind].history.all()
    return found


def _words(kind: str) -> tuple[str, ...]:
    own = {"contact": ("name",), "session": (), "assignment": (), "offsets": ()}
    if kind in _OF_STATES:
        symbol = ("symbol",) if kind == "core-document" else ()
        return (*symbol, "state__search_text", "history_change_reason")
    return (*own.get(kind, ("symbol", "state_party__state__search_text")), "history_change_reason")


def _together(parts: Iterable[tuple[str, "QuerySet[Any]"]]) -> "QuerySet[Any]":
    """Return the keys of all rows in one order: the moment, the table, the number."""
    columns = []
    for source, rows in parts:
        at, pk = ("at", "pk") if source in ("entry", "account") else ("history_date", "history_id")
        named = Cast(Value(source), CharField(max_length=20))
        plain = rows.order_by().annotate(log_at=F(at), log_source=named, log_number=F(pk))
        columns.append(plain.values_list("log_at", "log_source", "log_number"))
    first, *others = columns
    together: QuerySet[Any] = first.union(*others, all=True)
    return together.order_by("-log_at", "log_source", "-log_number")


def _read(keys: Iterable[Key]) -> Iterator[Logged]:
    """Read the rows of these keys, table by table, and give them in the order of the keys."""
    wanted = list(keys)
    numbers: dict[str, list[int]] = {}
    for _at, source, number in wanted:
        numbers.setdefault(source, []).append(number)
    rows = {
        (source, number): row
        for source, those in numbers.items()
        for number, row in _rows(source, those).items()
    }
    for _at, source, number in wanted:
        yield _line(source, rows[source, number])


def _rows(source: str, numbers: list[int]) -> dict[int, Any]:
    if source == "entry":
        noted: dict[int, Any] = (
            QuerySet(AuditEntry).select_related("by", "account").in_bulk(numbers)
        )
        return noted
    if source == "account":
        return QuerySet(AccountChange).select_related("by", "account").in_bulk(numbers)
    related = {"contact": "state", "session": None, "offsets": None}
    state = "state" if source in _OF_STATES else related.get(source, "state_party__state")
    joined = filter(None, ("history_user", state))
    rows = _history(source).select_related(*joined).filter(history_id__in=numbers)
    return {row.history_id: row for row in rows}


def _line(source: str, row: Any) -> Logged:
    if source == "entry":
        address, about = row.address or "", row.about
        return Logged(row.at, source, row.what, "", row.by, row.account, about, address)
    if source == "account":
        changed = {"before": row.before, "after": row.after}
        return Logged(row.at, source, ACCOUNTS, row.field, row.by, row.account, "", "", **changed)
    return Logged(
        at=row.history_date,
        source=source,
        what=FACTS,
        how=row.history_type,
        by=row.history_user,
        account=None,
        about=_named(source, row),
        address="",
        after=row.history_change_reason or "",
        fact=(source, row.id) if source in _ITS_PAGE else None,
        state=getattr(getattr(row, "state_party", row), "state", None),
    )


def _named(source: str, row: Any) -> str:
    """Say which row it is, shortly: its symbol, its name or its number."""
    if source == "session":
        return str(row.number)
    if source == "universal-review":
        return str(row.instance)
    return str(getattr(row, "symbol", "") or getattr(row, "name", "") or row.id)
