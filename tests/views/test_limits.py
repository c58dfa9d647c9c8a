"""How often one address, or one person, may come; and what whoever comes too often is told."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from reporting.models import Role
from reporting.views.limits import LIMITED
from tests.factories import UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page
from tests.views.test_every_address import ROUTES, address

pytestmark = pytest.mark.usefixtures("recorded")


@pytest.fixture(autouse=True)
def _seldom(settings: LazySettings) -> None:
    settings.RATE_LIMITS = dict.fromkeys({group for group, _methods in LIMITED.values()}, "2/d")


def ask(client: Client, name: str, **more: Any) -> Any:
    method = LIMITED[name][1][0].lower()
    return getattr(client, method)(address(name), **more)


def test_every_limited_route_is_there() -> None:
    assert set(LIMITED) <= set(ROUTES)


@pytest.mark.parametrize("name", LIMITED)
def test_the_third_time_is_refused_with_a_sentence_and_when_to_try_again(name: str) -> None:
    client = as_(UserFactory.create(role=Role.SECRETARIAT))
    answers = [ask(client, name) for _time in range(3)]
    assert 429 not in {answer.status_code for answer in answers[:2]}
    last = answers[2]
    assert last.status_code == 429
    assert 1 <= int(last["Retry-After"]) <= 24 * 60 * 60
    assert "There were too many requests from here. Try again in" in last.content.decode()
    assert "no-store" in last["Cache-Control"]


def test_visitors_are_counted_by_address_and_people_by_themselves() -> None:
    for _time in range(2):
        assert Client().get("/search/").status_code == 200
    assert Client().get("/search/").status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").get("/search/").status_code == 200
    assert as_(UserFactory.create()).get("/search/").status_code == 200


def test_a_network_of_the_sixth_protocol_counts_as_one_address() -> None:
    for end in (1, 2):
        assert Client(REMOTE_ADDR=f"2001:db8::{end}").get("/search/").status_code == 200
    assert Client(REMOTE_ADDR="2001:db8::3").get("/search/").status_code == 429
    assert Client(REMOTE_ADDR="2001:db8:1::1").get("/search/").status_code == 200


def test_an_address_that_a_browser_claims_counts_for_nothing_without_a_proxy() -> None:
    for end in (1, 2):
        Client().get("/search/", headers={"X-Forwarded-For": f"192.0.2.{end}"})
    answer = Client().get("/search/", headers={"X-Forwarded-For": "192.0.2.3"})
    assert answer.status_code == 429


def test_each_group_is_counted_by_itself_and_looking_at_a_form_is_free() -> None:
    for _time in range(3):
        Client().get("/search/")
        assert Client().get("/sign-in/").status_code == 200
    assert Client().get("/changes.atom").status_code == 200


def test_programs_get_the_sentence_and_no_page() -> None:
    for _time in range(2):
        Client().get("/calendar.ics")
    answer = Client().get("/calendar.ics")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().startswith("There were too many requests")


def test_a_limit_can_be_lifted(settings: LazySettings) -> None:
    settings.RATE_LIMITS = {}
    assert {Client().get("/search/").status_code for _time in range(5)} == {200}


def test_limits_of_django_allauth_say_when_to_try_again_too(settings: LazySettings) -> None:
    settings.RATE_LIMITS = {}
    given = {"email": "desk@example.org"}
    answers = [Client().post("/account/password/reset/", given) for _time in range(6)]
    assert (answers[-1].status_code, answers[-1]["Retry-After"]) == (429, "60")
    assert "There were too many attempts in a short time" in Page(answers[-1]).text
