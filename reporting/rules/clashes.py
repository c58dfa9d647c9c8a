"""Reports of one State that fall due so close together that one office writes them at once."""

from collections.abc import Sequence

from reporting.rules.partial_date import PartialDate

WITHIN_MONTHS = 6


def clashes(days: Sequence[PartialDate]) -> list[tuple[int, ...]]:
    """Return for each due date, by its place, the places of the others within six months of it.

    A date that is known by its month or year clashes where it can lie so close.

    >>> clashes([PartialDate(2027, 1, 31), PartialDate(2027, 7, 31), PartialDate(2028, 2, 1)])
    [(1,), (0,), ()]
    """
    return [
        tuple(j for j, other in enumerate(days) if i != j and _is_close(day, other))
        for i, day in enumerate(days)
    ]


def _is_close(one: PartialDate, other: PartialDate) -> bool:
    earlier, later = sorted((one, other), key=lambda day: day.first_day)
    end = PartialDate.of(earlier.last_day).plus_months(WITHIN_MONTHS)
    return later.first_day <= end.last_day
