"""A date that a document gives to the day, to the month or only to the year."""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from functools import total_ordering
from typing import Self

from reporting.rules.errors import RulesError

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTHS_OF_A_YEAR = 12
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class PartialDateError(RulesError):
    """The text or the numbers are no date."""


def _length(year: int, month: int) -> int:
    """Return how many days the month has."""
    return _LENGTHS[month - 1] + (month == 2 and isleap(year))


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with the precision that its document gives it.

    Ordered by the first possible day, then by the last: a day comes before its month, a month
    before its year.

    >>> PartialDate.parse("2012-05-31").last_day
    datetime.date(2012, 5, 31)
    >>> PartialDate.parse("2011").first_day, PartialDate.parse("2011").last_day
    (datetime.date(2011, 1, 1), datetime.date(2011, 12, 31))
    >>> str(PartialDate.parse("2024-11"))
    '2024-11'
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is on no calendar."""
        if self.month is None and self.day is not None:
            message = "A date cannot have a day without a month."
            raise PartialDateError(message)
        try:
            date(
                self.year,
                1 if self.month is None else self.month,
                1 if self.day is None else self.day,
            )
        except (ValueError, OverflowError):
            message = f"{self.isoformat()} is not on the calendar."
            raise PartialDateError(message) from None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raise PartialDateError for anything else."""
        match = _ISO.fullmatch(text.strip())
        if match is None:
            message = f"“{text}” is not a date: write YYYY-MM-DD, YYYY-MM or YYYY."
            raise PartialDateError(message)
        return cls(*(int(part) for part in match.groups() if part is not None))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the partial date that is certain to the day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def spanning(cls, first: date, last: date) -> Self:
        """Return the most precise date that holds both days; raise where two years are touched."""
        if first == last:
            return cls.of(first)
        if first.year != last.year:
            message = f"No one year holds both {first} and {last}."
            raise PartialDateError(message)
        return cls(first.year, first.month if first.month == last.month else None)

    @property
    def first_day(self) -> date:
        """The earliest day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day that it can be."""
        month = self.month or _MONTHS_OF_A_YEAR
        return date(self.year, month, self.day or _length(self.year, month))

    @property
    def is_certain(self) -> bool:
        """Whether it is known to the day."""
        return self.day is not None

    def plus_months(self, months: int) -> Self:
        """Return the date ``months`` later with the same precision, clamped to the month's end.

        Raise PartialDateError where the calendar ends, and for a year moved by part of a year.
        """
        years, month = divmod((self.month or 1) - 1 + months, _MONTHS_OF_A_YEAR)
        if self.month is None and month:
            message = f"{self} is known by its year: {months} months later is no one year."
            raise PartialDateError(message)
        year = self.year + years
        if not MINYEAR <= year <= MAXYEAR:
            message = f"{months} months after {self} is beyond the calendar."
            raise PartialDateError(message)
        if self.month is None:
            return type(self)(year)
        month += 1
        return type(self)(year, month, self.day and min(self.day, _length(year, month)))

    def isoformat(self) -> str:
        """Return ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
        if self.month is None:
            return f"{self.year:04}"
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    def __str__(self) -> str:
        """Return the ISO form."""
        return self.isoformat()

    def __lt__(self, other: object) -> bool:
        """Compare by the first possible day, then by the last."""
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.first_day, self.last_day) < (other.first_day, other.last_day)
