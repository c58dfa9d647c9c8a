"""A day that is looked at by two at once, and a day whose worker was killed, are told once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from reporting.models import ObligationChange, StateParty
from reporting.services.timetable import refresh
from tests.factories import TODAY, StatePartyFactory, SubmissionFactory

pytestmark = pytest.mark.django_db(transaction=True)
ARISES = date(2028, 9, 2)
Told = list[tuple[str, int | None]]


class KilledError(Exception):
    """Stands for the end of a process: nothing of its transaction is kept."""


def together(apart: Callable[[], Any], works: Sequence[Callable[[], object]]) -> Told:
    """Do all of it at once, each with a connection of its own; return what was written."""
    start = Barrier(len(works))

    def do(work: Callable[[], object]) -> None:
        with apart():
            start.wait(timeout=20)
            work()

    def written() -> Told:
        with apart():
            return list(ObligationChange.objects.values_list("what", "first_report"))

    with ThreadPoolExecutor(len(works)) as threads:
        list(threads.map(do, works))
        return threads.submit(written).result()


def test_two_who_refresh_the_same_day_tell_of_it_once(request: pytest.FixtureRequest) -> None:
    party = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    apart = request.getfixturevalue("apart")
    told = together(apart, [lambda: refresh(party=party, as_at=ARISES)] * 3)
    assert told == [("set", 5)]


def test_a_fact_and_the_day_at_once_are_told_once_each(request: pytest.FixtureRequest) -> None:
    party: StateParty = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    SubmissionFactory.create(state_party=party)
    apart = request.getfixturevalue("apart")
    recorded = [lambda: refresh(party=party, as_at=ARISES, recorded=True)] * 2
    assert sorted(together(apart, recorded)) == [("met", 1), ("set", 5)]


def test_what_a_killed_worker_had_written_is_told_by_the_next_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    party = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)

    def die(*_given: Any) -> None:
        raise KilledError

    with monkeypatch.context() as killed:
        killed.setattr("reporting.services.timetable._write_days", die)
        with pytest.raises(KilledError):
            refresh(party=party, as_at=ARISES)
    assert not ObligationChange.objects.exists()
    refresh(party=party, as_at=ARISES)
    assert [*ObligationChange.objects.values_list("what", "first_report")] == [("set", 5)]
