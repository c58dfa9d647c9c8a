"""The ledger of reminders as plain rows, and the addresses of its parts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from reporting.forms.reminder import FAILED, GOING, SHELVES, STATUSES
from reporting.models import Contact
from reporting.queries.coming import Coming, Reader


@dataclass(frozen=True, slots=True)
class Shelf:
    """What of the ledger is shown, and its address."""

    show: str = GOING
    state: str = ""
    occasion: str = ""
    days: str = ""
    reason: str = ""

    @property
    def url(self) -> str:
        """The shortest address of it."""
        values = {name: getattr(self, name) for name in self.__slots__}
        if self.show == GOING:
            del values["show"]
        pairs = [(name, value) for name, value in values.items() if value]
        address = reverse("reporting:reminders")
        return f"{address}?{urlencode(pairs)}" if pairs else address

    @property
    def clear_url(self) -> str:
        """The address of the same part without filters."""
        return Shelf(show=self.show).url


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the ledger, with how much stands there where that is counted."""

    name: str
    label: str
    url: str
    count: int | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class ReaderShown:
    """Somebody who will be told; ``url`` leads to the row in the ledger, where there is one."""

    name: str
    role: str
    url: str
    is_of_desk: bool
    held_until: date | None


@dataclass(frozen=True, slots=True)
class ComingRow:
    """What will be told on a day, ``is_first`` of its day; ``held_until`` where nobody is told."""

    day: date
    is_first: bool
    coming: Coming
    readers: list[ReaderShown]
    held_until: date | None


def tabs(place: Shelf, counts: Mapping[str, int]) -> list[Tab]:
    """Return the parts of the ledger; another one keeps the filters, but not the reason."""
    return [
        Tab(
            name=name,
            label=str(label),
            url=replace(place, show=name, reason="").url,
            count=sum(counts[each] for each in STATUSES[name]) if name in STATUSES else None,
            is_current=name == place.show,
        )
        for name, label in SHELVES.items()
    ]


def failed_url() -> str:
    """Return the address of what has failed."""
    return Shelf(show=FAILED).url


def by_day(found: Iterable[Coming]) -> Iterator[ComingRow]:
    """Yield the rows of a page, each day named once."""
    last = None
    for each in found:
        readers = sorted((_reader(reader) for reader in each.readers), key=_desk_last)
        ends = [reader.held_until for reader in readers if reader.held_until]
        held_until = min(ends) if ends and len(ends) == len(readers) else None
        yield ComingRow(each.day, each.day != last, each, readers, held_until)
        last = each.day


def _desk_last(reader: ReaderShown) -> bool:
    return reader.is_of_desk


def _reader(reader: Reader) -> ReaderShown:
    who: Any = reader.who
    return ReaderShown(
        name=who.name or who.email,
        role=who.get_role_display(),
        url=reverse("reporting:reminder", args=[reader.pk]) if reader.pk else "",
        is_of_desk=who.role == Contact.Role.DESK_OFFICER,
        held_until=reader.mute.until if reader.mute else None,
    )
