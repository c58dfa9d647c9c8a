"""What is planned backwards from a due date: alerts, and the steps of a ministry."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from reporting.rules.obligation import Kind
from reporting.rules.partial_date import PartialDate

# The plan of a ministry: reports take 12 to 18 months.
MONTHS_BEFORE = {
    "start": 18,
    "data": 15,
    "inputs": 9,
    "draft": 6,
    "consultation": 5,
    "clearance": 3,
    "translation": 2,
    "sign-off": 1,
}

LONGEST_DAYS = 3650


class Offsets(NamedTuple):
    """When alerts go out, in days: ``before`` a due date (0 is the day itself), and ``after`` it.

    Then every ``every`` days until ``until`` days after it, and every ``later`` from there on; zero
    means never.
    """

    before: tuple[int, ...]
    after: tuple[int, ...] = ()
    every: int = 0
    until: int = 0
    later: int = 0

    def days_after(self, beyond: int = -1) -> Iterator[int]:
        """Go through the days after the due date that lie beyond so many; those that repeat never end."""
        days, first = _days_after(self)
        yield from days[bisect_right(days, beyond) :]
        if self.later:
            passed = max(0, (beyond - first) // self.later + 1)
            yield from range(first + passed * self.later, date.max.toordinal(), self.later)

    def last_after(self, most: int) -> int | None:
        """Return the last of the days after the due date, up to so many."""
        days, first = _days_after(self)
        if self.later and most >= first:
            return most - (most - first) % self.later
        number = bisect_right(days, most)
        return days[number - 1] if number else None


@lru_cache(maxsize=64)
def _days_after(offsets: Offsets) -> tuple[tuple[int, ...], int]:
    """Return the days after a due date that are named or end, and the first of those that do not."""
    repeated = range(offsets.every, offsets.until + 1, offsets.every) if offsets.every else ()
    days = tuple(sorted({*offsets.after, *repeated}))
    return days, max(offsets.until, *days, 0) + offsets.later


DEFAULT_OFFSETS: Mapping[Kind, Offsets] = {
    Kind.REPORT: Offsets((540, 365, 180, 90, 30, 7, 1, 0), (1,), every=30, until=365, later=90),
    Kind.ADDITIONAL_REPORT: Offsets((180, 90, 30, 7, 1, 0), (1,), every=30, until=365, later=90),
    Kind.FOLLOW_UP: Offsets((180, 90, 30, 7, 1, 0), (1,), every=30, until=180, later=90),
    Kind.REPLIES: Offsets((90, 30, 7, 1, 0), (1,), every=14, until=56, later=90),
}


class Moment(NamedTuple):
    """A day on which an alert goes out; ``days_before`` is negative after the due date."""

    day: date
    days_before: int


def moments(due: PartialDate, offsets: Offsets, *, after: date | None = None) -> Iterator[Moment]:
    """Go through the alerts for a due date in order; after the due date, they may never end.

    Those before it count from the first day that it can be, those after it from the last. With
    ``after`` only those that go out after that day.

    >>> offsets = Offsets((30, 0), (1,))
    >>> [str(moment.day) for moment in moments(PartialDate(2026, 9), offsets)]
    ['2026-08-02', '2026-09-01', '2026-10-01']
    """
    begins = after.toordinal() if after else 0
    for days in sorted(offsets.before, reverse=True):
        if due.first_day.toordinal() - days > begins:
            yield Moment(due.first_day - timedelta(days=days), days)
    for days in offsets.days_after(max(-1, begins - due.last_day.toordinal())):
        if due.last_day.toordinal() + days > date.max.toordinal():
            return
        yield Moment(due.last_day + timedelta(days=days), -days)


class Looked(NamedTuple):
    """The alerts of a due date as seen from a day: those passed, and the day of the next one."""

    passed: list[Moment]
    next_on: date | None


def look(due: PartialDate, offsets: Offsets, *, as_at: date, late: bool = True) -> Looked:
    """Return what has passed by that day and when the next is; without ``late`` none after the date.

    >>> looked = look(PartialDate(2026, 12, 31), DEFAULT_OFFSETS[Kind.REPORT], as_at=date(2026, 12, 1))
    >>> looked.passed[-1], looked.next_on
    (Moment(day=datetime.date(2026, 12, 1), days_before=30), datetime.date(2026, 12, 24))
    """
    passed: list[Moment] = []
    for moment in moments(due, offsets):
        if moment.days_before < 0 and not late:
            break
        if moment.day > as_at:
            return Looked(passed, moment.day)
        passed.append(moment)
    return Looked(passed, None)


def latest(due: PartialDate, offsets: Offsets, *, by: date, late: bool = True) -> Moment | None:
    """Return the last alert that has passed by a day, as ``look`` does, without those before it.

    >>> latest(PartialDate(1996, 12, 31), DEFAULT_OFFSETS[Kind.REPORT], by=date(2026, 12, 1))
    Moment(day=datetime.date(2026, 10, 30), days_before=-10895)
    """
    days = offsets.last_after((by - due.last_day).days) if late else None
    if days is not None:
        return Moment(due.last_day + timedelta(days=days), -days)
    passed = [each for each in offsets.before if due.first_day.toordinal() > each]
    left = (due.first_day - by).days
    ahead = min((each for each in passed if each >= left), default=None)
    return None if ahead is None else Moment(due.first_day - timedelta(days=ahead), ahead)


def escalates_on(due: PartialDate | None, *, days: int) -> date | None:
    """Return the day from which an alert that nobody acknowledged goes further; zero days is never.

    >>> escalates_on(PartialDate(2026, 9), days=30)
    datetime.date(2026, 8, 2)
    """
    return due.first_day - timedelta(days=days) if days and due else None


def quarter_begins(day: date) -> date:
    """Return the first day of the quarter of a day.

    >>> quarter_begins(date(2026, 11, 23))
    datetime.date(2026, 10, 1)
    """
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def quarter_name(day: date) -> str:
    """Name the quarter of a day.

    >>> quarter_name(date(2026, 11, 23))
    '2026-Q4'
    """
    return f"{day.year}-Q{(day.month + 2) // 3}"


def alerts_ahead(due: PartialDate, offsets: Offsets, *, as_at: date) -> int:
    """Return how many of the alerts up to a due date have not gone out by that day.

    An alert of that very day has gone out.

    >>> alerts_ahead(PartialDate(2026, 12, 31), DEFAULT_OFFSETS[Kind.REPORT], as_at=date(2026, 11, 22))
    4
    """
    left = (due.first_day - as_at).days
    return sum(days < left for days in offsets.before)


def planned_back(due: PartialDate, *, months_before: int, days_moved: int = 0) -> date:
    """Return the day of a step, counted from the first day that the due date can be.

    >>> planned_back(PartialDate(2026, 8, 31), months_before=6)
    datetime.date(2026, 2, 28)
    """
    return due.first_day - relativedelta(months=months_before) + timedelta(days=days_moved)
