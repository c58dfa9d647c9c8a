"""The Universal Periodic Review of the Human Rights Council: its steps, and which of them can be."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from itertools import accumulate

from reporting.rules.partial_date import PartialDate

# Resolution 60/251 of the General Assembly.
ESTABLISHED_ON = date(2006, 3, 15)
MOST_CYCLES = 50
MOST_SESSIONS = 999


class Step(StrEnum):
    """What has a date in a cycle, in the order in which it happens."""

    REPORT = "report"
    REVIEW = "review"
    OUTCOME = "outcome"


def runs_backwards(days: Mapping[Step, PartialDate]) -> Iterator[tuple[Step, Step]]:
    """Go through the steps that certainly lie before the step that comes first, with that one.

    >>> of = PartialDate.parse
    >>> list(runs_backwards({Step.REPORT: of("2027-02"), Step.REVIEW: of("2027-01-20")}))
    [(<Step.REVIEW: 'review'>, <Step.REPORT: 'report'>)]
    >>> list(runs_backwards({Step.REPORT: of("2027-02"), Step.REVIEW: of("2027")}))
    []
    """
    found = [(step, days[step]) for step in Step if step in days]
    for place, (step, day) in enumerate(found):
        for earlier, before in found[:place]:
            if day.last_day < before.first_day:
                yield step, earlier
                break


def first_days(days: Mapping[Step, PartialDate]) -> dict[Step, date]:
    """Return the first day on which each step can be: none comes before an earlier one of its cycle.

    >>> of = PartialDate.parse
    >>> first_days({Step.REVIEW: of("2028-05"), Step.OUTCOME: of("2028")})[Step.OUTCOME]
    datetime.date(2028, 5, 1)
    """
    found = [step for step in Step if step in days]
    earliest = accumulate((days[step].first_day for step in found), max)
    return dict(zip(found, earliest, strict=True))


def known_on(day: PartialDate, *, recorded_on: date, as_at: date) -> bool:
    """Whether a day knew of another one: it had come, or what is planned was on record.

    >>> recorded, later = date(2026, 11, 22), PartialDate(2027, 2)
    >>> known_on(later, recorded_on=recorded, as_at=date(2026, 11, 22))
    True
    >>> known_on(later, recorded_on=recorded, as_at=date(2020, 1, 1))
    False
    >>> known_on(PartialDate(2017, 5, 3), recorded_on=recorded, as_at=date(2020, 1, 1))
    True
    """
    return recorded_on <= as_at or day.last_day <= as_at
