"""What is planned backwards from a due date."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

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

# The alerts that go out up to the due date of a report, in days before it.
REPORT_DAYS_BEFORE = (540, 365, 180, 90, 30, 7, 1, 0)


def alerts_ahead(due: PartialDate, *, as_at: date) -> int:
    """Return how many of the alerts up to a due date have not gone out by that day.

    Counted, as alerts are, from the first day that the due date can be; one of that very day has
    gone out.

    >>> alerts_ahead(PartialDate(2026, 12, 31), as_at=date(2026, 11, 22))
    4
    """
    left = (due.first_day - as_at).days
    return sum(days < left for days in REPORT_DAYS_BEFORE)


def planned_back(due: PartialDate, *, months_before: int, days_moved: int = 0) -> date:
    """Return the day of a step, counted from the first day that the due date can be.

    >>> planned_back(PartialDate(2026, 8, 31), months_before=6)
    datetime.date(2026, 2, 28)
    """
    return due.first_day - relativedelta(months=months_before) + timedelta(days=days_moved)
