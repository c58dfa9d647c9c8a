"""A date that a document gives to the day, to the month or only to the year."""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Self

from reporting.rules.errors import RulesError
from reporting.rules.saying import gettext_noop, ngettext_noop, say, say_counted

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTHS_OF_A_YEAR = 12
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class PartialDateError(RulesError):
    """The text or the numbers are no date."""


def _length(year: int, month: int) -> int:
    """Return how many days the month has."""
    return _LENGTHS[month - 1] + (month == 2 and isleap(year))


def _last_day(year: int, month: int | None) -> date:
    """Return the last day of the month, or of the year."""
    month = month or _MONTHS_OF_A_YEAR
    return date(year, month, _length(year, month))


@dataclass(frozen=True, slots=True, order=True, init=False, repr=False)
class PartialDate:
    """A date with the precision that its document gives it.

    It is kept as the earliest and the latest day that it can be, and ordered by them: a day comes
    before its month, a month before its year.

    >>> PartialDate.parse("2012-05-31").last_day
    datetime.date(2012, 5, 31)
    >>> PartialDate.parse("2011").first_day, PartialDate.parse("2011").last_day
    (datetime.date(2011, 1, 1), datetime.date(2011, 12, 31))
    >>> str(PartialDate.parse("2024-11"))
    '2024-11'
    """

    first_day: date
    last_day: date

    def __init__(self, year: int, month: int | None = None, day: int | None = None) -> None:
        """Find the days that it can be; refuse what is on no calendar."""
        if month is None and day is not None:
            message = gettext_noop("A date cannot have a day without a month.")
            raise PartialDateError(say(message))
        try:
            first = date(year, 1 if month is None else month, 1 if day is None else day)
        except (ValueError, OverflowError):
            given = "-".join(f"{part:02}" for part in (year, month, day) if part is not None)
            message = gettext_noop("%(text)s is not on the calendar.")
            raise PartialDateError(say(message, text=given)) from None
        object.__setattr__(self, "first_day", first)
        object.__setattr__(self, "last_day", first if day else _last_day(year, month))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raise PartialDateError for anything else."""
        match = _ISO.fullmatch(text.strip())
        if match is None:
            message = gettext_noop("“%(text)s” is not a date: write YYYY-MM-DD, YYYY-MM or YYYY.")
            raise PartialDateError(say(message, text=text))
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
            message = gettext_noop("No one year holds both %(first)s and %(last)s.")
            raise PartialDateError(say(message, first=first, last=last))
        return cls(first.year, first.month if first.month == last.month else None)

    @property
    def year(self) -> int:
        """The year, which is always known."""
        return self.first_day.year

    @property
    def month(self) -> int | None:
        """The month; ``None`` where only the year is known."""
        month = self.first_day.month
        return month if month == self.last_day.month else None

    @property
    def day(self) -> int | None:
        """The day of the month; ``None`` where it is not known."""
        return self.first_day.day if self.is_certain else None

    @property
    def is_certain(self) -> bool:
        """Whether it is known to the day."""
        return self.first_day == self.last_day

    def plus_months(self, months: int) -> Self:
        """Return the date ``months`` later with the same precision, clamped to the month's end.

        Raise PartialDateError where the calendar ends, and for a year moved by part of a year.
        """
        first = self.first_day
        years, month = divmod(first.month - 1 + months, _MONTHS_OF_A_YEAR)
        year, month = first.year + years, month + 1
        if not MINYEAR <= year <= MAXYEAR:
            forms = ngettext_noop(
                "%(months)s month after %(day)s is beyond the calendar.",
                "%(months)s months after %(day)s is beyond the calendar.",
            )
            raise PartialDateError(say_counted(forms, months, months=months, day=self))
        if first == self.last_day:
            day = first.day
            return type(self)(year, month, day if day <= 28 else min(day, _length(year, month)))
        if self.month:
            return type(self)(year, month)
        if month > 1:
            forms = ngettext_noop(
                "%(day)s is known by its year: %(months)s month later is no one year.",
                "%(day)s is known by its year: %(months)s months later is no one year.",
            )
            raise PartialDateError(say_counted(forms, months, day=self, months=months))
        return type(self)(year)

    def isoformat(self) -> str:
        """Return ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
        day = self.first_day.isoformat()
        if self.first_day == self.last_day:
            return day
        return day[:7] if self.month else day[:4]

    def __repr__(self) -> str:
        """Return how it is written in Python."""
        return f"PartialDate(year={self.year}, month={self.month}, day={self.day})"

    def __str__(self) -> str:
        """Return the ISO form."""
        return self.isoformat()
