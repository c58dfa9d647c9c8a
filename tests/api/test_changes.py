"""What was recorded since a moment, told once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from reporting.models import ObligationChange, Review, Role, StateParty, Submission
from reporting.services.timetable import refresh
from tests.api.conftest import problem, program_of
from tests.factories import (
    NOW,
    TODAY,
    DecisionFactory,
    SubmissionFactory,
    TreatyFactory,
    UserFactory,
)
from tests.views.cast import ministry_of, stranger

pytestmark = pytest.mark.usefixtures("recorded")
ADDRESS = "/api/v1/changes"
# After the day on which the tests are run, on which the facts were loaded.
LATER = datetime(2100, 1, 1, 12, tzinfo=UTC)


def ask(query: str = "") -> dict[str, Any]:
    body: dict[str, Any] = Client().get(f"{ADDRESS}?{query}").json()
    return body


def everything(query: str = "limit=50") -> tuple[list[Any], str]:
    """Ask part by part until nothing comes any more."""
    told, body = [], ask(query)
    while body["results"]:
        told += body["results"]
        body = ask(f"limit=50&cursor={body['next']}")
    return told, body["next"]


def test_who_keeps_asking_is_told_each_change_once() -> None:
    with time_machine.travel(LATER, tick=False):
        told, cursor = everything()
        facts = [(each["fact"], each["id"]) for each in told]
        assert len(facts) == len(set(facts)) > 100
        assert {each["change"] for each in told} == {"recorded"}
    review = Review.objects.earliest("pk")
    with time_machine.travel(LATER, tick=False):
        review.save()
        Submission.objects.latest("pk").delete()
        assert ask(f"cursor={cursor}")["results"] == []
    with time_machine.travel(LATER + timedelta(minutes=1), tick=False):
        new = ask(f"cursor={cursor}")["results"]
        said = {(each["fact"], each["change"]) for each in new}
        assert said == {("review", "corrected"), ("submission", "taken off")}
        iso3 = review.state_party.state.iso3
        assert {"fact": "review", "id": review.pk, "iso3": iso3, "treaty": "CMW"}.items() <= next(
            each for each in new if each["fact"] == "review"
        ).items()


def test_a_moment_leads_to_what_came_after_it() -> None:
    with time_machine.travel(LATER, tick=False):
        Review.objects.earliest("pk").save()
    with time_machine.travel(LATER + timedelta(minutes=1), tick=False):
        for moment in ("2100-01-01T11:59:00Z", "2100-01-01T12:59:00%2B01:00"):
            (only,) = ask(f"since={moment}")["results"]
            assert only["change"] == "corrected"
        assert ask("since=2100-01-01T12:00:30Z")["results"] == []


def test_a_host_whose_clock_is_behind_hides_no_change_of_another_one() -> None:
    ahead, behind = Review.objects.order_by("pk")[:2]
    for review, minutes in ((ahead, 5), (behind, 0)):
        with time_machine.travel(LATER + timedelta(minutes=minutes), tick=False):
            review.save()
    with time_machine.travel(LATER + timedelta(minutes=10), tick=False):
        told = ask("since=2100-01-01T12:02:00Z")["results"]
    assert ahead.pk in {each["id"] for each in told}


def test_changes_are_narrowed_to_a_state() -> None:
    with time_machine.travel(LATER, tick=False):
        told, _cursor = everything("state=IDN")
    assert {each["iso3"] for each in told} >= {"IDN"}
    with time_machine.travel(LATER, tick=False):
        assert {each["iso3"] for each in ask("state=IDN")["results"]} == {"IDN"}


@pytest.mark.parametrize(
    "query",
    ["cursor=1.2.3", "cursor=a.b.c.d", "since=yesterday", "cursor=0.0.0.0&since=2026-01-01T00:00Z"],
)
def test_what_is_no_moment_and_no_cursor_is_refused(query: str) -> None:
    assert problem(Client().get(f"{ADDRESS}?{query}"))["status"] == 400


def test_what_was_filed_is_told_to_those_who_act_for_the_state_under_that_treaty() -> None:
    party = StateParty.objects.get(state__iso3="IDN")
    filed = SubmissionFactory.create(
        state_party=party, first_report=9, status="filed", received_on=None, sent_on=NOW.date()
    )
    bound = UserFactory.create(role=Role.SECRETARIAT)
    bound.treaties.add(TreatyFactory.create(code="CRC"))
    ministry = ministry_of(party)

    def is_told(client: Client) -> bool:
        with time_machine.travel(LATER, tick=False):
            told = pages_of_changes(client)
            return any((each["fact"], each["id"]) == ("submission", filed.pk) for each in told)

    assert is_told(program_of(UserFactory.create(role=Role.SECRETARIAT)))
    assert is_told(program_of(ministry))
    for other in (Client(), program_of(stranger()), program_of(bound)):
        assert not is_told(other)


def pages_of_changes(client: Client) -> list[Any]:
    told: list[Any] = []
    body = client.get(f"{ADDRESS}?limit=500").json()
    while body["results"]:
        told += body["results"]
        body = client.get(f"{ADDRESS}?limit=500&cursor={body['next']}").json()
    return told


def test_what_becomes_of_obligations_is_told_with_the_facts_where_both_are_asked_for() -> None:
    party = StateParty.objects.get(state__iso3="IDN")
    with time_machine.travel(LATER, tick=False):
        start = everything()[1]
        decision = DecisionFactory.create(
            state_party=party, kind="follow-up", first_report=1, due_on="2027-06"
        )
        refresh(party=party, as_at=TODAY, recorded=True)
    ObligationChange.objects.update(at=LATER)
    with time_machine.travel(LATER + timedelta(minutes=1), tick=False):
        (fact,) = ask(f"cursor={start}")["results"]
        both = ask(f"cursor={start}&events=decision&events=obligation")
        (only,) = ask(f"cursor={start}&events=obligation&treaty=CMW&state=IDN")["results"]
        assert ask(f"cursor={both['next']}&events=decision&events=obligation")["results"] == []
    assert (fact["fact"], fact["id"]) == ("decision", decision.pk)
    assert both["results"] == [fact, only]
    owed = party.obligations.filter(kind="follow-up").latest("pk")
    assert (only["fact"], only["change"], only["id"]) == ("obligation", "set", owed.pk)
    assert (only["owed"]["due_on"], only["owed"]["due_on_precision"]) == ("2027-06", "month")


def test_an_event_that_there_is_not_is_refused() -> None:
    assert problem(Client().get(f"{ADDRESS}?events=party"))["errors"][0]["field"] == "events"
