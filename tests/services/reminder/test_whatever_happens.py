"""The ledger under whatever happens, in whatever order."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from hypothesis import Phase
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from reporting.models import Contact, Mute, Obligation, Reminder, StateParty
from reporting.rules.obligation import Kind
from reporting.rules.partial_date import PartialDate
from reporting.rules.schedule import DEFAULT_OFFSETS, look
from reporting.services.reminder import ledger
from reporting.services.reminder.follow import look_again, stop_telling
from reporting.services.reminder.plan import plan_alerts
from reporting.services.reminder.sending import send_due
from reporting.services.timetable import refresh
from tests.factories import ContactFactory, SubmissionFactory
from tests.services.reminder.conftest import Clock, claim_and_write

State = Reminder.State
START = date(2022, 8, 1)
DATES = [PartialDate(2022, 10, 1), PartialDate(2022, 11, 15), PartialDate(2022, 9, 20)]
DAYS = st.sampled_from([0, 1, 9, 31])
ANSWERS = {
    "taken": None,
    "lost": ConnectionResetError("broken off"),
    "taken, but broken off": ConnectionResetError("broken off"),
    "wait": ConnectionRefusedError("away"),
}


class World:
    """What the mail server has taken, what it will answer, and whether it should be asked."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.answers: list[str] = []
        self.copies: Counter[str] = Counter()
        self.told: dict[tuple[object, ...], set[str]] = defaultdict(set)
        self.may_have_a_copy: set[str] = set()
        self.filed = False

    def take(self, message_id: str) -> None:
        """Note which slots a mail tells of."""
        self.copies[message_id] += 1
        name = message_id.strip("<>").partition("@")[0]
        for row in Reminder.objects.filter(message=UUID(name), state=State.SENDING):
            slot = (row.contact_id, row.occasion, str(row.due_on), row.days_before, row.event)
            self.told[slot].add(message_id)

    def answer(self, message_id: str) -> None:
        """Take a mail, or raise what the server answers."""
        assert not self.filed, "An alert was handed over after the report was filed."
        answer = self.answers.pop(0) if self.answers else "taken"
        if answer.startswith("taken"):
            self.take(message_id)
        if answer != "taken":
            self.may_have_a_copy.add(message_id)
        if error := ANSWERS[answer]:
            raise error


WORLD = [World()]


class Server(BaseEmailBackend):
    """A mail server that answers as the world has it."""

    def send_messages(self, messages: Any) -> int:
        mail: EmailMultiAlternatives
        for mail in messages:
            WORLD[0].answer(str(mail.message()["Message-ID"]))
        return len(messages)


class Ledger(RuleBasedStateMachine):
    """Days pass; the steps of the ledger run, or stop half-way; what alerts tell of changes."""

    def __init__(self) -> None:
        """Begin on the same day, with two readers."""
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.party = party = StateParty.objects.get()
        self.clock, self.world = Clock(START), World()
        WORLD[0] = self.world
        self.slow: list[ledger.Claimed] = []
        self.readers = [
            ContactFactory.create(state=party.state, added_on=START) for _number in range(2)
        ]

    def teardown(self) -> None:
        """Let everything be well at last: what should have been told has been, or says why not."""
        try:
            for _time in range(3):
                self.clock.pass_by(hours=8)
                self.beat_runs(days=0, answers=[])
            self.nobody_is_told_twice()
            self._everything_is_told()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def is_under_way(self) -> bool:
        """Whether a mail went out, or has been claimed; what ends everything is dull before that."""
        return bool(self.world.copies or self.slow)

    def _everything_is_told(self) -> None:
        assert not Reminder.objects.due(as_at=self.clock.day, now=self.clock.now).exists()
        assert not Reminder.objects.filter(state=State.SENDING).exists()
        for due in Obligation.objects.all().open(as_at=self.clock.day).filter(due_on__in=DATES):
            assert due.due
            passed = look(due.due, DEFAULT_OFFSETS[Kind.REPORT], as_at=self.clock.day).passed
            for reader in Contact.objects.told():
                rows = Reminder.objects.filter(contact=reader, due_on=due.due_on)
                ends = {row.days_before: (row.state, row.reason) for row in rows}
                state, why = ends[passed[-1].days_before]
                assert state == State.SENT or why, ends

    @rule(hours=st.integers(-1, 20))
    def hours_pass_or_the_clock_is_set_back(self, hours: int) -> None:
        self.clock.pass_by(hours=hours)

    @rule(days=DAYS, answers=st.lists(st.sampled_from(sorted(ANSWERS)), max_size=3))
    def beat_runs(self, days: int, answers: list[str]) -> None:
        self.clock.pass_by(days=days)
        self.world.answers[:] = answers
        plan_alerts(as_at=self.clock.day, now=self.clock.now)
        send_due(as_at=self.clock.day, clock=self.clock)
        self.world.answers.clear()

    @rule(days=DAYS, step=st.sampled_from(["claimed", "handed over", "taken"]))
    def a_sender_is_killed(self, days: int, step: str) -> None:
        for each in self._claimed(days)[:1]:
            if step != "claimed" and ledger.hand_over(each, now=self.clock.now):
                self.world.may_have_a_copy.add(each.message.message_id)
                if step == "taken":
                    self.world.take(each.message.message_id)

    @precondition(lambda self: not self.slow)
    @rule(days=DAYS)
    def a_sender_claims_and_is_slow(self, days: int) -> None:
        self.slow = self._claimed(days)

    @precondition(lambda self: self.slow)
    @rule()
    def the_slow_sender_goes_on(self) -> None:
        for each in self.slow:
            if ledger.hand_over(each, now=self.clock.now):
                self.world.answer(each.message.message_id)
                ledger.record_sent(each, now=self.clock.now)
        self.slow = []

    def _claimed(self, days: int) -> list[ledger.Claimed]:
        """Let days pass until there may be something to claim."""
        self.clock.pass_by(days=days)
        plan_alerts(as_at=self.clock.day, now=self.clock.now)
        return claim_and_write(self.clock)

    @precondition(lambda self: not self.world.filed)
    @rule(due_on=st.sampled_from(DATES))
    def the_date_moves(self, due_on: PartialDate) -> None:
        self.party.decisions.update(due_on=due_on)
        refresh(party=self.party, as_at=self.clock.day)

    @precondition(lambda self: self.is_under_way() and not self.world.filed)
    @rule()
    def the_report_is_filed(self) -> None:
        day = self.clock.day
        SubmissionFactory.create(
            state_party=self.party,
            first_report=2,
            symbol="CMW/C/IDN/2",
            received_on=PartialDate(day.year, day.month, day.day),
        )
        refresh(party=self.party, as_at=day)
        self.world.filed = True

    @precondition(is_under_way)
    @rule(days=DAYS)
    def somebody_mutes_the_state(self, days: int) -> None:
        day = self.clock.day
        Mute.objects.create(
            state=self.party.state,
            starts_on=day,
            until=day + timedelta(days=days),
            because="The report is announced.",
            made_at=self.clock.now,
        )

    @precondition(is_under_way)
    @rule(number=st.integers(0, 1))
    def a_reader_unsubscribes_or_comes_back(self, number: int) -> None:
        reader = self.readers[number]
        reader.unsubscribed_at = None if reader.unsubscribed_at else self.clock.now
        reader.save()
        if reader.unsubscribed_at:
            stop_telling(contact=reader)
        else:
            look_again(state=self.party.state)

    @invariant()
    def nobody_is_told_twice(self) -> None:
        assert all(len(mails) == 1 for mails in self.world.told.values()), self.world.told
        twice = {mail for mail, copies in self.world.copies.items() if copies > 1}
        assert twice <= self.world.may_have_a_copy


def test_everybody_is_told_once_whatever_happens_in_whatever_order(
    party: StateParty, settings: LazySettings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    # Making a story shorter takes minutes, and twelve steps can be read.
    quick = profile(
        max_examples=8, stateful_step_count=12, deadline=None, phases=[Phase.reuse, Phase.generate]
    )
    run_state_machine_as_test(Ledger, settings=quick)
