"""How an obligation stands on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from dateutil.relativedelta import relativedelta

from reporting.rules.obligation import Basis, Closure
from reporting.rules.partial_date import PartialDate

DUE_SOON_MONTHS = 12


class Status(StrEnum):
    """How an obligation stands."""

    OVERDUE = "overdue"
    DUE_SOON = "due soon"
    UPCOMING = "upcoming"
    AWAITING_CONSIDERATION = "awaiting consideration"
    UNCONFIRMED = "unconfirmed"
    NO_DATE = "no date"
    MET = "met"
    CONSIDERED_IN_ABSENCE = "considered in absence"
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Band(StrEnum):
    """For how many years something has been overdue; the last is "long overdue"."""

    UNDER_FIVE = "<5"
    FIVE_TO_TEN = "5-10"
    TEN_OR_MORE = ">=10"


_LONGEST_FIRST = tuple(reversed(Band))
_YEARS = {Band.UNDER_FIVE: (0, 5), Band.FIVE_TO_TEN: (5, 10), Band.TEN_OR_MORE: (10, None)}


class Owed(Protocol):
    """What must be known of an obligation to say how it stands; values of enums may be their text."""

    @property
    def due(self) -> PartialDate | None:
        """The due date."""

    @property
    def basis(self) -> str:
        """On what it rests."""

    @property
    def closed_on(self) -> date | None:
        """When it ended."""

    @property
    def closed_as(self) -> str | None:
        """How it ended."""

    @property
    def received(self) -> PartialDate | None:
        """When what met it came."""

    @property
    def awaiting_since(self) -> date | None:
        """Since when an earlier report waits."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A status on a day.

    ``days`` counts from the last day that the due date can be: negative are left, positive are late.
    It is ``None`` where nothing is late or left: without a date, after an estimate has passed, while a
    report waits to be considered, and where the day of receipt is not on record.
    """

    status: Status
    days: int | None = None
    band: Band | None = None


@lru_cache(maxsize=1024)
def band_since(band: Band, *, as_at: date) -> tuple[date | None, date]:
    """Return between which days something fell due that is in that band.

    After the first (``None`` for the longest band) and on or before the second.
    """
    least, most = _YEARS[band]
    return None if most is None else _years_before(as_at, most), _years_before(as_at, least)


@lru_cache(maxsize=64)
def _years_before(day: date, years: int) -> date:
    return day - relativedelta(years=years) if day.year > years else date.min


def band(*, due_by: date, as_at: date) -> Band:
    """Return the lateness band of what was due by that day and is overdue ``as_at``."""
    return next(name for name in _LONGEST_FIRST if due_by <= band_since(name, as_at=as_at)[1])


@lru_cache(maxsize=1024)
def soon_until(as_at: date) -> date:
    """Return the last day that is "due soon" as seen from ``as_at``."""
    if as_at.year == date.max.year:
        return date.max
    return as_at + relativedelta(months=DUE_SOON_MONTHS)


def days_late(*, due: PartialDate, received: PartialDate) -> int:
    """Return by how many days a report certainly came late; negative or zero is on time."""
    if received.first_day > due.last_day:
        return (received.first_day - due.last_day).days
    return min(0, (received.last_day - due.last_day).days)


def status(obligation: Owed, *, as_at: date) -> Standing:
    """Return how the obligation stands on that day; one that has not arisen yet is upcoming."""
    if obligation.closed_as and obligation.closed_on and obligation.closed_on <= as_at:
        return _closed(obligation, obligation.closed_as)
    if obligation.due is None:
        return Standing(Status.NO_DATE)
    days = (as_at - obligation.due.last_day).days
    if obligation.basis == Basis.ESTIMATE:
        return Standing(Status.UNCONFIRMED, days if days <= 0 else None)
    if days > 0:
        return _passed(obligation, obligation.due.last_day, as_at)
    if obligation.due.first_day <= soon_until(as_at):
        return Standing(Status.DUE_SOON, days)
    return Standing(Status.UPCOMING, days)


def _closed(obligation: Owed, closed_as: str) -> Standing:
    late = None
    if closed_as == Closure.MET and obligation.due and obligation.received:
        late = days_late(due=obligation.due, received=obligation.received)
    return Standing(Status(closed_as), late)


def _passed(obligation: Owed, due_by: date, as_at: date) -> Standing:
    if obligation.awaiting_since and obligation.awaiting_since <= as_at:
        return Standing(Status.AWAITING_CONSIDERATION)
    return Standing(Status.OVERDUE, (as_at - due_by).days, band(due_by=due_by, as_at=as_at))
