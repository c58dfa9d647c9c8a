"""The counts and the list of the dashboard, on all recorded facts."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from reporting.models import Obligation, Revision, StateParty, Treaty
from reporting.queries.dashboard import SORTS, Cards, Filters, cards, listing
from reporting.queries.overview import overview
from reporting.rules.status import Band, Status
from reporting.services.timetable import refresh
from reporting.views.place import Place
from reporting.views.presenters import dashboard as show
from tests.factories import TODAY


@pytest.fixture
def treaty(recorded: None) -> Treaty:
    return Treaty.objects.get(code="CMW")


def codes(
    treaty: Treaty, *, as_at: date = TODAY, sort: str = "urgency", **filters: Any
) -> list[str]:
    found = listing(as_at=as_at, treaty=treaty, filters=Filters(**filters), sort=sort)
    return [row.state_party.state.iso3 for row in found.rows]


def test_the_cards_of_today(treaty: Treaty) -> None:
    assert cards(as_at=TODAY, treaty=treaty) == Cards(
        states_parties=60,
        with_overdue_report=8,
        overdue_reports=11,
        initial_never_received=10,
        initial_overdue=8,
        backlog=1,
        due_in_12_months=2,
        dates_to_confirm=84,
    )


def test_a_state_that_left_counts_by_what_it_owes_from_before_and_the_cards_say_so(
    treaty: Treaty,
) -> None:
    party = StateParty.objects.get(treaty=treaty, state__iso3="GMB")
    party.denunciation_effective_on = date(2026, 8, 1)
    party.save()
    refresh(party=party, as_at=TODAY)
    found = cards(as_at=TODAY, treaty=treaty)
    assert (found.states_parties, found.with_overdue_report, found.left_owing) == (59, 8, 1)
    pictures = overview(as_at=TODAY, treaty=treaty)
    assert (sum(each.states for each in pictures.overdue), len(pictures.standings)) == (8, 59)
    (note, *_rest) = [each.note for each in show.cards(found, place=Place())]
    assert note == "1 State that has left counts in the other figures by what it still owes"


def test_the_cards_of_a_day_before_anything_was_due(treaty: Treaty) -> None:
    before = cards(as_at=date(2004, 7, 1), treaty=treaty)
    assert (before.states_parties, before.with_overdue_report) == (26, 0)
    after = cards(as_at=date(2004, 7, 2), treaty=treaty)
    assert after.with_overdue_report > 0


@pytest.mark.parametrize("day", [date(2010, 1, 1), date(2017, 12, 31), TODAY], ids=str)
def test_each_card_counts_what_its_list_shows(treaty: Treaty, day: date) -> None:
    counted = cards(as_at=day, treaty=treaty)

    overdue = [
        listing(as_at=day, treaty=treaty, filters=Filters(status=("overdue",), kind=kind))
        for kind in ("initial report", "periodic report")
    ]
    assert counted.overdue_reports == sum(each.count for each in overdue)
    initial = listing(as_at=day, treaty=treaty, filters=Filters(kind="initial report"))
    assert counted.initial_never_received == initial.states
    late = Filters(kind="initial report", status=("overdue",))
    assert counted.initial_overdue == listing(as_at=day, treaty=treaty, filters=late).states
    soon = listing(as_at=day, treaty=treaty, filters=Filters(status=("due soon",)))
    assert counted.due_in_12_months == soon.states
    backlog = listing(as_at=day, treaty=treaty, filters=Filters(status=("backlog",)))
    assert counted.backlog == len({row.submission_id for row in backlog.rows})


def test_the_list_begins_with_what_is_overdue_longest(treaty: Treaty) -> None:
    assert codes(treaty)[:3] == ["GMB", "GNB", "FJI"]


def test_a_page_holds_sixty_and_one_beyond_the_last_is_the_last(treaty: Treaty) -> None:
    first = listing(as_at=TODAY, treaty=treaty, filters=Filters())
    assert (len(first.rows), first.count, first.states, first.pages) == (60, 110, 60, 2)
    beyond = listing(as_at=TODAY, treaty=treaty, filters=Filters(), page=99)
    assert (beyond.page, len(beyond.rows)) == (2, 50)
    assert listing(as_at=TODAY, treaty=treaty, filters=Filters(), page=-1).page == 1


def test_the_list_can_be_narrowed_by_band_kind_region_and_words(treaty: Treaty) -> None:
    assert codes(treaty, band=Band.FIVE_TO_TEN) == ["GMB", "GNB", "FJI"]
    assert codes(treaty, status=(Status.OVERDUE,), region="latin-american") == []
    assert codes(treaty, status=("backlog",)) == ["LSO"]
    assert codes(treaty, q="cote d") == ["CIV", "CIV"]
    assert codes(treaty, q="CÔTE") == ["CIV", "CIV"]
    assert codes(treaty, q="idn") == ["IDN"]
    assert codes(treaty, q="CMW/C/AZE/CO/3") == ["AZE", "AZE"]
    assert codes(treaty, q="%") == []
    assert codes(treaty, kind="replies to a list of issues", region="asia-pacific") == [
        "TJK",
        "TLS",
    ]


def test_the_backlog_can_be_shown_beside_what_is_open(treaty: Treaty) -> None:
    both = codes(treaty, status=("backlog", "due soon"))
    assert sorted(both) == ["LSO", "LSO", "TGO"]


@pytest.mark.parametrize("sort", SORTS)
def test_a_list_runs_backwards_with_a_minus(treaty: Treaty, sort: str) -> None:
    def order(sort: str) -> list[int]:
        filters = Filters(region="asia-pacific")
        found = listing(as_at=TODAY, treaty=treaty, filters=filters, sort=sort)
        return [row.pk for row in found.rows]

    forward, backward = order(sort), order(f"-{sort}")
    assert sorted(forward) == sorted(backward)
    assert forward != backward


def test_dates_that_are_not_set_stand_last_in_both_directions(treaty: Treaty) -> None:
    for sort in ("due", "-due"):
        found = listing(as_at=TODAY, treaty=treaty, filters=Filters(), sort=sort, page=2)
        assert [row.due_on for row in found.rows[-6:]] == [None] * 6


def test_what_was_counted_is_remembered_until_an_obligation_changes(
    treaty: Treaty, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = cards(as_at=TODAY, treaty=treaty)
    with django_assert_num_queries(1):
        assert cards(as_at=TODAY, treaty=treaty) == first
    Obligation.objects.all().overdue(as_at=TODAY).filter(state_party__state__iso3="FJI").delete()
    Revision.objects.renew()
    assert cards(as_at=TODAY, treaty=treaty).with_overdue_report == 7


def test_two_days_are_never_taken_for_each_other(treaty: Treaty) -> None:
    assert cards(as_at=date(2010, 1, 1), treaty=treaty) != cards(as_at=TODAY, treaty=treaty)
    assert codes(treaty, as_at=date(2010, 1, 1)) != codes(treaty)
