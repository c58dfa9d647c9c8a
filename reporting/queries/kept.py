"""Tables of which the order is remembered until an obligation changes; what a row says is read anew."""

from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from django.utils.translation import get_language

from reporting.models import Kind, Obligation, Treaty
from reporting.models.obligation import ObligationQuerySet
from reporting.queries.lines import Line, Lines, lines, lines_of
from reporting.queries.memory import remembered

R = TypeVar("R")


class Order(NamedTuple):
    """The rows of a table by number, how many entries they are and of how many States.

    ``beside`` and ``filed`` have other numbers for each row, where its table needs them. Arrays are
    remembered and recalled as one piece. ``unconfirmed`` is of the whole table.
    """

    numbers: "array[int]"
    entries: int
    states: int
    beside: "array[int]" = array("q")
    sums: tuple[Any, ...] = ()
    filed: "array[int]" = array("q")
    unconfirmed: int = 0


class Kept(ABC, Generic[R]):
    """A table of a day.

    Going through it reads every row. Its size, and which rows a part of it has, are remembered, so that
    a page of a long table costs what it shows; the first page after a change finds the order again.
    """

    # Of what the table is: something of these kinds that was filed counts in it before it is confirmed.
    KINDS: tuple[Kind, ...] = (Kind.REPORT,)

    def __init__(self, *, as_at: date, treaty: Treaty) -> None:
        """Read nothing yet."""
        self.as_at, self.treaty = as_at, treaty

    @abstractmethod
    def __iter__(self) -> Iterator[R]:
        """Go through all rows, in their order."""

    @abstractmethod
    def _find(self) -> Order:
        """Find the order."""

    @abstractmethod
    def _read(self, order: Order) -> list[R]:
        """Return the rows of a part of the order; without those that are gone since."""

    @cached_property
    def order(self) -> Order:
        """The order of the whole table, which goes by the names of States in the reader's language."""
        question = type(self).__name__, self.as_at, self.treaty.pk, get_language()
        return remembered(self._found, "table", *question)

    def _found(self) -> Order:
        return self._find()._replace(unconfirmed=self.count_unconfirmed())

    @property
    def counts(self) -> tuple[int, int]:
        """How many entries there are, sums apart, and of how many States."""
        return self.order.entries, self.order.states

    def count_unconfirmed(self) -> int:
        """Count what was filed and counts in the table as received before that is confirmed; one query."""
        met = Obligation.objects.unconfirmed(as_at=self.as_at)
        found = met.filter(state_party__treaty=self.treaty, kind__in=self.KINDS)
        return found.order_by().values("submission").distinct().count()

    def __len__(self) -> int:
        """Count the rows, sums among them."""
        return len(self.order.numbers)

    def __getitem__(self, part: slice) -> list[R]:
        """Return a part of the rows."""
        whole = self.order
        arrays = {name: getattr(whole, name)[part] for name in ("numbers", "beside", "filed")}
        return self._read(whole._replace(**arrays))

    def in_full(self) -> Sequence[R] | Lines:
        """Return all rows, for a file that says first how many there are."""
        return list(iter(self))  # which, unlike list(self), asks for no size


class KeptLines(Kept[Line]):
    """A table whose rows are obligations."""

    @property
    @abstractmethod
    def found(self) -> ObligationQuerySet:
        """The obligations in their order."""

    def __iter__(self) -> Iterator[Line]:
        """Go through all of them."""
        return lines(self.found, as_at=self.as_at)

    def in_full(self) -> Sequence[Line] | Lines:
        """Return them, read where they are few."""
        return Lines(self.found, self.as_at).if_short()

    def _find(self) -> Order:
        pairs = list(self.found.values_list("pk", "state_party"))
        numbers = array("q", (pk for pk, _party in pairs))
        return Order(numbers, len(numbers), len({party for _pk, party in pairs}))

    def _read(self, order: Order) -> list[Line]:
        known = lines_of(order.numbers, as_at=self.as_at)
        return [known[pk] for pk in order.numbers if pk in known]
