"""What is planned backwards from a due date: alerts, and the steps of a ministry."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
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

    def days_after(self) -> Iterator[int]:
        """Go through the days after the due date, without an end where they repeat for ever."""
        repeated = range(self.every, self.until + 1, self.every) if self.every else ()
        days = sorted({*self.after, *repeated})
        yield from days
        if self.later:
            first = max(self.until, *days, 0) + self.later
            yield from range(first, date.max.toordinal(), self.later)


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


def moments(due: PartialDate, offsets: Offsets) -> Iterator[Moment]:
    """Go through the alerts for a due date in order; after the due date, they may never end.

    Those before it count from the first day that it can be, those after it from the last.

    >>> offsets = Offsets((30, 0), (1,))
    >>> [str(moment.day) for moment in moments(PartialDate(2026, 9), offsets)]
    ['2026-08-02', '2026-09-01', '2026-10-01']
    """
    for days in sorted(offsets.before, reverse=True):
        if due.first_day.toordinal() > days:
            yield Moment(due.first_day - timedelta(days=days), days)
    for days in offsets.days_after():
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
