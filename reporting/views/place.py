"""Where a reader is in the list: the day, the filters, the order, the page; and its address."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.urls import reverse

from reporting.queries.dashboard import Filters

URGENCY = "urgency"
Parameters = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A view of the dashboard; ``as_at`` is empty for today."""

    as_at: str = ""
    treaty: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: str = URGENCY
    page: int = 1

    @property
    def parameters(self) -> Parameters:
        """What the address says beyond the defaults, the day apart."""
        pairs = [("status", each) for each in self.filters.status]
        pairs += [(name, getattr(self.filters, name)) for name in ("band", "kind", "region", "q")]
        pairs.append(("sort", "" if self.sort == URGENCY else self.sort))
        return [(name, value) for name, value in pairs if value]

    @property
    def url(self) -> str:
        """The shortest address of this view."""
        page = [("page", str(self.page))] if self.page > 1 else []
        return self._at("reporting:dashboard", page)

    @property
    def export_url(self) -> str:
        """Where this list is to be had as a file, the whole of it."""
        return self._at("reporting:exports")

    @property
    def states_url(self) -> str:
        """Where all States parties of that day and treaty are."""
        return _address("reporting:states", self._kept)

    def _at(self, name: str, more: Parameters | None = None) -> str:
        return _address(name, [*self._kept, *self.parameters, *(more or [])])

    @property
    def _kept(self) -> Parameters:
        """What every link keeps: the day, and the treaty."""
        pairs = [("as_at", self.as_at), ("treaty", self.treaty)]
        return [(name, value) for name, value in pairs if value]

    def today(self) -> "Place":
        """Go to today."""
        return replace(self, as_at="")

    def on_page(self, page: int) -> "Place":
        """Turn the page."""
        return replace(self, page=page)

    def sorted_by(self, sort: str) -> "Place":
        """Order the list, from its first page."""
        return replace(self, sort=sort, page=1)

    def narrowed_to(self, filters: Filters) -> "Place":
        """Filter the list, from its first page."""
        return replace(self, filters=filters, page=1)


def _address(name: str, pairs: Parameters) -> str:
    address = reverse(name)
    return f"{address}?{urlencode(pairs)}" if pairs else address
