"""Who is told about which State, and the States of which nobody is."""

from typing import Any

import pytest

from reporting.models import Contact, Treaty
from reporting.queries.directory import directory
from tests.factories import ContactFactory, StateFactory, StatePartyFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_contacts_stand_under_their_state_and_the_secretariats_apart(
    django_assert_num_queries: Any,
) -> None:
    party = StatePartyFactory.create()
    for iso3 in ("JAM", "SYR"):
        StatePartyFactory.create(state=StateFactory.create(iso3=iso3, name=iso3))
    officer = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    first, silent = (ContactFactory.create(state=party.state, active=on) for on in (True, False))
    ContactFactory.create(state=StateFactory.create(iso3="JAM"), active=False)
    treaty = Treaty.objects.get()
    person = UserFactory.create()
    with django_assert_num_queries(4):
        found = directory(treaty=treaty, person=person)
    assert found.secretariat.contacts == [officer]
    told = {each.state.iso3: (each.contacts, each.reached) for each in found.states if each.state}
    assert told["IDN"] == ([first, silent], 1)
    assert told["JAM"][1] == 0
    assert [state.iso3 for state in found.unreached] == ["JAM", "SYR"]
