"""The steps of the ledger: claim, hand over, record; each a conditional update, committed at once.

A row is ``planned``, then claimed by one sender (``sending``), then handed to the mail server
(``handed_at``), then ``sent``. Whoever makes a row wrong cancels it in the transaction of the change,
unless it has been handed over; a sender hands over only rows that nobody has cancelled.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from reporting.models import TOGETHER, Contact, Message, Mute, Reminder, User, Why
from reporting.models.reminder import ReminderQuerySet
from reporting.queries.mute import MutesInForce
from reporting.services.reminder import marks
from reporting.services.reminder.plan import fits, is_alerted

State = Reminder.State
_Told = TypeVar("_Told")
# No batch lives longer: the time limit of a task is shorter.
LOST_AFTER = timedelta(minutes=15)
# What one mail tells; more would make it larger than mail programs show, in Arabic and Russian first.
MOST_IN_ONE = 24
# What ``writing`` fills in.
WORDS = ("to", "language", "subject", "text", "html", "calendar")
# How long a mail server may ask to wait before a row fails in the open.
PATIENCE = timedelta(days=5)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240))
# For one that does not answer we wait less: nothing says that it wants to be left alone.
WAITS_FOR_A_SERVER = WAITS[:3]


class Batch:
    """What a sender has claimed at once."""

    def __init__(self, ticket: UUID) -> None:
        """Ask nothing yet."""
        self.ticket = ticket
        self.held: ReminderQuerySet = Reminder.objects.filter(claim=ticket, state=State.SENDING)
        self.untried: ReminderQuerySet = self.held.filter(handed_at=None)


class Claimed(NamedTuple):
    """A mail to write: the message, the rows that it tells, and the batch to which it belongs."""

    message: Message
    rows: list[Reminder]
    batch: Batch

    @property
    def reader(self) -> Contact | User:
        """Who is told."""
        reader: Contact | User = self.rows[0].reader
        return reader

    @property
    def held(self) -> ReminderQuerySet:
        """The rows in the database that this sender still holds."""
        return self.batch.held.filter(pk__in=[row.pk for row in self.rows])


def claim(*, as_at: date, now: datetime, most: int) -> list[Claimed]:
    """Take what is due for up to ``most`` readers, so that no other sender takes it.

    Everything that is due for one reader is taken together. What has become wrong since it was
    planned is cancelled, what a mute holds back or a later alert overtakes is skipped.
    """
    while batch := _claim_first_in_line(as_at, now, most):
        if claimed := _into_messages(_sorted_out(_read(batch), as_at), batch, now):
            for too_many in claimed[most:]:
                too_many.held.change(State.PLANNED, now=now, claim=None)
            return claimed[:most]
    return []


def in_mails(told: list[_Told]) -> Iterator[list[_Told]]:
    """Go through what one reader is told together, in so many parts as it takes mails."""
    for start in range(0, len(told), MOST_IN_ONE):
        yield told[start : start + MOST_IN_ONE]


def keep_words(messages: Sequence[Message]) -> None:
    """Keep what stands in the mails, before any of them is handed over.

    Their rows name them from then on; what is never handed over is forgotten with the claim.
    """
    Message.objects.bulk_create(
        messages, update_conflicts=True, unique_fields=["id"], update_fields=WORDS
    )


def hand_over(each: Claimed, *, now: datetime) -> bool:
    """Say that the mail server is spoken to now; return whether every row may still be sent.

    Where some have been cancelled meanwhile, nothing is handed over and the rest is put back.
    """
    return step(taken=None, then=each, now=now)


def record_sent(each: Claimed, *, now: datetime) -> None:
    """Say that the mail server has taken the mail."""
    step(taken=each, then=None, now=now)


def step(*, taken: Claimed | None, then: Claimed | None, now: datetime) -> bool:
    """Record a mail and hand over the next one, in one commit; return whether that may be sent."""
    with transaction.atomic():
        if taken:
            marks.sent(taken.rows, claim=taken.batch.ticket, now=now)
        if not then:
            return True
        ticket = then.batch.ticket
        handed = marks.handed(then.rows, claim=ticket, message=then.message, now=now)
        if handed == len(then.rows):
            return True
        then.held.change(State.PLANNED, now=now, claim=None, handed_at=None)
        return False


def put_back(each: Claimed, *, now: datetime, why: Why, error: str) -> None:
    """Let the mail wait, each time longer; fail it where the server has asked that for too long."""
    waits = WAITS_FOR_A_SERVER if why is Why.UNREACHABLE else WAITS
    first = min(row.planned_at for row in each.rows)
    if why is Why.WAITING and now - first > PATIENCE:
        record_failed(each, now=now, why=Why.GIVEN_UP, error=error)
        return
    attempts = max(row.attempts for row in each.rows) + 1
    each.held.change(
        State.PLANNED,
        now=now,
        message=each.message,
        reason=why,
        error=error,
        claim=None,
        handed_at=None,
        attempts=attempts,
        not_before=now + waits[min(attempts, len(waits)) - 1],
    )


def give_back(claimed: Iterable[Claimed], *, now: datetime) -> None:
    """Put back what was claimed and not tried, and forget what was written for it."""
    for batch in {each.batch for each in claimed}:
        if batch.untried.change(State.PLANNED, now=now, claim=None):
            _forget(Message.objects.filter(pk__in=[each.message.pk for each in claimed]))


def record_failed(each: Claimed, *, now: datetime, why: Why, error: str) -> None:
    """Fail the rows in the open, with the reason; a person can send them again."""
    each.held.change(State.FAILED, now=now, reason=why, error=error, claim=None)


def release(*, now: datetime) -> int:
    """Take rows from senders that were lost; return how many.

    What had not been handed over goes back. What had may have gone out: it goes back once, with the
    same Message-ID, and fails in the open after that. It counts from when it was handed over: the
    last mail of a slow batch is not lost because the batch is old.
    """
    sending = Reminder.objects.filter(state=State.SENDING)
    again: dict[str, Any] = {"now": now, "claim": None, "handed_at": None}
    untouched = sending.filter(handed_at=None, state_since__lt=now - LOST_AFTER).change(
        State.PLANNED, **again
    )
    if untouched:
        _forget(Message.objects.filter(made_at__lt=now - LOST_AFTER))
    lost = sending.filter(handed_at__lt=now - LOST_AFTER)
    twice = lost.filter(releases__gte=1).change(State.FAILED, now=now, reason=Why.LOST, claim=None)
    once = lost.filter(releases=0).change(State.PLANNED, releases=1, **again)
    return untouched + twice + once


def retry(*, reminder: Reminder, now: datetime) -> bool:
    """Let a failed reminder be sent again; return whether it had failed."""
    failed = Reminder.objects.filter(pk=reminder.pk, state=State.FAILED)
    fresh: dict[str, Any] = {"attempts": 0, "releases": 0, "not_before": None, "handed_at": None}
    return bool(failed.change(State.PLANNED, now=now, planned_at=now, error="", **fresh))


def _claim_first_in_line(as_at: date, now: datetime, most: int) -> Batch | None:
    """Take what is due for the first readers, as quickly as can be: others wait for the database.

    Return what was taken; None where nothing is due.
    """
    batch = Batch(uuid4())
    with transaction.atomic():
        if not (theirs := _first_in_line(as_at, now, most)):
            return None
        due = Reminder.objects.due(as_at=as_at, now=now).filter(theirs)
        Reminder.objects.filter(pk__in=due.values("pk")).change(
            State.SENDING, now=now, claim=batch.ticket
        )
    return batch


def _forget(messages: QuerySet[Message]) -> None:
    """Delete what was written and never handed over, so that no row names it."""
    messages.filter(reminders=None).delete()


def _first_in_line(as_at: date, now: datetime, most: int) -> Q | None:
    """Keep the first readers for whom something is due to this sender; None where there is nobody.

    Another sender takes those behind them at once, and nobody a part of what is for one reader.
    """
    due = Reminder.objects.due(as_at=as_at, now=now)
    contacts = _kept(Contact.objects.filter(pk__in=due.values("contact")), most)
    people = _kept(User.objects.filter(pk__in=due.values("person")), most - len(contacts))
    return Q(contact__in=contacts) | Q(person__in=people) if contacts or people else None


def _kept(readers: QuerySet[Any], most: int) -> list[int]:
    locked = readers.select_for_update(skip_locked=True, no_key=True).order_by("pk")
    return list(locked.values_list("pk", flat=True)[:most])


def _read(batch: Batch) -> list[Reminder]:
    """Return what was claimed, with all that a mail says of it; what many rows share is read once."""
    return list(
        batch.held.select_related("contact", "person", "message")
        .prefetch_related(
            "contact__state",
            "contact__treaties",
            "obligation",
            "state_party__state",
            "state_party__treaty",
        )
        .order_by("contact", "person", "planned_for", "pk")
    )


def _sorted_out(rows: Sequence[Reminder], as_at: date) -> list[Reminder]:
    """Return what is to be sent of it; say of the rest why it is not."""
    mutes = MutesInForce(as_at=as_at)
    latest = _latest(rows)
    taken = []
    for row in rows:
        if not row.reader_is_told or not _is_told_of_treaty(row):
            _end(row, State.CANCELLED, Why.NOT_TOLD)
        elif row.occasion in TOGETHER and row.state_party and not is_alerted(row.state_party):
            _end(row, State.CANCELLED, Why.NO_RECORD)
        elif _is_over(row, as_at):
            _end(row, State.CANCELLED, Why.ENDED)
        elif row.days_before is not None and row.days_before > latest[_slot(row)]:
            _end(row, State.SKIPPED, Why.OVERTAKEN)
        elif mute := mutes.holding(row):
            _end(row, State.SKIPPED, Why.MUTED, mute=mute)
        else:
            taken.append(row)
    return taken


def _is_told_of_treaty(row: Reminder) -> bool:
    party = row.state_party
    return party is None or row.contact is None or row.contact.is_told_of(party.treaty_id)


def _is_over(row: Reminder, as_at: date) -> bool:
    """Whether what it tells of has ended, or has another date."""
    if row.occasion in TOGETHER:
        return not fits(row.obligation, str(row.due_on), as_at=as_at)
    return bool(row.obligation_key) and not (row.obligation and row.obligation.is_open(as_at=as_at))


def _latest(rows: Sequence[Reminder]) -> dict[tuple[object, ...], int]:
    """Return how far each reader has been, or is to be, told of each thing that the rows tell."""
    alerts = [row for row in rows if row.days_before is not None]
    if not alerts:
        return {}
    found = Reminder.objects.filter(
        contact__in={row.contact_id for row in alerts},
        obligation_key__in={row.obligation_key for row in alerts},
        days_before__isnull=False,
        state__in=Reminder.TELLING,
    ).order_by("-days_before")
    return {_slot(row): row.days_before for row in found if row.days_before is not None}


def _slot(row: Reminder) -> tuple[object, ...]:
    return row.contact_id, row.occasion, row.state_party_id, row.obligation_key, str(row.due_on)


def _end(row: Reminder, state: str, why: Why, mute: Mute | None = None) -> None:
    held = Reminder.objects.filter(pk=row.pk, claim=row.claim, state=State.SENDING)
    held.change(state, reason=why, mute=mute, claim=None)


def _into_messages(rows: Iterable[Reminder], batch: Batch, now: datetime) -> list[Claimed]:
    """Put the alerts to one reader into one mail; what has been in a mail stays in the same one."""
    mails: dict[tuple[object, ...], list[Reminder]] = defaultdict(list)
    for row in rows:
        mails[_mail(row)].append(row)
    claimed = []
    for together in mails.values():
        for part in in_mails(together):
            message = part[0].message or _new_message(part[0], now)
            claimed.append(Claimed(message, part, batch))
    return claimed


def _mail(row: Reminder) -> tuple[object, ...]:
    if row.message_id:
        return ("again", row.message_id)
    alone = None if row.occasion in TOGETHER else row.pk
    return ("new", row.contact_id, row.person_id, alone)


def _new_message(row: Reminder, now: datetime) -> Message:
    language = row.contact.language if row.contact else settings.LANGUAGE_CODE
    return Message(to=row.reader.email, language=language, made_at=now)
