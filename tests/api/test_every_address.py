"""Programs of each person try every address of the API by every verb: who may, and for whom it is not there.

The addresses are those of the URL conf: a new one fails here until it has its row, and what stands in its places.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reporting.models import Scope, State, Submission
from reporting.services.webhook.managing import Registration, make_webhook
from tests.api.conftest import program_of
from tests.api.test_filing import given
from tests.factories import UserFactory
from tests.views.cast import as_
from tests.views.test_another_state import NOT_FACTS, VERBS, models
from tests.views.test_every_address import PROGRAMS, ROUTES

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("recorded")]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class For(Enum):
    """Those for whom an address of the API is there."""

    STATUS_READERS = auto()
    OF_INDONESIA = auto()
    EVERY_PROGRAM = auto()
    OWNER = auto()
    NOBODY = auto()


ADDRESSES = {
    "api:states": For.STATUS_READERS,
    "api:state-parties": For.STATUS_READERS,
    "api:obligations": For.STATUS_READERS,
    "api:submissions": For.STATUS_READERS,
    "api:submission": For.OF_INDONESIA,
    "api:reviews": For.STATUS_READERS,
    "api:decisions": For.STATUS_READERS,
    "api:core-documents": For.STATUS_READERS,
    "api:universal-reviews": For.STATUS_READERS,
    "api:changes": For.STATUS_READERS,
    "api:schema": For.STATUS_READERS,
    "api:webhooks": For.EVERY_PROGRAM,
    "api:webhook": For.OWNER,
    "api:webhook-secret": For.OWNER,
    "api:webhook-test": For.OWNER,
    "api:webhook-deliveries": For.OWNER,
    "api:root": For.NOBODY,
    "api:nothing": For.NOBODY,
}


def webhook_of_another() -> dict[str, Any]:
    owner = UserFactory.create(role="administrator")
    wanted = Registration(address="https://tracker.example.org/changes")
    return {"pk": make_webhook(user=owner, wanted=wanted, at=NOW)[0].pk}


PLACES: dict[str, Callable[[], dict[str, Any]]] = {
    "api:submission": lambda: {
        "pk": Submission.objects.filter(state_party__state__iso3="IDN").order_by("pk")[0].pk
    },
    "api:webhook": webhook_of_another,
    "api:webhook-secret": webhook_of_another,
    "api:webhook-test": webhook_of_another,
    "api:webhook-deliveries": webhook_of_another,
    "api:nothing": lambda: {"anything": "v1/nothing/1"},
}
# Where something is told beyond what one reads: it is refused with 405.
ONLY_POST = {"api:webhook-secret", "api:webhook-test"}
# Whose program is there for what is of Indonesia.
MAY = {"ministry", "secretariat", "administrator"}


def address(name: str) -> str:
    return reverse(name, kwargs=PLACES[name]() if name in PLACES else {})


def programs() -> Iterator[tuple[str, str, Client]]:
    """Yield who comes, with which right, and the program; a browser that has signed in is a visitor here."""
    yield "visitor", "", Client()
    roles = {"stranger": "ministry", "ministry": "ministry", "secretariat": "secretariat"}
    for name, role in (roles | {"administrator": "administrator"}).items():
        person = UserFactory.create(role=role)
        iso3 = {"stranger": "SYR", "ministry": "IDN"}.get(name)
        person.states.set(State.objects.filter(iso3=iso3))
        for scope in Scope.values:
            yield name, scope, program_of(person, scope)
        if name == "ministry":
            yield "visitor", "cookie", as_(person)


def answers_to(verb: str, audience: For) -> range:
    """Return the statuses of what is no reading: refused, but that it is said what may be asked."""
    may_ask = verb == "OPTIONS" and audience is not For.NOBODY
    return range(204, 205) if may_ask else range(400, 500)


def on_record() -> dict[str, list[Any]]:
    """Return every row of ours, without when a token was last used."""
    left_out = NOT_FACTS | {"reporting.ApiToken", "reporting.User"}
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values_list()))
        for model in models()
        if model._meta.label not in left_out and "Historical" not in model._meta.label
    }


def test_every_route_of_the_api_says_whom_it_is_for() -> None:
    assert set(PROGRAMS) == set(ADDRESSES)
    assert {name for name in PROGRAMS if any(ROUTES[name])} == set(PLACES)


@pytest.mark.parametrize("name", PROGRAMS)
def test_an_address_of_the_api_is_there_for_those_whom_it_is_for(name: str) -> None:
    path, audience = address(name), ADDRESSES[name]
    comers = [*programs()]
    before = on_record()
    for person, scope, program in comers:
        for verb in VERBS:
            answer: Any = program.generic(verb, path)
            seen = (person, scope, verb, answer.status_code)
            assert person == "visitor" or "private" in answer["Cache-Control"], seen
            if verb not in {"GET", "HEAD"}:
                assert answer.status_code in answers_to(verb, audience), seen
            elif audience is For.NOBODY:
                assert answer.status_code == 404, seen
            elif audience is not For.STATUS_READERS and person == "visitor":
                assert answer.status_code == 401, seen
            elif name in ONLY_POST:
                assert answer.status_code in {403, 405}, seen
            elif audience is For.OWNER or (audience is For.OF_INDONESIA and person not in MAY):
                assert answer.status_code == 404, seen
            else:
                assert answer.status_code == 200, seen
    assert on_record() == before


@pytest.mark.parametrize("name", PROGRAMS)
def test_nobody_writes_for_another_state_or_with_a_token_that_reads(name: str) -> None:
    path = address(name)
    comers = [*programs()]
    before = on_record()
    for person, scope, program in comers:
        if name == "api:submissions" and person in MAY and scope == Scope.FILE:
            continue
        if name == "api:webhooks":
            if scope == Scope.WEBHOOKS:
                continue  # everybody may have their own, see test_webhooks.py
            sent: Any = {"address": "https://tracker.example.org/changes"}
            answer: Any = program.post(path, sent, content_type="application/json")
        else:
            answer = program.post(path, given())
        assert answer.status_code in {401, 403, 404, 405}, (person, scope, answer.status_code)
    assert on_record() == before
