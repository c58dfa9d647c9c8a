"""The backlog as a table: the reports received and not yet considered."""

from array import array
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from reporting.models import Obligation
from reporting.models.obligation import ObligationQuerySet
from reporting.queries.kept import Kept, Order
from reporting.queries.lines import as_text, parsed


class Waiting(NamedTuple):
    """A report that waits to be considered."""

    iso3: str
    state: str
    region: str
    first: int
    last: int
    received_on: str | None
    since: date
    symbol: str
    session: int | None
    source: str
    as_at: date

    @property
    def days(self) -> int | None:
        """For how many days it has waited for certain; ``None`` where no receipt is on record."""
        received = parsed(self.received_on)
        return max(0, (self.as_at - received.last_day).days) if received else None


_WAITING = (
    "submission",
    "state_party__state__iso3",
    "state_party__state__name",
    "state_party__state__regional_group",
    "first_report",
    "last_report",
    as_text("received_on"),
    "closed_on",
    "submission__symbol",
    "submission__session",
    "submission__source",
)


class Backlog(Kept[Waiting]):
    """The reports received and not yet considered, in order of receipt; a document once."""

    def __iter__(self) -> Iterator[Waiting]:
        """Go through all of them."""
        return (row for _submission, row in self._rows(self._parts))

    @property
    def _parts(self) -> ObligationQuerySet:
        under = Obligation.objects.filter(state_party__treaty=self.treaty)
        found = under.backlog(as_at=self.as_at)
        return found.order_by("closed_on", "submission", "first_report")

    def _rows(self, found: ObligationQuerySet) -> Iterator[tuple[int, Waiting]]:
        for submission, group in groupby(
            found.values_list(*_WAITING).iterator(), key=itemgetter(0)
        ):
            parts = list(group)
            first, last = parts[0], parts[-1]
            yield submission, Waiting._make((*first[1:5], last[5], *first[6:], self.as_at))

    def _find(self) -> Order:
        parties = dict(self._parts.values_list("submission", "state_party").iterator())
        return Order(array("q", parties), len(parties), len(set(parties.values())))

    def _read(self, order: Order) -> list[Waiting]:
        known = dict(self._rows(self._parts.filter(submission__in=order.numbers.tolist())))
        return [known[pk] for pk in order.numbers if pk in known]
