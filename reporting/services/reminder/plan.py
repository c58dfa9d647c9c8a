"""Planning alerts: the rows that should exist by a day are found, and those missing are written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from reporting.models import (
    TOGETHER,
    AlertOffsets,
    Contact,
    Obligation,
    Occasion,
    Reminder,
    Revision,
    StateParty,
    Why,
)
from reporting.models.revision import ALERTS
from reporting.queries.mute import MutesInForce
from reporting.rules.schedule import Looked, Moment, Offsets, escalates_on, look

# Planned in one transaction, so that a reader's alerts of a day are found together by a sender and
# come in one mail; more than are ever due at once, but for the first planning of a large database.
PART = 5000
ROWS = 500
NEVER = date.max


@dataclass(slots=True)
class Planned:
    """What a planning wrote, or would write: rows to send, rows skipped, rows planned anew."""

    to_send: list[Reminder] = field(default_factory=list)
    skipped: list[Reminder] = field(default_factory=list)
    revived: list[Reminder] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there was anything."""
        return bool(self.to_send or self.skipped or self.revived)

    def __iadd__(self, other: "Planned") -> "Planned":
        """Add what another part of the planning found."""
        self.to_send += other.to_send
        self.skipped += other.skipped
        self.revived += other.revived
        return self


def plan_alerts(*, as_at: date, now: datetime, dry_run: bool = False) -> Planned:
    """Write the alerts that should exist by that day, for every open obligation with a firm date.

    Of several that have passed since the reader was last told, the latest is to be sent and the
    others are skipped. Planning twice, or on two machines at once, changes nothing. Only obligations
    whose ``look_on`` has come are read, so the cost grows with what is due and not with what is open.
    """
    planned = Planned()
    numbers = Obligation.objects.filter(look_on__lte=as_at).order_by("pk").values_list("pk")
    last = 0
    while pks := [pk for (pk,) in numbers.filter(pk__gt=last)[:PART]]:
        with transaction.atomic():
            part = _Planner(pks, as_at=as_at, now=now)
            if not dry_run:
                part.write()
        planned += part.planned
        last = pks[-1]
    return planned


class _Planner:
    """A part of a planning: some obligations are locked, then read, then their alerts are written.

    Whoever changes a date, or calls ``look_again``, waits until they are written. What is locked
    already, because it is being changed, is left to the next planning. Contacts and mutes are read
    after the lock. So ``look_on`` never hides a change that this planning has not seen.
    """

    def __init__(self, pks: list[int], *, as_at: date, now: datetime) -> None:
        self.as_at, self.now = as_at, now
        self.planned = Planned()
        self.look_on: dict[date, list[int]] = defaultdict(list)
        rows = Obligation.objects.filter(pk__in=pks, look_on__lte=as_at).order_by("pk")
        locked = rows.select_for_update(of=("self", "state_party"), skip_locked=True)
        obligations = list(locked.select_related("state_party__treaty"))
        self.offsets: Mapping[str, Offsets] = AlertOffsets.objects.by_kind()
        self.mutes = MutesInForce(as_at=as_at)
        self.readers: dict[int | None, list[Contact]] = defaultdict(list)
        for contact in Contact.objects.told().prefetch_related("treaties").order_by("pk"):
            self.readers[contact.state_id].append(contact)
        self._look_at(obligations)

    def _look_at(self, obligations: list[Obligation]) -> None:
        passed = {}
        for obligation in obligations:
            looked, look_again = self._seen(obligation)
            self.look_on[look_again].append(obligation.pk)
            if looked and looked.passed:
                passed[obligation] = looked.passed
        told = _Told(passed)
        for obligation, moments in passed.items():
            self._plan(obligation, moments, told)

    def _seen(self, obligation: Obligation) -> tuple[Looked | None, date]:
        """Return the alerts that have passed, and the day on which to look again."""
        as_at, due = self.as_at, obligation.due
        if not is_alerted(obligation.state_party):
            return None, NEVER
        if obligation.arises_on > as_at:
            return None, obligation.arises_on
        if due is None or not fits(obligation, due.isoformat(), as_at=as_at):
            return None, NEVER
        waits = bool(obligation.awaiting_since and obligation.awaiting_since <= as_at)
        looked = look(due, self.offsets[obligation.kind], as_at=as_at, late=not waits)
        # What waits for an earlier report can stop waiting when that is considered: with a change
        # of the row, which puts look_on back.
        days = [looked.next_on, _escalates_on(obligation)]
        return looked, min((day for day in days if day and day > as_at), default=NEVER)

    def _plan(self, obligation: Obligation, passed: list[Moment], told: "_Told") -> None:
        *overtaken, latest = passed
        party = obligation.state_party
        for contact in (*self.readers[party.state_id], *self.readers[None]):
            if not contact.is_told_of(party.treaty_id):
                continue
            alert = _row(Occasion.ALERT, obligation, contact, latest)
            if not told.by_notice(alert):
                self._to_send(alert, told)
            elif _slot(alert) not in told.rows:
                self.planned.skipped.append(self._skipped(alert, Why.OVERTAKEN))
            since = max(obligation.arises_on, contact.added_on) if contact.added_on else self.as_at
            for moment in overtaken:
                row = _row(Occasion.ALERT, obligation, contact, moment)
                if moment.day >= since and _slot(row) not in told.rows:
                    self.planned.skipped.append(self._skipped(row, Why.OVERTAKEN))
            if contact.role == Contact.Role.VALIDATING_AUTHORITY:
                self._escalate(obligation, contact, told)

    def _escalate(self, obligation: Obligation, contact: Contact, told: "_Told") -> None:
        day, due_by = _escalates_on(obligation), obligation.due_by
        if day and due_by and day <= self.as_at <= due_by and told.unanswered(obligation):
            moment = Moment(day, settings.ESCALATION_DAYS)
            self._to_send(_row(Occasion.ESCALATION, obligation, contact, moment), told)

    def _to_send(self, row: Reminder, told: "_Told") -> None:
        before = told.rows.get(_slot(row))
        mute = self.mutes.holding(row)
        if before is not None:
            if _can_be_revived(before) and not mute:
                self.planned.revived.append(before)
        elif mute:
            row.mute = mute
            self.planned.skipped.append(self._skipped(row, Why.MUTED))
        else:
            self.planned.to_send.append(self._stamped(row))

    def _skipped(self, row: Reminder, reason: Why) -> Reminder:
        row.state, row.reason = Reminder.State.SKIPPED, reason
        return self._stamped(row)

    def _stamped(self, row: Reminder) -> Reminder:
        row.planned_at = row.state_since = self.now
        return row

    def write(self) -> None:
        rows = [*self.planned.to_send, *self.planned.skipped]
        Reminder.objects.bulk_create(rows, ignore_conflicts=True, batch_size=ROWS)
        cancelled = Reminder.objects.filter(
            pk__in=[row.pk for row in self.planned.revived],
            state=Reminder.State.CANCELLED,
            handed_at__isnull=True,
        )
        cancelled.change(Reminder.State.PLANNED, now=self.now, claim=None, not_before=None)
        for look_again, pks in self.look_on.items():
            Obligation.objects.filter(pk__in=pks).update(look_on=look_again)
        if self.look_on:
            Revision.objects.renew(ALERTS)


class _Told:
    """What the ledger holds already about some obligations."""

    def __init__(self, obligations: Iterable[Obligation]) -> None:
        keys = {(each.state_party_id, each.key) for each in obligations}
        found = Reminder.objects.filter(
            state_party__in={party for party, _key in keys},
            obligation_key__in={key for _party, key in keys},
            occasion__in=TOGETHER,
        ).select_related("message")
        self.rows: dict[tuple[object, ...], Reminder] = {}
        self.sent: dict[tuple[object, ...], bool] = {}
        for row in found if keys else ():
            self.rows[_slot(row)] = row
            if row.state == Reminder.State.SENT and row.message:
                duty = (row.state_party_id, row.obligation_key, str(row.due_on))
                answered = self.sent.get(duty, False) or bool(row.message.acknowledged_at)
                self.sent[duty] = answered

        notices = Reminder.objects.filter(
            state_party__in={party for party, _key in keys},
            obligation_key__in={key for _party, key in keys},
            occasion__in=(Occasion.REQUESTED, Occasion.DATE_SET),
            state__in=Reminder.TELLING,
        ).order_by("planned_for")
        columns = ("contact", "state_party", "obligation_key", "planned_for")
        rows: Iterable[tuple[Any, Any, Any, date]] = notices.values_list(*columns) if keys else ()
        self.notices: dict[tuple[Any, ...], date] = {tuple(duty): day for *duty, day in rows}

    def by_notice(self, alert: Reminder) -> bool:
        """Whether a notice of the date tells its reader what this alert would, on its day or later."""
        duty = (alert.contact_id, alert.state_party_id, alert.obligation_key)
        return self.notices.get(duty, date.min) >= alert.planned_for

    def unanswered(self, obligation: Obligation) -> bool:
        """Whether an alert on it went out and nobody has acknowledged one."""
        duty = (obligation.state_party_id, obligation.key, str(obligation.due_on))
        return self.sent.get(duty) is False


def is_alerted(party: StateParty) -> bool:
    """Whether alerts go out about what a State owes under a treaty.

    They do not where nobody knows what came: nearly all would be about what was met long ago.
    """
    return party.reports_on_record


def fits(obligation: Obligation | None, due: str | None, *, as_at: date) -> bool:
    """Whether an alert for that due date is in place on a day: open, with that date, not estimated."""
    if obligation is None or not obligation.is_open(as_at=as_at):
        return False
    firm = obligation.firm_date
    return firm is not None and firm.isoformat() == due


def _escalates_on(obligation: Obligation) -> date | None:
    """Return the day from which an alert that nobody acknowledged goes further."""
    return escalates_on(obligation.due, days=settings.ESCALATION_DAYS)


def _row(occasion: Occasion, obligation: Obligation, contact: Contact, moment: Moment) -> Reminder:
    return Reminder(
        occasion=occasion,
        contact=contact,
        state_party=obligation.state_party,
        obligation_key=obligation.key,
        due_on=obligation.due_on,
        days_before=moment.days_before,
        planned_for=moment.day,
    )


def _slot(row: Reminder) -> tuple[object, ...]:
    """Return what there is one row of."""
    return (
        row.contact_id,
        row.occasion,
        row.state_party_id,
        row.obligation_key,
        str(row.due_on),
        row.days_before,
    )


def _can_be_revived(row: Reminder) -> bool:
    return row.state == Reminder.State.CANCELLED and row.handed_at is None
