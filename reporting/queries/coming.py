"""What will go out: what waits in the ledger, and what the rules will add to it in the next days."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet

from reporting.models import (
    AlertOffsets,
    Basis,
    Contact,
    Mute,
    Obligation,
    Occasion,
    Reminder,
    Role,
    State,
    StateParty,
    User,
)
from reporting.queries.mute import MutesInForce
from reporting.rules.schedule import Moment, Offsets, escalates_on, latest, moments, quarter_begins

ONE_DAY = timedelta(days=1)
# What is asked of an obligation here, and what its line says.
_READ = (
    "state_party",
    "key",
    "kind",
    "reason",
    "first_report",
    "last_report",
    "due_on",
    "basis",
    "arises_on",
    "closed_on",
    "awaiting_since",
    "look_on",
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who will be told, or would be if nothing held it back; ``pk`` is the row in the ledger, if any."""

    who: Contact | User
    mute: Mute | None = None
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class Coming:
    """What will be told on a day, and to whom; of an escalation: unless somebody acknowledges."""

    day: date
    occasion: Occasion
    state_party: StateParty | None = None
    obligation: Obligation | None = None
    days_before: int | None = None
    readers: list[Reader] = field(default_factory=list)

    @property
    def told(self) -> list[Reader]:
        """Those who will be told."""
        return [reader for reader in self.readers if reader.mute is None]

    @property
    def held_back(self) -> list[Reader]:
        """Those from whom a mute holds it back."""
        return [reader for reader in self.readers if reader.mute]


@dataclass(frozen=True, slots=True)
class Day:
    """What goes out on a day, by State."""

    day: date
    mails: list[Coming]


def coming(*, person: User, as_at: date, days: int = 30, state: State | None = None) -> list[Day]:
    """Return the days until that many days later on which something will go out, in eight queries; of one State in seven.

    A ministry sees what the contacts of its own States will be told.
    """
    by_day: dict[date, list[Coming]] = defaultdict(list)
    for each in look_ahead(Asked(person, as_at, days, state)):
        by_day[each.day].append(each)
    return [Day(day, sorted(by_day[day], key=_order)) for day in sorted(by_day)]


class Asked(NamedTuple):
    """Who asks what will go out, from which day on and for how many days; of one State, or of all."""

    person: User
    as_at: date
    days: int
    state: State | None = None


class Only(NamedTuple):
    """What is asked of: obligations, and what waits in the ledger, each by its number."""

    obligations: Collection[int]
    waiting: Collection[int]


def look_ahead(asked: Asked, only: Only | None = None) -> Iterator[Coming]:
    """Go through what will go out, in no order; of these alone, if they are given."""
    return _Ahead(asked, only).all()


def waiting(asked: Asked) -> QuerySet[Reminder]:
    """Return what is planned in the ledger and has not gone out, as far as the person sees it."""
    rows = Reminder.objects.seen_by(asked.person).filter(
        state__in=(Reminder.State.PLANNED, Reminder.State.SENDING)
    )
    return rows.filter(state_party__state=asked.state) if asked.state else rows


def day_of_waiting(planned_for: date, not_before: datetime | None, *, as_at: date) -> date:
    """Return the day on which it goes out, seen from another one."""
    return max(planned_for, as_at, *([not_before.date()] if not_before else []))


def _order(each: Coming) -> tuple[tuple[int, str], str, int]:
    place = each.state_party.state.place if each.state_party else (-1, "")
    return place, str(each.occasion), -(each.days_before or 0)


class _Ahead:
    """What is read once, and what follows from it."""

    def __init__(self, asked: Asked, only: Only | None) -> None:
        self.asked, self.only = asked, only
        self.person, self.as_at, self.state = asked.person, asked.as_at, asked.state
        self.until = until = self.as_at + timedelta(days=asked.days)
        self.offsets = AlertOffsets.objects.by_kind()
        self.mutes = MutesInForce(as_at=self.as_at, until=until)
        self.readers: dict[int | None, list[Contact]] = defaultdict(list)
        for contact in self._contacts():
            self.readers[contact.state_id].append(contact)
        self.is_told_of = cache(Contact.is_told_of)  # for as long as this looks ahead
        self.told: set[tuple[object, ...]] = set()
        self.reached: dict[tuple[object, ...], int] = {}
        self.acknowledged: set[tuple[object, ...]] = set()

    def all(self) -> Iterator[Coming]:
        yield from self._waiting()
        yield from self._worklist()
        self._read_ledger()
        for obligation in self._obligations():
            for moment in _moments(
                obligation, self.offsets[obligation.kind], self.as_at, self.until
            ):
                yield from self._for_readers(Occasion.ALERT, obligation, moment)
            yield from self._escalation(obligation)

    def _contacts(self) -> Iterable[Contact]:
        rows = Contact.objects.told().order_by("role", "name", "pk")
        if self.only:
            whose = StateParty.objects.filter(obligations__in=self.only.obligations)
            rows = rows.filter(Q(state__isnull=True) | Q(state__in=whose.values("state")))
        return rows.seen_by(self.person).select_related("state").prefetch_related("treaties")

    def _waiting(self) -> Iterator[Coming]:
        """Go through what is planned in the ledger and has not gone out."""
        rows = waiting(self.asked)
        if self.only:
            rows = rows.filter(pk__in=self.only.waiting)
        found: dict[tuple[object, ...], Coming] = {}
        for row in rows.select_related(
            *("contact__state", "person", "state_party__state", "state_party__treaty"),
            "obligation",
        ):
            day = day_of_waiting(row.planned_for, row.not_before, as_at=self.as_at)
            slot = (day, row.state_party_id, row.obligation_key, row.days_before, row.event)
            mail = found.setdefault(
                slot,
                Coming(
                    day, Occasion(row.occasion), row.state_party, row.obligation, row.days_before
                ),
            )
            mail.readers.append(Reader(row.reader, self.mutes.holding(row, on=day), row.pk))
        yield from found.values()

    def _worklist(self) -> Iterator[Coming]:
        """Foresee the worklist of the next quarter."""
        begins = quarter_begins(self.until)
        if begins > self.as_at and self.readers[None] and self.state is None:
            rows = [Reminder(contact=each) for each in self.readers[None]]
            readers = [Reader(row.reader, self.mutes.holding(row, on=begins)) for row in rows]
            yield Coming(begins, Occasion.WORKLIST, readers=readers)

    def _read_ledger(self) -> None:
        """Read what has been told of the obligations that are looked at again."""
        rows = Reminder.objects.filter(
            days_before__isnull=False, obligation__look_on__lte=self.until
        ).exclude(state=Reminder.State.CANCELLED, handed_at__isnull=True)
        if self.only:
            rows = rows.filter(obligation__pk__in=self.only.obligations)
        fields = ("state_party", "obligation_key", "due_on", "contact", "occasion", "days_before")
        for *slot, state, acknowledged_at in rows.order_by("-days_before").values_list(
            *fields, "state", "message__acknowledged_at"
        ):
            party, key, due, contact, occasion, days_before = slot
            of_reader = (party, key, str(due), contact, occasion)
            self.told.add((*of_reader, days_before))
            if state in Reminder.TELLING:
                self.reached[of_reader] = days_before
            if acknowledged_at:
                self.acknowledged.add((party, key, str(due)))

    def _obligations(self) -> Iterator[Obligation]:
        """Go through those of which an alert may be due by the last day.

        Of all States each State party is read once, however much it owes, and of that what is shown.
        """
        whose = self._state_parties()
        rows = Obligation.objects.filter(look_on__lte=self.until, due_on__isnull=False)
        rows = rows.exclude(basis=Basis.ESTIMATE).exclude(closed_on__lte=self.as_at)
        rows = rows.filter(state_party__in=whose).order_by("pk")
        if self.only:
            rows = rows.filter(pk__in=self.only.obligations)
        if self.state or self.only:
            yield from rows.select_related("state_party__state", "state_party__treaty")
            return
        parties = whose.select_related("state").in_bulk()
        for each in rows.only(*_READ).iterator(2000):
            each.state_party = parties[each.state_party_id]
            yield each

    def _state_parties(self) -> QuerySet[StateParty]:
        rows = StateParty.objects.with_reports_on_record()
        if self.state:
            rows = rows.filter(state=self.state)
        if self.person.role == Role.MINISTRY:
            rows = rows.filter(state__in=self.person.states.all())
        elif self.person.bound_to:
            rows = rows.filter(treaty__in=self.person.bound_to)
        return rows

    def _escalation(self, obligation: Obligation) -> Iterator[Coming]:
        day = escalates_on(obligation.due, days=settings.ESCALATION_DAYS)
        duty = (obligation.state_party_id, obligation.key, str(obligation.due_on))
        if day and self.as_at < day <= self.until and duty not in self.acknowledged:
            moment = Moment(day, settings.ESCALATION_DAYS)
            yield from self._for_readers(Occasion.ESCALATION, obligation, moment)

    def _for_readers(
        self, occasion: Occasion, obligation: Obligation, moment: Moment
    ) -> Iterator[Coming]:
        if not obligation.is_open(as_at=moment.day):
            return
        party = obligation.state_party
        readers = []
        for contact in (*self.readers[party.state_id], *self.readers[None]):
            goes_further = contact.role == Contact.Role.VALIDATING_AUTHORITY
            if occasion is Occasion.ESCALATION and not goes_further:
                continue
            if not self.is_told_of(contact, party.treaty_id):
                continue
            slot = (party.pk, obligation.key, str(obligation.due_on), contact.pk, occasion)
            if not self._is_told(slot, moment):
                mute = self._mute(occasion, obligation, contact, moment.day)
                readers.append(Reader(contact, mute))
        if readers:
            yield Coming(moment.day, occasion, party, obligation, moment.days_before, readers)

    def _is_told(self, slot: tuple[object, ...], moment: Moment) -> bool:
        """Whether its reader was told it, or more lately: then it is overtaken."""
        reached = self.reached.get(slot, moment.days_before)
        return (*slot, moment.days_before) in self.told or moment.days_before > reached

    def _mute(
        self, occasion: Occasion, obligation: Obligation, contact: Contact, day: date
    ) -> Mute | None:
        if not self.mutes.by_thing:
            return None
        party, key = obligation.state_party, obligation.key
        row = Reminder(occasion=occasion, contact=contact, state_party=party, obligation_key=key)
        return self.mutes.holding(row, on=day)


def ahead(
    obligation: Obligation, offsets: Offsets, *, after: date, until: date
) -> Iterator[Moment]:
    """Go through the alerts after one day until another, while the duty is open."""
    for moment in moments(obligation.due, offsets, after=after) if obligation.due else ():
        if moment.day > until or (moment.days_before < 0 and _waits(obligation, moment.day)):
            return
        if obligation.is_open(as_at=moment.day):
            yield moment


def _moments(
    obligation: Obligation, offsets: Offsets, as_at: date, until: date
) -> Iterator[Moment]:
    """Go through the alerts from the next planning on, each with the day on which it goes out.

    Where the planning has not looked since they passed, or only looks once the duty arises, several
    go together: the latest is told then.
    """
    looked, due = obligation.look_on > as_at, obligation.due
    begins = max(obligation.arises_on, as_at + ONE_DAY if looked else as_at)
    if due is None or begins > until:
        return
    last = latest(due, offsets, by=begins, late=not _waits(obligation, begins))
    if last and (not looked or begins in {obligation.arises_on, last.day}):
        yield Moment(begins, last.days_before)
    yield from ahead(obligation, offsets, after=begins, until=until)


def _waits(obligation: Obligation, day: date) -> bool:
    return bool(obligation.awaiting_since and obligation.awaiting_since <= day)
