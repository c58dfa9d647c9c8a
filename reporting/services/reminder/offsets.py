"""The days of alerts, set by an administrator: first it is seen what that changes, and for whom."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db import transaction

from reporting import permissions
from reporting.models import (
    AlertOffsets,
    Basis,
    Contact,
    Obligation,
    Occasion,
    Reminder,
    State,
    User,
)
from reporting.queries.coming import ahead
from reporting.queries.mute import MutesInForce
from reporting.rules.schedule import look
from reporting.services.errors import ConflictError, Difference, NotAllowedError
from reporting.services.reminder.follow import look_again

MONTHS_AHEAD = 12


@dataclass(frozen=True, slots=True)
class AtOnce:
    """An alert that goes out as soon as the days are saved, as they make it late."""

    obligation: Obligation
    days_before: int
    readers: list[Contact]


@dataclass(slots=True)
class Foreseen:
    """What changes for the readers of a State, or for the desk officers where it is none.

    ``before`` and ``after`` count the alerts to them in the next twelve months.
    """

    state: State | None
    before: int = 0
    after: int = 0
    at_once: list[AtOnce] = field(default_factory=list)

    @property
    def mails_at_once(self) -> int:
        """How many readers get a mail at once: what is due for one of them is in one mail."""
        return len({reader.pk for each in self.at_once for reader in each.readers})

    @property
    def changes(self) -> bool:
        """Whether anything does."""
        return self.before != self.after or bool(self.at_once)


@dataclass(frozen=True, slots=True)
class OffsetsOutcome:
    """What other days of alerts change: for each State by name, and for the desk at the end."""

    rows: list[Foreseen]

    @property
    def before(self) -> int:
        """The alerts of the next twelve months as the days are now."""
        return sum(row.before for row in self.rows)

    @property
    def after(self) -> int:
        """The alerts of the next twelve months as the days would be."""
        return sum(row.after for row in self.rows)

    @property
    def mails_at_once(self) -> int:
        """The mails that go out at once."""
        return sum(row.mails_at_once for row in self.rows)


def preview_offsets(*, offsets: AlertOffsets, by: User, as_at: date) -> OffsetsOutcome:
    """Return what saving these days would change, in a fixed number of queries; save nothing.

    Raise NotAllowedError, or ValidationError with what is wrong, each at its field.
    """
    _check(offsets, by)
    return _Preview(offsets, as_at).outcome()


@transaction.atomic
def save_offsets(*, offsets: AlertOffsets, by: User, seen: int | None = None) -> AlertOffsets:
    """Save the days for one kind of obligation; the next planning goes by them.

    ``seen`` is the version that was changed, none where there was none. Raise NotAllowedError,
    ValidationError, or ConflictError where somebody was faster.
    """
    if not permissions.may_set_offsets(by):
        raise NotAllowedError
    kept = AlertOffsets.objects.select_for_update().filter(kind=offsets.kind).first()
    if kept and kept.version != seen:
        raise ConflictError(Difference(*each) for each in kept.differences(offsets))
    offsets.pk = kept.pk if kept else None
    offsets._state.adding = kept is None  # noqa: SLF001 - Django's documented name
    _check(offsets, by)
    offsets.before = sorted(offsets.before, reverse=True)
    offsets.after = sorted(offsets.after)
    offsets.changed_by(by)
    offsets.save()
    look_again(state=None, kind=offsets.kind)
    return offsets


def version(offsets: AlertOffsets) -> int | None:
    """Return the version that a form shows, for the service to compare."""
    return offsets.version if offsets.pk else None


def _check(offsets: AlertOffsets, by: User) -> None:
    if not permissions.may_set_offsets(by):
        raise NotAllowedError
    offsets.full_clean()


class _Preview:
    """What is read once: the readers, the mutes, and what they have been told."""

    def __init__(self, offsets: AlertOffsets, as_at: date) -> None:
        self.kind, self.as_at = offsets.kind, as_at
        self.until = as_at + relativedelta(months=MONTHS_AHEAD)
        self.now = AlertOffsets.of(offsets.kind).as_value()
        self.then = offsets.as_value()
        self.mutes = MutesInForce(as_at=as_at)
        self.readers: dict[int | None, list[Contact]] = defaultdict(list)
        for contact in Contact.objects.told().prefetch_related("treaties").order_by("pk"):
            self.readers[contact.state_id].append(contact)
        self.told: dict[tuple[object, ...], dict[int, str]] = defaultdict(dict)

    def outcome(self) -> OffsetsOutcome:
        self._read_ledger()
        rows: dict[int | None, Foreseen] = {}
        desk = Foreseen(None)
        for obligation in self._obligations():
            state = obligation.state_party.state
            self._count(obligation, rows.setdefault(state.pk, Foreseen(state)))
            self._count(obligation, desk)
        by_name = sorted(rows.values(), key=lambda row: row.state.place if row.state else ())
        return OffsetsOutcome([*by_name, desk])

    def _obligations(self) -> Iterator[Obligation]:
        rows = Obligation.objects.filter(
            kind=self.kind, due_on__isnull=False, arises_on__lte=self.until
        )
        rows = rows.exclude(basis=Basis.ESTIMATE).exclude(closed_on__lte=self.as_at)
        rows = rows.with_reports_on_record()
        return rows.select_related("state_party__state").order_by("pk").iterator(500)

    def _read_ledger(self) -> None:
        rows = Reminder.objects.filter(obligation__kind=self.kind, days_before__isnull=False)
        rows = rows.exclude(state=Reminder.State.CANCELLED).filter(occasion=Occasion.ALERT)
        fields = ("contact", "state_party", "obligation_key", "due_on", "days_before", "state")
        for contact, party, key, due, days, state in rows.values_list(*fields):
            self.told[contact, party, key, str(due)][days] = state

    def _count(self, obligation: Obligation, row: Foreseen) -> None:
        readers = [
            each
            for each in self.readers[row.state.pk if row.state else None]
            if each.is_told_of(obligation.state_party.treaty_id)
        ]
        for name, offsets in (("before", self.now), ("after", self.then)):
            found = sum(
                1 for _each in ahead(obligation, offsets, after=self.as_at, until=self.until)
            )
            setattr(row, name, getattr(row, name) + found * len(readers))
        late = self._late(obligation)
        told = [
            each for each in readers if late is not None and self._is_told(obligation, each, late)
        ]
        if told and late is not None:
            row.at_once.append(AtOnce(obligation, late, told))

    def _late(self, obligation: Obligation) -> int | None:
        """Return the latest alert that has passed by the new days, unless it has by the old ones."""
        due = obligation.due
        if due is None or not obligation.is_open(as_at=self.as_at):
            return None
        since = obligation.awaiting_since
        late = not (since and since <= self.as_at)
        then, now = (
            look(due, each, as_at=self.as_at, late=late).passed for each in (self.then, self.now)
        )
        return then[-1].days_before if then and then[-1:] != now[-1:] else None

    def _is_told(self, obligation: Obligation, contact: Contact, days: int) -> bool:
        """Whether the alert goes out: neither it nor a later one has, and nothing holds it back."""
        party = obligation.state_party
        rows = self.told.get((contact.pk, party.pk, obligation.key, str(obligation.due_on)), {})
        if days in rows or any(day < days and rows[day] in Reminder.TELLING for day in rows):
            return False
        row = Reminder(
            occasion=Occasion.ALERT,
            contact=contact,
            state_party=party,
            obligation_key=obligation.key,
        )
        return self.mutes.holding(row) is None
