"""Reminders of several treaties: each says of which it is, and a list offers the States of all."""

import pytest
from django.test import Client

from reporting.models import Role, StateParty, Treaty, User
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import refresh
from tests.factories import (
    ContactFactory,
    StateFactory,
    StatePartyFactory,
    TreatyFactory,
    UserFactory,
)
from tests.views.cast import as_
from tests.views.conftest import Page
from tests.views.reminder.world import TODAY, contact_of

pytestmark = pytest.mark.usefixtures("recorded")


def under(code: str, iso3: str, name: str) -> StateParty:
    """Return a State under another treaty, of which what came is on record."""
    treaty = TreatyFactory.create(code=code)
    Treaty.objects.filter(pk=treaty.pk).update(reports_on_record=True)
    state = StateFactory.create(iso3=iso3, name=name)
    party: StateParty = StatePartyFactory.create(
        treaty=treaty, state=state, deposited_on=PartialDate(2026, 1, 15)
    )
    refresh(party=party, as_at=TODAY)
    return party


@pytest.fixture
def cerd() -> StateParty:
    return under("CERD", "DEU", "Germany")


@pytest.fixture
def bound(cerd: StateParty) -> User:
    person: User = UserFactory.create(role=Role.SECRETARIAT)
    person.treaties.add(cerd.treaty, under("CRC", "FRA", "France").treaty)
    return person


def test_all_reminders_about_a_state_are_about_no_other(
    secretariat: Client, cerd: StateParty
) -> None:
    for iso3 in ("IDN", "NER"):
        contact_of(iso3, name=f"Reader of {iso3}")
    ContactFactory.create(state=cerd.state, name="Reader of DEU")
    page = Page(secretariat.get("/states/DEU/?treaty=CERD"))
    assert page.having("a", href="/reminders/?state=DEU")
    shown = Page(secretariat.get("/reminders/?state=DEU"))
    assert not shown.has_problem
    assert shown.having("option", value="DEU", selected="")
    assert "Reader of DEU" in shown.text
    assert "Reader of IDN" not in shown.text


def test_whoever_is_bound_is_offered_the_states_of_the_own_treaties(bound: User) -> None:
    page = Page(as_(bound).get("/reminders/?state=FRA"))
    offered = {each["value"] for each in page.having("option") if each["value"].isupper()}
    assert (page.has_problem, offered) == (False, {"DEU", "FRA"})
    assert Page(as_(bound).get("/reminders/?state=IDN")).has_problem
