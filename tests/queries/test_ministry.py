"""The home of a ministry costs a fixed number of queries a State, whatever is in its plan."""

from typing import Any

import pytest

from reporting.models import Role
from reporting.queries.contact import contact_of, contacts_of
from reporting.queries.ministry import homes
from reporting.services.milestone import StepName, tick_milestone
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    ContactFactory,
    StateFactory,
    StatePartyFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_a_home_has_what_is_owed_and_planned_in_four_queries(
    django_assert_num_queries: Any,
) -> None:
    party, person = StatePartyFactory.create(), UserFactory.create(role=Role.MINISTRY)
    person.states.add(party.state)
    refresh(party=party, as_at=TODAY)
    for step in ("start", "data", "draft"):
        name = StepName(state_party=party, report=4, step=step)
        tick_milestone(step=name, done_on=TODAY, by=person, as_at=TODAY)
    treaty = TreatyFactory.create()
    with django_assert_num_queries(4):
        (home,) = homes(person=person, treaty=treaty, as_at=TODAY)
    assert [(plan.report, plan.done) for plan in home.plans] == [(1, 0), (2, 0), (3, 0), (4, 3)]


def test_contacts_are_found_under_their_own_state_those_who_are_told_first() -> None:
    state = StateFactory.create()
    gone, told = ContactFactory.create(active=False, name="A"), ContactFactory.create(name="B")
    syria = StateFactory.create(iso3="SYR", name="Syrian Arab Republic")
    theirs = ContactFactory.create(state=syria)
    assert contacts_of(state=state) == [told, gone]
    assert contact_of(state=state, pk=told.pk) == told
    assert contact_of(state=state, pk=theirs.pk) is None
