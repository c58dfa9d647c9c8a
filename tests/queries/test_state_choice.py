"""The States parties by which a list can be narrowed."""

from typing import Any

import pytest
from django.utils.translation import override

from reporting.models import Revision, State, Treaty
from reporting.models.names import english_name
from reporting.queries.state_choice import state_chosen, states_to_choose
from tests.factories import StatePartyFactory, TreatyFactory

CODES = ("IDN", "EGY", "FJI", "ZWE")


@pytest.fixture
def treaty(db: None) -> Treaty:
    """Return a treaty with four States parties, beside another that has one more."""
    treaty: Treaty = TreatyFactory.create()
    for iso3 in CODES:
        StatePartyFactory.create(treaty=treaty, state__iso3=iso3, state__name=english_name(iso3))
    StatePartyFactory.create(treaty=TreatyFactory.create(code="CRC"), state__iso3="FRA")
    return treaty


def test_the_states_parties_stand_in_the_order_of_the_readers_language(treaty: Treaty) -> None:
    assert [iso3 for iso3, _name in states_to_choose(treaties=[treaty])] == [
        "EGY",
        "FJI",
        "IDN",
        "ZWE",
    ]
    with override("ru"):
        assert states_to_choose(treaties=[treaty]) == (
            ("EGY", "Египет"),
            ("ZWE", "Зимбабве"),
            ("IDN", "Индонезия"),
            ("FJI", "Фиджи"),
        )


def test_no_state_is_read_until_an_obligation_changes(
    treaty: Treaty, django_assert_num_queries: Any
) -> None:
    before = states_to_choose(treaties=[treaty])
    StatePartyFactory.create(treaty=treaty, state__iso3="JAM")
    with django_assert_num_queries(1):
        assert states_to_choose(treaties=[treaty]) == before
    Revision.objects.renew()
    with django_assert_num_queries(2):
        assert len(states_to_choose(treaties=[treaty])) == len(before) + 1


def test_the_state_that_was_chosen_is_a_party_to_the_treaty(treaty: Treaty) -> None:
    assert state_chosen("IDN", treaties=[treaty]) == State.objects.get(iso3="IDN")
    assert state_chosen("FRA", treaties=[treaty]) is None
    assert state_chosen("", treaties=[treaty]) is None


def test_of_several_treaties_each_state_party_stands_once(treaty: Treaty) -> None:
    other = Treaty.objects.get(code="CRC")
    StatePartyFactory.create(treaty=other, state__iso3="IDN")
    both = [treaty, other]
    offered = [iso3 for iso3, _name in states_to_choose(treaties=both)]
    assert sorted(offered) == ["EGY", "FJI", "FRA", "IDN", "ZWE"]
    assert state_chosen("FRA", treaties=both) == State.objects.get(iso3="FRA")
