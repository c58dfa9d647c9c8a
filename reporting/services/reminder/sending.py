"""Sending: what is due is claimed in batches, and each batch goes over one connection."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import sleep

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections

from reporting.models import Reminder, Why
from reporting.services.reminder import ledger, writing
from reporting.services.reminder.answers import Answer, understood
from reporting.services.reminder.follow import refuse_address
from reporting.services.reminder.ledger import Claimed
from reporting.services.reminder.letters import Background

_log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
BATCH = 100
# A task lives for ten minutes; the next one goes on where this one ends.
LONGEST = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
# Seconds between attempts to record a mail; SQLite's own waiting for a lock comes on top of each.
PATIENCE_WITH_DATABASE = (0.1, 0.5, 2, 5, 10, 20)


@dataclass(slots=True)
class Sent:
    """How many mails were sent, put back and failed, and whether the mail server was there."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    unreachable: bool = False

    def __bool__(self) -> bool:
        """Whether there was anything to send."""
        return bool(self.sent or self.waiting or self.failed)


def send_due(
    *, as_at: date, clock: Clock, limit: int | None = None, longest: timedelta = LONGEST
) -> Sent:
    """Send what is due, up to ``limit`` mails; what lost senders left behind first.

    Stop where the mail server cannot be reached, at the rate limit of the settings, and after the
    longest time, slow as the mail server may be. Every mail is recorded by itself, so that whatever
    ends this, the rest can be sent by somebody else.
    """
    started, sent = clock(), Sent()
    ledger.release(now=started)
    sender = _Sender(as_at=as_at, clock=clock, sent=sent, until=started + longest)
    tried = 0
    while clock() < sender.until and not sent.unreachable:
        room = min(BATCH, _allowed(clock()), BATCH if limit is None else limit - tried)
        claimed = ledger.claim(as_at=as_at, now=clock(), most=room) if room > 0 else []
        if not claimed:
            break
        tried += len(claimed)
        sender.send(claimed)
    return sent


def helpers_wanted(*, as_at: date, now: datetime) -> int:
    """Return how many senders more than one have something to do now, as far as the settings go."""
    most: int = settings.REMINDER_SENDERS - 1
    due = Reminder.objects.due(as_at=as_at, now=now)
    readers = due.values("contact", "person").distinct()[: most * BATCH + 1].count()
    return min(most, max(readers - 1, 0) // BATCH)


def _allowed(now: datetime) -> int:
    """Return how many mails may go out now."""
    rate: int = settings.REMINDERS_PER_MINUTE
    if not rate:
        return BATCH
    # Not what lies ahead, where the clock has been set back: it would stop everything till then.
    just_sent = Reminder.objects.filter(
        state=Reminder.State.SENT, state_since__gt=now - MINUTE, state_since__lte=now
    )
    return rate - just_sent.values("message").distinct().count()


class _Sender:
    """One connection to the mail server, and what becomes of each mail on it."""

    def __init__(self, *, as_at: date, clock: Clock, sent: Sent, until: datetime) -> None:
        self.as_at, self.clock, self.sent, self.until = as_at, clock, sent, until
        self.connection = get_connection()
        self.known: Background | None = None  # what the mails of a batch need, beside their rows
        self.taken: Claimed | None = None  # by the mail server, and not recorded yet

    def send(self, claimed: Sequence[Claimed]) -> None:
        """Send a batch; what was not tried is put back."""
        try:
            rest = self._written(claimed)
            while rest and self.clock() < self.until and self._connected(rest):
                self._one(*rest.pop(0))
        finally:
            try:
                self._record()
                ledger.give_back(claimed, now=self.clock())
            finally:
                self._hang_up()

    def _written(self, claimed: Sequence[Claimed]) -> list[tuple[Claimed, EmailMultiAlternatives]]:
        """Write the mails of a batch, and keep their words; fail what cannot be written."""
        mails = []
        rows = [row for each in claimed for row in each.rows]
        self.known = writing.background(rows, as_at=self.as_at)
        for each in claimed:
            try:
                mails.append((each, self._mail(each)))
            except DatabaseError:
                raise
            except Exception as error:  # noqa: BLE001 - a template can raise anything
                _log.exception("A mail could not be written: %s", each.message.pk)
                self._fail_the_broken(each, error)
        ledger.keep_words([each.message for each, _mail in mails])
        return mails

    def _mail(self, each: Claimed) -> EmailMultiAlternatives:
        writing.write(each.message, each.rows, as_at=self.as_at, known=self.known)
        return writing.envelope(each.message, reader=each.reader)

    def _fail_the_broken(self, each: Claimed, error: Exception) -> None:
        """Fail the rows of which a mail cannot be written; the others are put back at the end."""
        for row in each.rows:
            alone = each._replace(rows=[row])
            problem = error if len(each.rows) == 1 else self._problem(alone)
            if problem:
                self._fail(alone, Answer(Why.BROKEN, f"{type(problem).__name__}: {problem}"))

    def _connected(self, rest: list[tuple[Claimed, EmailMultiAlternatives]]) -> bool:
        """Open the connection where it is not open; put everything back where that fails."""
        try:
            self.connection.open()
        except OSError as error:  # what smtplib raises, too
            _log.warning("The mail server cannot be reached: %s", error)
            self.sent.unreachable = True
            for each, _mail in rest:
                self._wait(each, Answer(Why.UNREACHABLE, str(error)))
            return False
        return True

    def _one(self, each: Claimed, mail: EmailMultiAlternatives) -> None:
        if not self._record(then=each):
            return  # what of it may be sent is claimed again
        try:
            self.connection.send_messages([mail])
        except (OSError, ValueError) as error:
            self._refused(each, understood(error))
            return
        self.taken = each
        self.sent.sent += 1

    def _record(self, *, then: Claimed | None = None) -> bool:
        """Record what the mail server has taken, and hand over the next mail, in one commit.

        Return whether it may be sent. Nothing but this record says that the mail is out: where the
        database is locked or away, it is waited for.
        """
        for wait in PATIENCE_WITH_DATABASE if self.taken else ():
            try:
                return self._step(then)
            except (OperationalError, InterfaceError) as error:
                _log.warning("A mail that went out could not be recorded yet: %s", error)
                close_old_connections()
                sleep(wait)
        return self._step(then)

    def _step(self, then: Claimed | None) -> bool:
        handed = ledger.step(taken=self.taken, then=then, now=self.clock())
        self.taken = None
        return handed

    def _problem(self, each: Claimed) -> Exception | None:
        try:
            self._mail(each)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 - a template can raise anything
            return error
        return None

    def _refused(self, each: Claimed, answer: Answer) -> None:
        """Do what the answer of the mail server, or its silence, asks for."""
        _log.warning("A mail was not sent (%s): %s", answer.why, answer.text)
        if answer.ends_connection:
            self._hang_up()
        if answer.permanent:
            if answer.why is Why.ADDRESS:
                refuse_address(each.reader, because=answer.text, now=self.clock())
            self._fail(each, answer)
        else:
            self._wait(each, answer)

    def _wait(self, each: Claimed, answer: Answer) -> None:
        ledger.put_back(each, now=self.clock(), why=answer.why, error=answer.text)
        self.sent.waiting += 1

    def _fail(self, each: Claimed, answer: Answer) -> None:
        ledger.record_failed(each, now=self.clock(), why=answer.why, error=answer.text)
        self.sent.failed += 1

    def _hang_up(self) -> None:
        try:
            self.connection.close()
        except OSError as error:
            _log.info("The connection to the mail server ended badly: %s", error)
