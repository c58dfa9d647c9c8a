"""A refresh of all timetables goes chunk by chunk, is shared, taken over, and done once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError
from pytest_django import DjangoAssertNumQueries

from reporting.models import Obligation, RefreshChunk, RefreshRun, StateParty
from reporting.queries.refresh import last, progress, running
from reporting.rules.partial_date import PartialDate
from reporting.services import refresh, timetable
from reporting.services.refresh import go_on, helpers_wanted, start, start_once
from tests.factories import StateFactory, StatePartyFactory, SubmissionFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 0, 1, tzinfo=UTC)
LATER = NOW + timedelta(minutes=6)
LATE = NOW + timedelta(minutes=12)


@pytest.fixture(autouse=True)
def parties(monkeypatch: pytest.MonkeyPatch) -> list[StateParty]:
    """Return five States parties, of which two make a chunk."""
    monkeypatch.setattr(refresh, "CHUNK", 2)
    codes = ("EGY", "GHA", "IDN", "MEX", "PER")
    return [StatePartyFactory.create(state=StateFactory.create(iso3=code)) for code in codes]


def clock(*moments: datetime) -> Any:
    """Return a clock that shows these moments, and the last one for ever."""
    left: Iterator[datetime] = iter(moments)
    return lambda: next(left, moments[-1])


def through(run: RefreshRun, *, now: datetime = NOW) -> list[int]:
    """Do all that nobody else does."""
    return list(go_on(run, clock=clock(now)))


def states(run: RefreshRun) -> list[str]:
    return list(run.chunks.values_list("state", flat=True))


def abandon(run: RefreshRun, *, now: datetime = NOW) -> RefreshChunk:
    """Claim a chunk as a worker does that is killed then."""
    chunk = refresh._claim(run, now=now)
    assert chunk
    return chunk


def test_every_state_party_is_refreshed_in_chunks_and_the_run_ends() -> None:
    run = start(as_at=DAY, now=NOW)
    assert running() == progress(run)
    assert progress(run).percent == 0
    assert through(run) == [2, 2, 1]
    assert running() is None
    found = last()
    assert found
    assert (found.done, found.percent, found.left) == (5, 100, 0)
    assert found.created == Obligation.objects.count() > 5
    assert found.run.ended_at == NOW


def test_refreshing_twice_changes_nothing() -> None:
    through(start(as_at=DAY, now=NOW))
    before = list(Obligation.objects.values())
    run = start(as_at=DAY, now=LATER)
    assert through(run, now=LATER) == [2, 2, 1]
    found = progress(run)
    assert (found.created, found.updated, found.deleted) == (0, 0, 0)
    assert list(Obligation.objects.values()) == before


def test_a_second_one_joins_the_first_and_does_not_double_its_work() -> None:
    first = start(as_at=DAY, now=NOW)
    abandon(first)
    second = start(as_at=DAY, now=NOW)
    assert second == first
    assert through(second) == [2, 1]
    assert states(first) == ["working", "done", "done"]


def test_the_daily_one_is_done_once_a_day() -> None:
    run = start_once(as_at=DAY, now=NOW)
    assert run
    assert start_once(as_at=DAY, now=NOW) == run
    through(run)
    assert start_once(as_at=DAY, now=LATE) is None
    assert start_once(as_at=DAY + timedelta(days=1), now=LATE)


def test_it_stops_when_its_time_is_up_and_goes_on_where_it_stopped() -> None:
    run = start(as_at=DAY, now=NOW)
    until = NOW + timedelta(seconds=50)
    assert list(go_on(run, clock=clock(NOW, NOW, NOW, until), until=until)) == [2]
    assert progress(run).done == 2
    assert through(run) == [2, 1]


def test_what_a_lost_worker_held_is_released_after_a_while_and_no_earlier() -> None:
    run = start(as_at=DAY, now=NOW)
    lost = abandon(run)
    through(run)
    run.refresh_from_db()
    assert (run.ended_at, progress(run).done) == (None, 3)
    assert through(run, now=LATER) == [2]
    run.refresh_from_db()
    assert run.ended_at == LATER
    # The lost one was only standing still, and records nothing any more.
    before = progress(run)
    refresh.work(lost, DAY)
    assert progress(run) == before


def test_a_chunk_that_loses_every_worker_fails_in_the_open() -> None:
    run = start(as_at=DAY, now=NOW)
    abandon(run)
    for minutes in (6, 12):
        now = NOW + timedelta(minutes=minutes)
        refresh._release(run, now=now)
        abandon(run, now=now)
    assert through(run, now=NOW + timedelta(minutes=18)) == [2, 1]
    found = progress(run)
    assert states(run) == ["failed", "done", "done"]
    assert (found.done, found.failed, found.left) == (5, 2, 2)


def test_one_up_to_another_day_overtakes_what_has_not_ended() -> None:
    run = start(as_at=DAY, now=NOW)
    tomorrow = start(as_at=DAY + timedelta(days=1), now=LATER)
    assert through(run, now=LATER) == []
    assert running() == progress(tomorrow)
    found = last()
    assert found
    assert (found.run, found.run.overtaken) == (run, True)


def test_facts_that_contradict_each_other_hold_up_no_other_state_party(
    parties: list[StateParty], caplog: pytest.LogCaptureFixture
) -> None:
    SubmissionFactory.create(state_party=parties[0], received_on=PartialDate(1990, 1, 1))
    run = start(as_at=DAY, now=NOW)
    through(run)
    found = progress(run)
    assert (found.done, found.left) == (5, 1)
    assert set(Obligation.objects.values_list("state_party", flat=True)) == {
        party.pk for party in parties[1:]
    }
    assert f"The timetable of {parties[0]} was left as it was" in caplog.text


def test_a_mistake_of_ours_at_one_state_party_holds_up_no_other(
    parties: list[StateParty], monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(*, party: StateParty, as_at: date) -> Any:
        if party == parties[2]:
            raise ZeroDivisionError
        return timetable.refresh(party=party, as_at=as_at)

    monkeypatch.setattr(refresh, "refresh", mistaken)
    run = start(as_at=DAY, now=NOW)
    assert through(run) == [2, 2, 1]
    assert (progress(run).done, progress(run).left) == (5, 1)


def test_a_database_that_goes_away_gives_the_chunk_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_named: Any) -> None:
        msg = "away"
        raise OperationalError(msg)

    run = start(as_at=DAY, now=NOW)
    with monkeypatch.context() as patched:
        patched.setattr(refresh, "refresh", away)
        with pytest.raises(OperationalError):
            through(run)
    assert states(run) == ["planned", "planned", "planned"]
    assert through(run) == [2, 2, 1]


@pytest.mark.parametrize(("workers", "helpers"), [(1, 0), (2, 1), (9, 2)])
def test_as_many_workers_help_as_have_something_to_do(
    workers: int, helpers: int, settings: LazySettings
) -> None:
    settings.REFRESH_WORKERS = workers
    run = start(as_at=DAY, now=NOW)
    assert helpers_wanted(run) == helpers
    abandon(run)
    abandon(run)
    assert helpers_wanted(run) == 0


def test_without_any_state_party_it_ends_at_once() -> None:
    StateParty.objects.all().delete()
    run = start(as_at=DAY, now=NOW)
    assert through(run) == []
    found = last()
    assert found
    assert (found.run.ended_at, found.percent) == (NOW, 100)


def test_what_ended_a_month_ago_is_forgotten() -> None:
    old = start(as_at=DAY, now=NOW)
    through(old)
    start(as_at=DAY, now=NOW + timedelta(days=31))
    assert not RefreshRun.objects.filter(pk=old.pk).exists()


def test_a_minute_in_which_nothing_is_to_do_costs_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    through(start(as_at=DAY, now=NOW))
    with django_assert_num_queries(1):
        assert start_once(as_at=DAY, now=LATE) is None
