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


def planned_back(due: PartialDate, *, months_before: int, days_moved: int = 0) -> date:
    """Return the day of a step, counted from the first day that the due date can be.

    >>> planned_back(PartialDate(2026, 8, 31), months_before=6)
    datetime.date(2026, 2, 28)
    """
    return due.first_day - relativedelta(months=months_before) + timedelta(days=days_moved)
