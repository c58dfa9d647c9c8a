"""What the database promises of the facts."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from reporting.models import State, StateParty, Treaty
from reporting.models.names import searchable
from reporting.rules.partial_date import PartialDate
from reporting.rules.regimes import CMW
from tests.factories import (
    DecisionFactory,
    ReviewFactory,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "fields", "sentence"),
    [
        (
            SubmissionFactory,
            {"first_report": 3, "last_report": 2},
            "The first report must be at least 1",
        ),
        (
            SubmissionFactory,
            {"first_report": 0, "last_report": 1},
            "The first report must be at least 1",
        ),
        (
            ReviewFactory,
            {"first_report": 2, "last_report": 1},
            "The first report must be at least 1",
        ),
        (SubmissionFactory, {"kind": "follow-up"}, "Say which request this answers."),
        (
            DecisionFactory,
            {"to_be_communicated": True},
            "A due date cannot be set and be still to be communicated.",
        ),
        (
            StatePartyFactory,
            {"entry_into_force_override": PartialDate(2012, 9, 2)},
            "An entry into force that departs from the treaty's rule needs its reason.",
        ),
    ],
)
def test_the_database_refuses_what_the_form_refuses(
    factory: Any, fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factory.create(**fields)
    kept = factory.create()
    for name, value in fields.items():
        setattr(kept, name, value)
    with pytest.raises(ValidationError) as caught:
        kept.validate_constraints()
    assert any(message.startswith(sentence) for message in caught.value.messages)


def test_a_fact_that_is_nonsense_by_itself_is_refused_with_its_source() -> None:
    review = ReviewFactory.build(
        state_party=StatePartyFactory.create(),
        dialogue_to=PartialDate(2016),
        source="a summary record",
    )
    with pytest.raises(ValidationError) as caught:
        review.full_clean()
    assert caught.value.messages == [
        "CMW/C/IDN/CO/1: 2016 lies before 5 September 2017 (source: a summary record)"
    ]


def test_a_state_is_a_party_to_a_treaty_once() -> None:
    StatePartyFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        StatePartyFactory.create()


def test_a_state_counts_as_a_party_from_the_last_day_its_deposit_can_have() -> None:
    party = StatePartyFactory.create(deposited_on=PartialDate(2024, 11))
    assert str(party.party_since) == "2024-11-30"
    assert str(party.entry_into_force) == "2025-03-01"


def test_a_state_is_no_party_from_the_day_on_which_its_denunciation_takes_effect() -> None:
    party = StatePartyFactory.create(
        denunciation_notified_on=date(2018, 12, 1), denunciation_effective_on=date(2020, 1, 1)
    )
    stayed = StatePartyFactory.create(state=StateFactory.create(iso3="EGY", name="Egypt"))
    parties = StateParty.objects.parties
    assert set(parties(as_at=date(2019, 12, 31))) == {party, stayed}
    assert list(parties(as_at=date(2020, 1, 1))) == [stayed]
    assert list(parties(as_at=date(2020, 1, 2))) == [stayed]


def test_an_entry_into_force_can_be_overridden_with_its_reason() -> None:
    party = StatePartyFactory.create(
        entry_into_force_override=PartialDate(2012, 10, 1),
        entry_into_force_reason="a depositary note",
    )
    assert str(party.entry_into_force) == "2012-10-01"


def test_a_treaty_gives_the_rules_of_its_regime() -> None:
    assert TreatyFactory.create().regime() == CMW


@pytest.mark.parametrize(
    ("field", "value"), [("entry_into_force_rule", "some day"), ("periodic_months", 7)]
)
def test_a_treaty_with_a_rule_that_cannot_be_followed_is_refused(field: str, value: Any) -> None:
    treaty = TreatyFactory.create()
    setattr(treaty, field, value)
    with pytest.raises(ValidationError):
        treaty.full_clean()
    assert Treaty.objects.get().regime() == CMW


def test_a_state_has_the_name_that_the_un_gives_it_in_each_language() -> None:
    state = StateFactory.create(iso3="CIV", name="Côte d'Ivoire")
    egypt = StateFactory.create(iso3="EGY", name="Egypt")
    with translation.override("fr"):
        assert (str(state), str(egypt)) == ("Côte d\u2019Ivoire", "Égypte")
    with translation.override("ar"):
        assert str(egypt) == "مصر"
    assert str(egypt) == "Egypt"


def test_a_state_is_found_without_its_accents() -> None:
    StateFactory.create(iso3="CIV", name="Côte d'Ivoire")
    assert State.objects.filter(search_text__contains=searchable("CÔTE D'IVOIRE")).exists()


def test_a_state_code_has_three_capital_letters() -> None:
    with pytest.raises(ValidationError, match="Three capital letters"):
        State(iso3="idn", name="Indonesia").full_clean()


def test_what_a_fact_was_before_is_kept() -> None:
    report = SubmissionFactory.create()
    report.symbol = "CMW/C/IDN/1/Rev.1"
    report.save()
    assert [past.symbol for past in report.history.all()] == ["CMW/C/IDN/1/Rev.1", "CMW/C/IDN/1"]


def test_an_address_differs_from_another_by_more_than_capitals() -> None:
    UserFactory.create(email="someone@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory.create(email="Someone@example.org")
