"""Mending the deposit of a State."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Obligation, Role, StateParty
from reporting.rules.partial_date import PartialDate
from reporting.services.deposit import correct_deposit
from reporting.services.errors import ConflictError, NotAllowedError
from tests.factories import TODAY, StatePartyFactory, SubmissionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_denunciation_lets_what_falls_after_it_lapse() -> None:
    officer, party = UserFactory.create(), StatePartyFactory.create()
    party.denunciation_effective_on = date(2013, 1, 1)
    correct_deposit(party=party, seen=party.version, by=officer, as_at=TODAY, reason="notification")
    (initial,) = Obligation.objects.all()
    assert (str(initial.due_on), initial.closed_as) == ("2013-09-01", "lapsed")


def test_a_deposit_that_contradicts_what_is_on_record_is_refused() -> None:
    officer, party = UserFactory.create(), StatePartyFactory.create()
    SubmissionFactory.create(state_party=party)
    party.deposited_on = PartialDate(2020, 1, 1)
    with pytest.raises(ValidationError, match="before the entry into force"):
        correct_deposit(party=party, seen=party.version, by=officer, as_at=TODAY, reason="x")
    assert str(StateParty.objects.get().deposited_on) == "2012-05-31"


def test_the_second_editor_of_a_deposit_is_told() -> None:
    officer, party = UserFactory.create(), StatePartyFactory.create()
    seen, mine = party.version, StateParty.objects.get()
    party.deposited_on = PartialDate(2012, 6, 1)
    correct_deposit(party=party, seen=seen, by=officer, as_at=TODAY, reason="x")
    with pytest.raises(ConflictError):
        correct_deposit(party=mine, seen=seen, by=officer, as_at=TODAY, reason="y")


def test_a_ministry_mends_no_deposit() -> None:
    party, ministry = StatePartyFactory.create(), UserFactory.create(role=Role.MINISTRY)
    with pytest.raises(NotAllowedError):
        correct_deposit(party=party, seen=party.version, by=ministry, as_at=TODAY, reason="x")
