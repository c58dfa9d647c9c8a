"""Webhooks registered by programs."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from reporting.models import Scope, Webhook, WebhookDelivery
from reporting.queries.log import EVENTS
from tests.api.conftest import problem, program_of
from tests.factories import NOW, StatePartyFactory, UserFactory
from tests.names_of_hosts import hosts as hosts  # noqa: PLC0414 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hosts")]
HERE = "/api/v1/webhooks"
ADDRESS = "https://tracker.example.org/changes"


def test_a_program_makes_tries_and_ends_a_webhook() -> None:
    StatePartyFactory.create()
    person = UserFactory.create()
    program = program_of(person, Scope.WEBHOOKS)
    asked = {"address": ADDRESS, "state": "idn", "treaty": "CMW", "events": ["obligation"]}
    made = program.post(HERE, asked, content_type="application/json")
    body = made.json()
    assert made.status_code == 201
    assert made["Location"] == f"{HERE}/{body['id']}"
    assert (body["state"], body["treaty"], body["off_since"]) == ("IDN", "CMW", None)
    assert body["events"] == ["obligation"]
    secret, _trouble = body.pop("secret"), body.pop("trouble")
    assert secret.startswith("whsec_")
    assert program.get(made["Location"]).json() == body
    assert program_of(person).get(HERE).json() == {"results": [body]}
    assert program.post(f"{made['Location']}/secret").json()["secret"] != secret
    assert program.post(f"{made['Location']}/test").status_code == 202
    (row,) = program.get(f"{made['Location']}/deliveries").json()["results"]
    assert (row["state"], row["attempts"], row["code"]) == ("planned", 0, None)
    assert row["id"] == WebhookDelivery.objects.get().header_id
    assert program.delete(made["Location"]).status_code == 204
    assert problem(program.get(made["Location"]))["status"] == 404


def test_a_token_for_something_else_makes_none_and_no_token_sees_none() -> None:
    for scope in (Scope.READ, Scope.FILE):
        program = program_of(UserFactory.create(), scope)
        answer = program.post(HERE, {"address": ADDRESS}, content_type="application/json")
        assert problem(answer)["status"] == 403
        assert 'scope="webhooks"' in answer["WWW-Authenticate"]
        assert program.get(HERE).json() == {"results": []}
    for method in ("get", "post"):
        assert problem(getattr(Client(), method)(HERE))["status"] == 401
    filing = program_of(UserFactory.create(), Scope.WEBHOOKS)
    assert problem(filing.post("/api/v1/submissions"))["status"] == 403


def test_who_chooses_nothing_is_told_of_the_facts_and_may_add_the_obligations() -> None:
    program = program_of(UserFactory.create(), Scope.WEBHOOKS)

    def made(**more: list[str]) -> Any:
        body = {"address": ADDRESS, **more}
        return program.post(HERE, body, content_type="application/json")

    facts = ["state-party", "submission", "review", "decision", "core-document", "universal-review"]
    assert made().json()["events"] == facts
    assert problem(made())["errors"][0]["code"] == "same"
    assert made(events=["obligation"]).status_code == 201


def test_the_webhook_of_somebody_else_is_not_there() -> None:
    owner = program_of(UserFactory.create(), Scope.WEBHOOKS)
    owner.post(HERE, {"address": ADDRESS}, content_type="application/json")
    own = f"{HERE}/{Webhook.objects.get().pk}"
    other = program_of(UserFactory.create(), Scope.WEBHOOKS)
    assert other.get(HERE).json() == {"results": []}
    for address in (own, f"{own}/deliveries", f"{HERE}/{2**63}"):
        assert problem(other.get(address))["status"] == 404
    for address in (f"{own}/test", f"{own}/secret"):
        assert problem(other.post(address))["status"] == 404
    assert problem(other.delete(own))["status"] == 404
    assert problem(changed(other, own, {"events": ["review"]}))["status"] == 404
    assert Webhook.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "address"),
        ({"address": "http://127.0.0.1:6379/"}, "address"),
        ({"address": "https://user:word@example.org/"}, "address"),
        ({"address": ["https://example.org/"]}, "address"),
        ({"address": ADDRESS + "\x00"}, "address"),
        ({"address": ADDRESS, "state": "XXX"}, "state"),
        ({"address": ADDRESS, "treaty": "XXX"}, "treaty"),
        ({"address": ADDRESS, "events": ["party"]}, "events.0"),
        ({"address": ADDRESS, "events": []}, "events"),
        ({"address": ADDRESS, "secret": "mine"}, "secret"),
        ([ADDRESS], ""),
        ('"https://example.org/"', ""),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(body: object, field: str) -> None:
    program = program_of(UserFactory.create(), Scope.WEBHOOKS)
    answer = program.post(HERE, body, content_type="application/json")
    said = problem(answer)
    assert (said["status"], said["errors"][0]["field"]) == (400, field)
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("body", ["[" * 100_000, '{"address":' * 100_000, "9" * 5000, "NaN", "{"])
def test_what_is_no_json_to_be_read_is_refused_in_a_sentence(body: str) -> None:
    program = program_of(UserFactory.create(), Scope.WEBHOOKS)
    said = problem(program.post(HERE, body, content_type="application/json"))
    assert (said["status"], said["detail"]) == (400, "The request could not be read.")
    assert not Webhook.objects.exists()


def test_a_test_of_one_that_is_off_is_refused() -> None:
    program = program_of(UserFactory.create(), Scope.WEBHOOKS)
    program.post(HERE, {"address": ADDRESS}, content_type="application/json")
    Webhook.objects.update(off_since="2026-01-01T00:00Z", off_because="failing")
    own = f"{HERE}/{Webhook.objects.get().pk}"
    assert "the webhook is off" in problem(program.post(f"{own}/test"))["errors"][0]["detail"]
    assert program.get(own).json()["off_because"] == "failing"


def test_a_name_that_leads_nowhere_is_said_when_it_is_made(hosts: dict[str, str]) -> None:
    hosts |= {"tracker.example.org": "9.9.9.9", "inside.example.org": "10.0.0.1"}
    program = program_of(UserFactory.create(), Scope.WEBHOOKS)

    def trouble(address: str) -> str | None:
        answer = program.post(HERE, {"address": address}, content_type="application/json")
        assert answer.status_code == 201
        said: str | None = answer.json()["trouble"]
        return said

    assert trouble(ADDRESS) is None
    assert trouble("https://trakcer.example.org/changes") == "unknown"
    assert trouble("https://inside.example.org/changes") == "refused"


def test_what_is_delivered_or_failed_has_no_next_attempt() -> None:
    program = program_of(UserFactory.create(), Scope.WEBHOOKS)
    program.post(HERE, {"address": ADDRESS}, content_type="application/json")
    own = f"{HERE}/{Webhook.objects.get().pk}"
    program.post(f"{own}/test")

    def next_at(state: str) -> str | None:
        WebhookDelivery.objects.update(state=state, not_before=NOW)
        (row,) = program.get(f"{own}/deliveries").json()["results"]
        said: str | None = row["next_at"]
        return said

    assert [next_at(state) for state in ("sent", "failed")] == [None, None]
    assert next_at("planned") == "2026-11-22T12:00:00Z"


def test_a_delivery_names_its_event_as_it_is_chosen() -> None:
    program = program_of(UserFactory.create(), Scope.WEBHOOKS)
    program.post(HERE, {"address": ADDRESS}, content_type="application/json")
    own = f"{HERE}/{Webhook.objects.get().pk}"
    program.post(f"{own}/test")
    WebhookDelivery.objects.update(event="universal review-8")
    (row,) = program.get(f"{own}/deliveries").json()["results"]
    assert row["event"] == "universal-review-8"


def test_a_delivery_says_the_type_and_what_it_is_about_as_its_body_does() -> None:
    program = program_of(UserFactory.create(), Scope.WEBHOOKS)
    program.post(HERE, {"address": ADDRESS}, content_type="application/json")
    own = f"{HERE}/{Webhook.objects.get().pk}"
    program.post(f"{own}/test")

    def said() -> tuple[str | None, int | None]:
        (row,) = program.get(f"{own}/deliveries").json()["results"]
        return row["type"], row["about"]

    assert said() == ("test", None)
    WebhookDelivery.objects.update(body='{"type":"submission.recorded","data":{"id":105}}')
    assert said() == ("submission.recorded", 105)
    WebhookDelivery.objects.update(body="", state="failed", trouble="hidden")
    assert said() == (None, None)


def test_a_delivery_waits_as_long_as_its_address_does() -> None:
    program = program_of(UserFactory.create(), Scope.WEBHOOKS)
    program.post(HERE, {"address": ADDRESS}, content_type="application/json")
    own = f"{HERE}/{Webhook.objects.get().pk}"
    program.post(f"{own}/test")

    def next_at(**of_address: Any) -> str | None:
        Webhook.objects.update(**of_address)
        (row,) = program.get(f"{own}/deliveries").json()["results"]
        said: str | None = row["next_at"]
        return said

    assert next_at() is None
    assert next_at(not_before=NOW) == "2026-11-22T12:00:00Z"
    WebhookDelivery.objects.update(not_before=NOW - timedelta(minutes=3))
    assert next_at() == "2026-11-22T12:00:00Z"
    WebhookDelivery.objects.update(not_before=NOW + timedelta(minutes=3))
    assert next_at() == "2026-11-22T12:03:00Z"
    assert next_at(off_since=NOW) is None


def test_webhooks_have_a_limit_of_their_own(settings: LazySettings) -> None:
    settings.RATE_LIMITS = {"api": "9/d", "api-filing": "1/d", "api-webhooks": "2/d"}
    person = UserFactory.create()
    program, desk = program_of(person, Scope.WEBHOOKS), program_of(person, Scope.FILE)
    asked = [program.post(f"{HERE}/1/test").status_code for _time in range(3)]
    assert asked == [404, 404, 429]
    assert desk.post("/api/v1/submissions", {}).status_code == 400


def changed(program: Any, address: str, body: object) -> Any:
    return program.patch(address, body, content_type="application/json")


def test_a_program_changes_of_what_a_webhook_is_told() -> None:
    person = UserFactory.create()
    program = program_of(person, Scope.WEBHOOKS)
    made = program.post(HERE, {"address": ADDRESS}, content_type="application/json")
    answer = changed(program, made["Location"], {"events": ["obligation", "universal-review"]})
    assert answer.status_code == 200
    assert answer.json()["events"] == ["universal-review", "obligation"]
    assert "no-store" in answer["Cache-Control"]
    assert program.get(made["Location"]).json() == answer.json()
    refused = changed(program_of(person), made["Location"], {"events": ["review"]})
    assert problem(refused)["status"] == 403
    assert "PATCH" in program.options(made["Location"])["Allow"]
    program.post(HERE, {"address": ADDRESS}, content_type="application/json")
    said = problem(changed(program, made["Location"], {"events": list(EVENTS)[:6]}))["errors"]
    assert [(each["field"], each["code"]) for each in said] == [("events", "same")]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "events"),
        ({"events": []}, "events"),
        ({"events": ["party"]}, "events.0"),
        ({"events": None}, "events"),
        ({"events": ["review"], "address": "https://other.example.org/"}, "address"),
        ({"events": ["review"], "state": "IDN"}, "state"),
        (["review"], ""),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_by_field(body: object, field: str) -> None:
    program = program_of(UserFactory.create(), Scope.WEBHOOKS)
    made = program.post(HERE, {"address": ADDRESS}, content_type="application/json")
    said = problem(changed(program, made["Location"], body))
    assert (said["status"], said["errors"][0]["field"]) == (400, field)
    assert program.get(made["Location"]).json()["events"] == list(EVENTS)[:6]
