"""A planning while somebody changes what it plans from, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Event
from typing import Any

import pytest

from reporting.models import Contact, Obligation, StateParty
from reporting.rules.partial_date import PartialDate
from reporting.rules.schedule import look
from reporting.services.reminder.follow import look_again
from reporting.services.reminder.plan import plan_alerts
from reporting.services.timetable import refresh
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2022, 9, 1)


class Meanwhile:
    """What happens between the reading and the writing of a planning."""

    def __init__(self, apart: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
        """Stop the planning where it has read."""
        self.apart, self.read, self.changed = apart, Event(), Event()

        def look_slowly(*given: Any, **named: Any) -> Any:
            self.read.set()
            # Where the change has to wait for the planning, it is not waited for.
            self.changed.wait(0.2)
            return look(*given, **named)

        monkeypatch.setattr("reporting.services.reminder.plan.look", look_slowly)

    def do(self, change: Callable[[], object]) -> list[date]:
        """Plan, and change meanwhile; return when every obligation with a date is looked at next."""

        def planning() -> None:
            with self.apart():
                plan_alerts(as_at=DAY, now=datetime(2022, 9, 1, 5, tzinfo=UTC))

        def changing() -> None:
            with self.apart():
                assert self.read.wait(20)
                change()
                self.changed.set()

        with ThreadPoolExecutor(2) as threads:
            for done in [threads.submit(planning), threads.submit(changing)]:
                done.result()
            return threads.submit(self._look_on).result()

    def _look_on(self) -> list[date]:
        with self.apart():
            rows = Obligation.objects.filter(closed_on=None, due_on__isnull=False)
            return list(rows.order_by("pk").values_list("look_on", flat=True))


def test_a_date_that_moves_while_alerts_are_planned_is_looked_at_again(
    party: StateParty,
    siti: Contact,
    apart: Callable[[], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def move() -> None:
        party.decisions.update(due_on=PartialDate(2022, 12, 1))
        refresh(party=party, as_at=DAY)

    assert date.min in Meanwhile(apart, monkeypatch).do(move)


def test_a_reader_who_comes_while_alerts_are_planned_is_planned_for_next(
    party: StateParty,
    siti: Contact,
    apart: Callable[[], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def add() -> None:
        ContactFactory.create(state=party.state, added_on=DAY)
        look_again(state=party.state)

    assert set(Meanwhile(apart, monkeypatch).do(add)) == {date.min}
