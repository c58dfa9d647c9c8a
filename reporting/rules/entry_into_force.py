"""When a treaty starts to bind a State: never on the date of deposit.

Three shapes of rule cover the eleven regimes. Each is told the day of deposit and answers the day of
entry into force.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from reporting.rules.errors import RulesError
from reporting.rules.partial_date import PartialDate
from reporting.rules.saying import gettext_noop, say


class EntryIntoForceError(RulesError):
    """The rule cannot be read, or the day of entry into force cannot be told."""


class EntryIntoForceRule(Protocol):
    """A rule of a treaty, with the article that it stands in."""

    @property
    def article(self) -> str:
        """The article of the treaty."""

    def after(self, deposited_on: date) -> date:
        """Return the day that the rule counts from the deposit."""


@dataclass(frozen=True, slots=True)
class FirstDayOfMonthAfterMonths:
    """The first day of the month following a period of ``months`` after the deposit.

    >>> FirstDayOfMonthAfterMonths(3, "87").after(date(2012, 5, 31))
    datetime.date(2012, 9, 1)
    """

    months: int
    article: str

    def after(self, deposited_on: date) -> date:
        """Return the first day of the month after the one in which the period ends."""
        years, month = divmod(deposited_on.month + self.months, 12)
        return date(deposited_on.year + years, month + 1, 1)


@dataclass(frozen=True, slots=True)
class MonthsAfter:
    """``months`` after the deposit, clamped to the month's end."""

    months: int
    article: str

    def after(self, deposited_on: date) -> date:
        """Return the same day of the month, ``months`` later."""
        return PartialDate.of(deposited_on).plus_months(self.months).first_day


@dataclass(frozen=True, slots=True)
class DaysAfter:
    """The ``days``-th day after the deposit."""

    days: int
    article: str

    def after(self, deposited_on: date) -> date:
        """Return the day ``days`` later."""
        return deposited_on + timedelta(days=self.days)


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[int, str], EntryIntoForceRule]], ...] = (
    (
        re.compile(r"first day of the month following (\d+) months? after deposit"),
        FirstDayOfMonthAfterMonths,
    ),
    (re.compile(r"(\d+) months? after deposit"), MonthsAfter),
    (re.compile(r"(\d+) days? after deposit"), DaysAfter),
)


def parse_rule(text: str, *, article: str) -> EntryIntoForceRule:
    """Read the wording of ``treaties.csv``; raise EntryIntoForceError for any other."""
    for pattern, shape in _SHAPES:
        if match := pattern.fullmatch(text.strip()):
            return shape(int(match[1]), article)
    message = gettext_noop("“%(text)s” is no rule of entry into force that is known here.")
    raise EntryIntoForceError(say(message, text=text))


def entry_into_force(
    rule: EntryIntoForceRule, *, deposited_on: PartialDate, treaty_in_force_on: date
) -> PartialDate:
    """Return when the treaty binds the State, never before the treaty itself was in force.

    A deposit known by its month has a certain entry into force where the rule gives one day for the
    whole month, as article 87 of the Convention on Migrant Workers does. Raise EntryIntoForceError
    where the deposit is too vague to tell even the year.
    """
    try:
        first = max(rule.after(deposited_on.first_day), treaty_in_force_on)
        if deposited_on.is_certain:
            return PartialDate.of(first)
        last = max(rule.after(deposited_on.last_day), treaty_in_force_on)
    except (ValueError, OverflowError):
        message = gettext_noop("A deposit of %(day)s enters into force beyond the calendar.")
        raise EntryIntoForceError(say(message, day=deposited_on)) from None
    if first.year != last.year:
        message = gettext_noop(
            "A deposit of %(day)s enters into force between %(first)s and %(last)s: record the day "
            "of entry into force with the reason for it."
        )
        raise EntryIntoForceError(say(message, day=deposited_on, first=first, last=last))
    return PartialDate.spanning(first, last)
