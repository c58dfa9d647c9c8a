"""Lists of which the numbers are remembered, so that a part of one costs what it shows."""

from abc import ABC, abstractmethod
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar, overload

from django.db.models import QuerySet
from django.utils.translation import get_language

from reporting.queries.memory import remembered

R = TypeVar("R")
# So many numbers fit into one question to any database.
AT_ONCE = 500


class Part(NamedTuple):
    """At most so many rows, those with the lowest numbers after that one.

    Numbers stay, so that what is turned by them shows nothing twice and leaves nothing out. With ``question``, which no other list asks, the numbers are remembered until an obligation changes:
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


class KeptList(ABC, Sequence[R]):
    """A list of which the order is remembered until an obligation changes; a part of it is read when asked for.

    So a page costs what it shows, and the first one after a change finds the order again.
    """

    def __init__(self, *question: object) -> None:
        """Read nothing yet; no other list of the class has the same question."""
        self._question = question

    @abstractmethod
    def _find(self) -> "array[int]":
        """Find the numbers of all rows, in their order."""

    @abstractmethod
    def _read(self, numbers: "array[int]") -> list[R]:
        """Return the rows with these numbers, in this order; without those that are gone since."""

    @cached_property
    def numbers(self) -> "array[int]":
        """The numbers of all rows, in an order that may go by the names of States in the reader's language."""
        return remembered(self._find, type(self).__name__, *self._question, get_language())

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> list[R]: ...
    def __getitem__(self, place: int | slice) -> R | list[R]:
        """Return one, or those of a slice."""
        if isinstance(place, int):
            return self._read(self.numbers[place:][:1])[0]
        chosen = self.numbers[place]
        parts = (chosen[start : start + AT_ONCE] for start in range(0, len(chosen), AT_ONCE))
        return [row for part in parts for row in self._read(part)]

    def __iter__(self) -> Iterator[R]:
        """Go through all."""
        return iter(self[:])
