"""What will go out as a list of which a page costs what it shows."""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple, overload

from django.conf import settings

from reporting.models import Contact, Occasion, Revision, Role, User
from reporting.models.order import place_field
from reporting.models.revision import ALERTS
from reporting.queries.coming import (
    Asked,
    Coming,
    Only,
    coming,
    day_of_waiting,
    look_ahead,
    waiting,
)
from reporting.queries.memory import remembered

# Where a row comes from: the ledger, or the rules.
_WAITING, _WORKLIST, _ALERT, _ESCALATION = range(4)
_FORESEEN = {Occasion.ALERT: _ALERT, Occasion.ESCALATION: _ESCALATION}


class _Slot(NamedTuple):
    """A row of the list: whence it comes, its day, and of what it tells so many days before.

    ``number`` is that of the obligation; of what waits in the ledger that of the first reminder.
    """

    source: int
    day: int
    number: int
    days_before: int


class _Order(NamedTuple):
    """The slots of the whole list by column; arrays are remembered and recalled as one piece."""

    sources: bytes
    days: "array[int]"
    numbers: "array[int]"
    days_before: "array[int]"


class ComingList(Sequence[Coming]):
    """What ``coming`` returns, without its days and of one occasion, if one is asked for.

    The order is remembered until something of which it follows changes: obligations and facts, what
    was planned and acknowledged, the days of alerts, who is told, and what waits in the ledger. A
    part of the list is read when it is asked for, with its readers and what is muted.
    """

    def __init__(self, asked: Asked, *, occasion: str = "") -> None:
        """Read nothing yet."""
        self._asked, self._occasion = asked, occasion

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._order.sources)

    @overload
    def __getitem__(self, place: int) -> Coming: ...
    @overload
    def __getitem__(self, place: slice) -> list[Coming]: ...
    def __getitem__(self, place: int | slice) -> Coming | list[Coming]:
        """Return one, or those of a slice; without those that are gone since."""
        if isinstance(place, int):
            return self[range(len(self))[place] :][0]
        sources, *columns = (column[place] for column in self._order)
        return self._read([_Slot(*row) for row in zip(sources, *columns, strict=True)])

    @cached_property
    def _order(self) -> _Order:
        return remembered(self._find, "coming", *self._question())

    def _question(self) -> list[object]:
        """Return what tells this order from others: what is asked, and the marks of what it follows from.

        They are read before the order is found. What stands here in full never comes back to what it
        was without a new mark of alerts, or another moment of a row of the ledger.
        """
        person, as_at, days, state = self._asked
        return [
            *(as_at, days, state and state.pk, self._occasion, place_field(), _who(person)),
            settings.ESCALATION_DAYS,
            Revision.objects.current(ALERTS),
            _told(person),
            self._waiting,
        ]

    @cached_property
    def _waiting(self) -> list[tuple[Any, ...]]:
        columns = ("pk", "planned_for", "not_before", "state_party_id", "obligation_key")
        more = ("days_before", "event", "occasion", "contact_id", "person_id", "state_since")
        return list(waiting(self._asked).values_list(*columns, *more))

    def _find(self) -> _Order:
        person, as_at, days, state = self._asked
        slots = [
            _slot(each)
            for day in coming(person=person, as_at=as_at, days=days, state=state)
            for each in day.mails
            if self._occasion in {"", each.occasion}
        ]
        return _Order(
            bytes(each.source for each in slots),
            array("i", (each.day for each in slots)),
            array("q", (each.number for each in slots)),
            array("i", (each.days_before for each in slots)),
        )

    def _read(self, slots: list[_Slot]) -> list[Coming]:
        together = self._together
        wait = [pk for each in slots if each.source == _WAITING for pk in together[each.number]]
        foreseen = {each.number for each in slots if each.source in _FORESEEN.values()}
        rows = look_ahead(self._asked, Only(obligations=foreseen, waiting=wait))
        known = {_slot(row): row for row in rows}
        return [known[each] for each in slots if each in known]

    @property
    def _together(self) -> dict[int, list[int]]:
        """The numbers of the reminders that wait and tell the same on the same day, by the first of them."""
        by_slot: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for pk, planned_for, not_before, *what in self._waiting:
            day = day_of_waiting(planned_for, not_before, as_at=self._asked.as_at)
            by_slot[day, *what[:4]].append(pk)
        return defaultdict(list, {pks[0]: pks for pks in by_slot.values()})


def _slot(each: Coming) -> _Slot:
    source, number = _WORKLIST, each.readers[0].pk
    if number is not None:
        source = _WAITING
    elif each.obligation is not None:
        source, number = _FORESEEN[each.occasion], each.obligation.pk
    return _Slot(source, each.day.toordinal(), number or 0, each.days_before or 0)


def _who(person: User) -> tuple[object, ...]:
    """Return what decides which States parties the person sees."""
    if person.role == Role.MINISTRY:
        return Role.MINISTRY.value, sorted(person.states.values_list("pk", flat=True))
    return "", sorted(person.bound_to)


def _told(person: User) -> list[tuple[Any, ...]]:
    """Return who is told, and of what."""
    rows = Contact.objects.told().seen_by(person).order_by("pk", "treaties")
    return list(rows.values_list("pk", "state_id", "role", "treaties"))
