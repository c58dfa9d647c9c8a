"""Notices at once: a new request, a date set or moved, a report returned or confirmed.

They are planned in the transaction of the fact. What changes again before a reader can have heard of
it is told once, as it is at last, or not at all where it is as it was.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models.functions import Now

from reporting.models import (
    Basis,
    Closure,
    Contact,
    Kind,
    Obligation,
    Occasion,
    Reminder,
    StateParty,
    Submission,
    User,
    Why,
)
from reporting.rules.partial_date import PartialDate
from reporting.services.moves import Move, apart, changes_since, duty, paired

DECIDED = (Occasion.RETURNED, Occasion.CONFIRMED)


def remember(*, party: StateParty) -> Mapping[str, Obligation]:
    """Return the timetable of a State party by its keys, to compare it with what comes after."""
    return {row.key: row for row in Obligation.objects.filter(state_party=party)}


def tell_changes(*, party: StateParty, before: Mapping[str, Obligation], as_at: date) -> None:
    """Plan what the contacts of a State are to hear of the changes since ``before``.

    That is each new request, and each date that was set, moved or is to be communicated anew; not an
    estimate, which is for the secretariat to confirm.
    """
    opened = {key: row for key, row in before.items() if row.is_open(as_at=as_at)}
    moves = paired(changes_since(opened, party=party, as_at=as_at))
    if moves:
        notices = _Notices(party, before, as_at)
        for move in (part for each in moves for part in apart(each, as_at=as_at)):
            notices.follow(move)
        Reminder.objects.bulk_create(notices.planned)


def tell_decision(*, submission: Submission, occasion: Occasion, as_at: date) -> None:
    """Plan what the State is to hear of a report that was returned or confirmed.

    Every contact of the State is told, and who filed it unless that is one of them.
    """
    take_back(submission=submission)
    party, received = submission.state_party, submission.received_on
    places = {
        "submission": submission.pk,
        "because": submission.returned_because if occasion is Occasion.RETURNED else "",
        "received_on": received.isoformat() if received else None,
        "symbol": submission.symbol,
    }
    make = _Maker(party, as_at)
    contacts = make.contacts
    planned = [make.notice(occasion, places, contact=contact) for contact in contacts]
    filer = submission.filed_by
    addresses = {contact.email.lower() for contact in contacts}
    if filer and filer.is_active and filer.email.lower() not in addresses:
        planned.append(make.notice(occasion, places, person=filer))
    Reminder.objects.bulk_create(planned)


def take_back(*, submission: Submission) -> None:
    """Cancel what is planned to be told of a decision on this report."""
    planned = Reminder.objects.unread().filter(
        occasion__in=DECIDED, places__submission=submission.pk
    )
    planned.change(Reminder.State.CANCELLED, reason=Why.REVERSED)


class _Maker:
    """The rows of one change of one State party."""

    def __init__(self, party: StateParty, as_at: date) -> None:
        self.party, self.as_at = party, as_at
        told = Contact.objects.told().filter(state_id=party.state_id)
        self.contacts = list(told.order_by("pk"))

    def notice(
        self,
        occasion: Occasion,
        places: Mapping[str, Any],
        *,
        contact: Contact | None = None,
        person: User | None = None,
        key: str | None = None,
    ) -> Reminder:
        return Reminder(
            occasion=occasion,
            contact=contact,
            person=person,
            state_party=self.party,
            obligation_key=key,
            event=f"{occasion}/{uuid4()}",
            places=places,
            planned_for=self.as_at,
            planned_at=Now(),
            state_since=Now(),
        )


class _Notices:
    """What follows from the moves of one change, reader by reader."""

    def __init__(self, party: StateParty, before: Mapping[str, Obligation], as_at: date) -> None:
        self.before = before
        self.make = _Maker(party, as_at)
        self.planned: list[Reminder] = []
        unread = Reminder.objects.unread().filter(
            state_party=party, occasion__in=(Occasion.REQUESTED, Occasion.DATE_SET)
        )
        # Locked, so that no sender hands them over while they are compared.
        rows = unread.select_for_update().order_by("pk")
        self.unread = {(row.contact_id, row.obligation_key): row for row in rows}

    def follow(self, move: Move) -> None:
        """Plan what is to be told of it, and cancel what is told no more."""
        before, after = move.before, move.after
        if before and after:
            self._date(after, before.key, before.firm_date)
        elif after:
            self._begin(after)
        elif before:
            taken_back = move.ended is None or move.ended.closed_as == Closure.WITHDRAWN
            self._end(before, Why.REVERSED if taken_back else Why.ENDED)

    def _begin(self, after: Obligation) -> None:
        """Tell of what was asked for or set; what opens again, as its answer was returned, is known.

        A report that arises by the treaty is not news: alerts tell of it.
        """
        if after.kind == Kind.REPORT and after.basis == Basis.TREATY:
            return
        known = self._known(after)
        if known or after.kind == Kind.REPORT:
            self._date(after, after.key, known.firm_date if known else None)
            return
        for contact in self.make.contacts:
            self._plan(Occasion.REQUESTED, after, contact, {})

    def _known(self, after: Obligation) -> Obligation | None:
        if after.key in self.before or after.kind != Kind.REPORT:
            return self.before.get(after.key)
        same = (row for row in self.before.values() if duty(row) == duty(after))
        return max(same, key=lambda row: row.arises_on, default=None)

    def _date(self, after: Obligation, key: str, known: PartialDate | None) -> None:
        """Tell every contact of the date, unless it is what the contact knows."""
        to = _iso(after.firm_date)
        for contact in self.make.contacts:
            unread = self.unread.get((contact.pk, key))
            if unread and (unread.occasion == Occasion.REQUESTED or unread.places["to"] == to):
                self._keep(unread, after)
                continue
            knows = unread.places["from"] if unread else _iso(known)
            is_news = after.basis != Basis.ESTIMATE and knows != to
            if unread:
                self._cancel(unread, Why.MOVED if is_news else Why.REVERSED)
            if is_news:
                self._plan(Occasion.DATE_SET, after, contact, {"from": knows, "to": to})

    def _end(self, before: Obligation, why: Why) -> None:
        for contact in self.make.contacts:
            if unread := self.unread.get((contact.pk, before.key)):
                self._cancel(unread, why)

    def _plan(
        self, occasion: Occasion, after: Obligation, contact: Contact, places: Mapping[str, Any]
    ) -> None:
        self.planned.append(self.make.notice(occasion, places, contact=contact, key=after.key))

    def _cancel(self, row: Reminder, why: Why) -> None:
        Reminder.objects.filter(pk=row.pk).change(Reminder.State.CANCELLED, reason=why)

    def _keep(self, row: Reminder, after: Obligation) -> None:
        if row.obligation_key != after.key:
            Reminder.objects.filter(pk=row.pk).update(obligation_key=after.key)


def _iso(day: PartialDate | None) -> str | None:
    return day.isoformat() if day else None
