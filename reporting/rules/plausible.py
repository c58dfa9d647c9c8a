"""Between which days the facts of a treaty can lie; what is beyond is a slip of the hand."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum

from reporting.rules.partial_date import PartialDate
from reporting.rules.regimes import ADOPTED_ON

DUE_WITHIN_YEARS = 20  # of the decision that sets the date
PLANNED_WITHIN_YEARS = 5
LONGEST_SESSION_WEEKS = 4  # the longest on record lasted two
_DUE = {"due_on", "next_report_due", "follow_up_due"}


class Slip(StrEnum):
    """What is wrong with a day."""

    BEFORE_THE_TREATY = "before the treaty"
    DUE_TOO_LATE = "due too late"
    PLANNED_TOO_FAR_AHEAD = "planned too far ahead"


def slips(
    days: Mapping[str, PartialDate | date], *, treaty: str, decided_on: date, as_at: date
) -> Iterator[tuple[str, Slip]]:
    """Go through the days, by the name of their field, that lie out of bounds.

    ``decided_on`` is the day from which due dates are counted; where it is not known, ``as_at``.
    """
    for name, given in days.items():
        day = given if isinstance(given, PartialDate) else PartialDate.of(given)
        if day.last_day < ADOPTED_ON.get(treaty, date.min):
            yield name, Slip.BEFORE_THE_TREATY
        elif name in _DUE:
            if _years_after(day.first_day, decided_on, DUE_WITHIN_YEARS):
                yield name, Slip.DUE_TOO_LATE
        elif _years_after(day.first_day, as_at, PLANNED_WITHIN_YEARS):
            yield name, Slip.PLANNED_TOO_FAR_AHEAD


def _years_after(day: date, start: date, years: int) -> bool:
    """Whether a day lies more than so many years after another one; any two days can be asked."""
    return (day.year - years, day.month, day.day) > (start.year, start.month, start.day)


def too_long_for_a_session(starts_on: date, ends_on: date) -> bool:
    """Whether no session lasts so long, both days counted.

    >>> too_long_for_a_session(date(2027, 4, 5), date(2027, 5, 2))
    False
    >>> too_long_for_a_session(date(2027, 4, 5), date(2027, 5, 3))
    True
    """
    return ends_on - starts_on >= timedelta(weeks=LONGEST_SESSION_WEEKS)
