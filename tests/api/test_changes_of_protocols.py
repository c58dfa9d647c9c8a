"""What becomes of reports of a Convention is told to those who follow its protocols, once."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from reporting.models import ObligationChange, StateParty, Treaty, User, WebhookDelivery
from reporting.queries.log import OBLIGATION
from reporting.rules.partial_date import PartialDate
from reporting.services.loading import load_facts
from reporting.services.timetable import refresh
from reporting.services.webhook import ledger
from reporting.services.webhook.managing import Registration, make_webhook
from tests.factories import NOW, TODAY, DecisionFactory, SubmissionFactory, UserFactory

pytestmark = pytest.mark.django_db
# After the day on which the tests are run.
LATER = datetime(2100, 1, 1, 12, tzinfo=UTC)
Told = tuple[str, str, int, list[str]]
FOLDED: Told = ("CRC", "met", 6, ["OPAC", "OPSC"])
OLDER: Told = ("CRC", "met", 1, [])
OWN: Told = ("OPAC", "met", 1, [])


@pytest.fixture(autouse=True)
def loaded(folder: Path) -> None:
    load_facts(folder=folder, as_at=TODAY, treaty="CMW", all_treaties=True)


def receive(code: str, report: int, **fields: Any) -> StateParty:
    party = StateParty.objects.get(state__iso3="IDN", treaty__code=code)
    SubmissionFactory.create(state_party=party, first_report=report, symbol="", **fields)
    refresh(party=party, as_at=TODAY, recorded=True)
    ObligationChange.objects.update(at=LATER)
    return party


def told(query: str) -> list[Told]:
    with time_machine.travel(LATER + timedelta(minutes=1), tick=False):
        body = Client().get(f"/api/v1/changes?events=obligation&{query}").json()
    return [_said(each) for each in body["results"]]


def _said(each: dict[str, Any]) -> Told:
    owed = each["owed"]
    return each["treaty"], each["change"], owed["first_report"], owed["also_under"]


def test_a_report_that_folds_is_told_under_each_of_its_treaties_and_once_under_none() -> None:
    receive("CRC", 6)
    receive("CRC", 1)
    receive("OPAC", 1)
    assert told("treaty=OPAC") == [FOLDED, OWN]
    assert told("treaty=OPSC&state=IDN") == [FOLDED]
    assert told("treaty=CRC") == [FOLDED, OLDER]
    assert told("treaty=CEDAW") == []
    assert told("") == [FOLDED, OLDER, OWN]


def test_a_report_that_folds_before_or_after_its_date_moved_is_told() -> None:
    receive("OPAC", 1, received_on=PartialDate(2018, 1, 1))
    party = StateParty.objects.get(state__iso3="IDN", treaty__code="CRC")
    DecisionFactory.create(
        state_party=party,
        first_report=6,
        decided_on=PartialDate(2018, 2, 1),
        due_on=PartialDate(2019, 10, 1),
    )
    refresh(party=party, as_at=TODAY, recorded=True)
    ObligationChange.objects.update(at=LATER)
    moved = [each for each in told("treaty=OPAC") if each[2] == 6]
    assert moved == [("CRC", "moved", 6, ["OPAC", "OPSC"])]


def test_what_stays_the_same_after_it_was_told_is_how_it_was_then() -> None:
    receive("CRC", 6)
    StateParty.objects.filter(treaty__code="OPAC").update(denunciation_effective_on=TODAY)
    assert told("treaty=OPAC") == [FOLDED]


def test_a_webhook_of_the_protocol_is_told_the_same() -> None:
    owner: User = UserFactory.create()
    wanted = Registration(
        address="https://tracker.example.org/",
        treaty=Treaty.objects.get(code="OPAC"),
        events=(OBLIGATION,),
    )
    make_webhook(user=owner, wanted=wanted, at=NOW)
    receive("CRC", 6)
    receive("CRC", 1)
    ledger.plan(now=LATER + timedelta(minutes=1))
    assert [_said(json.loads(row.body)["data"]) for row in WebhookDelivery.objects.all()] == [
        FOLDED
    ]
