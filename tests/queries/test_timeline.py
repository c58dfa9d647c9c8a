"""The timelines of all States parties: the same rows as their own pages, in few queries."""

from datetime import date
from typing import Any

import pytest

from reporting.models import StateParty, Treaty
from reporting.queries import timeline
from reporting.queries.state import state_page
from reporting.queries.timeline import sessions_shown, states_shown, timelines
from tests.factories import SessionFactory

pytestmark = pytest.mark.usefixtures("recorded")


@pytest.fixture
def treaty() -> Treaty:
    return Treaty.objects.get(code="CMW")


@pytest.mark.thorough
@pytest.mark.parametrize("day", [date(2017, 12, 31), date(2026, 11, 22)])
def test_a_state_has_the_same_rows_as_on_its_own_page(treaty: Treaty, day: date) -> None:
    for found in timelines(as_at=day, treaty=treaty):
        own = state_page(iso3=found.party.state.iso3, treaty=treaty, as_at=day)
        assert (found.past, set(found.open)) == (own.past, set(own.open))
        assert [row.key for row in found.projected] == [row.key for row in own.projected]
        assert found.facts == own.facts


def test_only_those_who_were_party_by_the_day_stand_in_it(treaty: Treaty) -> None:
    counts = [
        timelines(as_at=day, treaty=treaty).paginator.count
        for day in (date(1998, 1, 1), date(2017, 12, 31), date(2026, 11, 22))
    ]
    assert counts == [9, 51, 60]


def test_it_takes_seven_queries_for_any_number_of_states(
    treaty: Treaty, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(7):
        assert len(timelines(as_at=date(2026, 11, 22), treaty=treaty)) == 60
    StateParty.objects.exclude(state__iso3__in=["IDN", "SYR"]).delete()
    with django_assert_num_queries(7):
        assert len(timelines(as_at=date(2026, 11, 22), treaty=treaty)) == 2


def test_many_states_stand_on_several_pages(
    treaty: Treaty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline, "ON_A_PAGE", 25)
    day = date(2026, 11, 22)
    asked = states_shown(as_at=day, treaty=treaty)
    pages = [timelines(as_at=day, treaty=treaty, page=asked.page(number)) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [25, 25, 10]


def test_a_cancelled_session_is_not_drawn(treaty: Treaty) -> None:
    held = SessionFactory.create(treaty=treaty, number=27, status="held")
    SessionFactory.create(treaty=treaty, number=31, status="cancelled")
    assert sessions_shown(treaty=treaty) == [held]
