"""Mutes as people see them, with what they held back."""

from datetime import date, timedelta
from typing import Any

import pytest

from reporting.models import Contact, Mute, Occasion, Reminder, Role, StateParty, User
from reporting.queries.mute import mute_of, mutes
from reporting.rules.partial_date import PartialDate
from tests.factories import (
    NOW,
    TODAY,
    ContactFactory,
    StateFactory,
    StatePartyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> StateParty:
    party: StateParty = StatePartyFactory.create()
    return party


@pytest.fixture
def siti(party: StateParty) -> Contact:
    contact: Contact = ContactFactory.create(state=party.state)
    return contact


def muted(start: int = 0, until: int = 10, **fields: Any) -> Mute:
    """Mute something from so many days after today until so many."""
    given = {
        "starts_on": TODAY + timedelta(days=start),
        "until": TODAY + timedelta(days=until),
        "because": "Announced.",
        "made_at": NOW,
    }
    return Mute.objects.create(**given | fields)


def held(mute: Mute, contact: Contact, party: StateParty, days: int) -> Reminder:
    due: Any = PartialDate(2027, 1, 1)
    return Reminder.objects.create(
        contact=contact,
        state_party=party,
        obligation_key="key",
        occasion=Occasion.ALERT,
        days_before=days,
        due_on=due,
        planned_for=date(2027, 1, 1) - timedelta(days=days),
        planned_at=NOW,
        state=Reminder.State.SKIPPED,
        state_since=NOW,
        mute=mute,
    )


def test_mutes_are_in_force_ahead_or_ended_and_those_of_long_ago_are_not_listed(
    siti: Contact, party: StateParty
) -> None:
    person = UserFactory.create()
    in_force = muted(contact=siti)
    today_only = muted(0, 0, state=party.state)
    ahead = muted(1, 5, contact=siti)
    over = muted(-20, -1, state_party=party, obligation_key="key")
    early = muted(-20, 5, contact=siti, ended_on=TODAY)
    called_off = muted(2, 6, contact=siti, ended_on=TODAY)
    muted(-500, -400, contact=siti)
    found = mutes(person=person, as_at=TODAY)
    assert found.in_force == [in_force, today_only]
    assert found.ahead == [ahead]
    assert found.ended == [called_off, early, over]


def test_each_tells_what_it_held_back_in_two_queries(
    siti: Contact, party: StateParty, django_assert_num_queries: Any
) -> None:
    person = UserFactory.create()
    mute, other = muted(contact=siti), muted(state=party.state)
    rows = [held(mute, siti, party, days) for days in (30, 7)]
    assert not person.bound_to  # asked once for whoever has signed in
    with django_assert_num_queries(2):
        found = mutes(person=person, as_at=TODAY).in_force
        listed = {each: list(each.held.all()) for each in found}
        assert [str(each.about) for each in found] == ["Indonesia", "Indonesia"]
    assert listed == {mute: rows[::-1], other: []}


def test_a_ministry_sees_those_of_its_own_state(siti: Contact, party: StateParty) -> None:
    jamaica = StateFactory.create(iso3="JAM", name="Jamaica")
    own = [
        muted(contact=siti),
        muted(state=party.state),
        muted(state_party=party, obligation_key="key"),
    ]
    desk = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    hidden = [
        muted(state=jamaica),
        muted(contact=ContactFactory.create(state=jamaica)),
        muted(contact=desk),
    ]
    ministry: User = UserFactory.create(role=Role.MINISTRY)
    ministry.states.add(party.state)
    assert set(mutes(person=ministry, as_at=TODAY).in_force) == set(own)
    assert mute_of(person=ministry, pk=own[0].pk) == own[0]
    assert [mute_of(person=ministry, pk=each.pk) for each in hidden] == [None] * 3
    assert len(mutes(person=UserFactory.create(), as_at=TODAY).in_force) == 6
