"""What must be sent, translated and answered before a session, counted back from its first day.

Only what is laid down or on record as practice has a day of its own: ten weeks for the translation,
about five for the distribution. For the rest, the caller says how many weeks its house allows; what is
proposed for planning is no rule.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from reporting.rules.partial_date import PartialDate

# A report that comes later than this before its session may not be translated in time (practice).
WEEKS_TO_TRANSLATE = 10
# No rule says how long before a session lists of issues are adopted and replies are in. For planning: the
# session before, where the Committee sits twice a year; and replies are translated as reports are.
WEEKS_FOR_LIST_OF_ISSUES = 26
WEEKS_FOR_REPLIES = WEEKS_TO_TRANSLATE
# From the adoption of concluding observations to their distribution, about (practice).
WEEKS_TO_DISTRIBUTE = 5


class Step(StrEnum):
    """What is done for a session, in order."""

    RECEIPT = "receipt"
    LIST_OF_ISSUES = "list of issues"
    REPLIES = "replies"
    DIALOGUES = "dialogues"
    ADOPTION = "adoption"
    DISTRIBUTION = "distribution"


class Due(NamedTuple):
    """A step and its day; ``None`` where no rule and nobody says how long before it is."""

    step: Step
    day: date | None
    weeks: int = 0


def too_late_to_translate(received: PartialDate, *, starts_on: date) -> bool:
    """Whether it may have come less than ten weeks before the first day of the session.

    >>> too_late_to_translate(PartialDate(2027, 1, 25), starts_on=date(2027, 4, 5))
    False
    >>> too_late_to_translate(PartialDate(2027, 1), starts_on=date(2027, 4, 5))
    True
    """
    return starts_on - received.last_day < timedelta(weeks=WEEKS_TO_TRANSLATE)


def counted_back(
    *, starts_on: date, ends_on: date, weeks: Mapping[Step, int] | None = None
) -> tuple[Due, ...]:
    """Return the steps of a session in order; ``weeks`` says how long before it other steps are due.

    Concluding observations are adopted by its last day, and counted from there.

    >>> days = counted_back(starts_on=date(2027, 4, 5), ends_on=date(2027, 4, 16))
    >>> [str(each.day) for each in days]
    ['2027-01-25', 'None', 'None', '2027-04-05', '2027-04-16', '2027-05-21']
    """
    weeks = {Step.RECEIPT: WEEKS_TO_TRANSLATE, **(weeks or {})}
    before = (Step.RECEIPT, Step.LIST_OF_ISSUES, Step.REPLIES)
    return (
        *(_before(step, starts_on, weeks.get(step, 0)) for step in before),
        Due(Step.DIALOGUES, starts_on),
        Due(Step.ADOPTION, ends_on),
        Due(Step.DISTRIBUTION, ends_on + timedelta(weeks=WEEKS_TO_DISTRIBUTE), WEEKS_TO_DISTRIBUTE),
    )


def _before(step: Step, starts_on: date, weeks: int) -> Due:
    return Due(step, starts_on - timedelta(weeks=weeks) if weeks else None, weeks)
