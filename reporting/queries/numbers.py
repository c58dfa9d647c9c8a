"""Parts of a list that is turned by numbers: a number stays, so nothing is shown twice or left out."""

from array import array
from bisect import bisect_right
from typing import Any, NamedTuple

from django.db.models import QuerySet

from reporting.queries.memory import remembered


class Part(NamedTuple):
    """At most so many rows, those with the lowest numbers after that one.

    With ``question``, which no other list asks, the numbers are remembered until an obligation changes:
    for a list whose rows lie scattered among those of others, where finding a part costs as much as all.
    """

    after: int
    most: int
    question: tuple[object, ...] = ()


def rows_of(part: Part, found: "QuerySet[Any]", *columns: Any) -> list[tuple[Any, ...]]:
    """Return the columns of a part of what was found, in the order of the numbers."""
    if part.question:
        numbers = _numbers(found, part.question)
        start = bisect_right(numbers, part.after)
        chosen = numbers[start : start + part.most]
        rows = list(found.filter(pk__in=chosen).order_by("pk").values_list(*columns))
        if len(rows) == len(chosen):  # none has gone since
            return rows
    after_it = found.filter(pk__gt=part.after).order_by("pk")
    return list(after_it.values_list(*columns)[: part.most])


def _numbers(found: "QuerySet[Any]", question: tuple[object, ...]) -> "array[int]":
    def find() -> "array[int]":
        return array("q", found.order_by("pk").values_list("pk", flat=True))

    return remembered(find, "numbers", *question)
