"""Every error has one form, and tokens are asked for and refused in it."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError
from django.test import Client
from django.utils.translation import override

from reporting.api.lists import States
from reporting.models import ApiToken
from tests.api.conftest import problem, program_of
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("recorded")


@pytest.mark.parametrize(
    "address", ["/api/", "/api/v1/nothing", "/api/v2/states", "/api/v1/states/"]
)
def test_what_is_not_there_is_a_problem_whatever_the_method(address: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        answer = Client().generic(method, address)
        assert problem(answer)["detail"] == "The API has no such address. See /api/v1/schema."
        assert answer.status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_another_method_is_refused_with_those_that_there_are(method: str) -> None:
    answer = Client().generic(method, "/api/v1/states")
    assert problem(answer)["status"] == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_what_may_be_asked_is_answered_whoever_asks() -> None:
    allowed = {
        "/api/v1/states": "GET, HEAD, OPTIONS",
        "/api/v1/submissions": "GET, POST, HEAD, OPTIONS",
        "/api/v1/webhooks/1": "GET, PATCH, DELETE, HEAD, OPTIONS",
        "/api/v1/schema": "GET, HEAD, OPTIONS",
    }
    for address, methods in allowed.items():
        answer = Client().options(address, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.content, answer["Allow"]) == (204, b"", methods)


def test_another_media_type_than_json_is_not_to_be_had() -> None:
    assert problem(Client(headers={"Accept": "text/html"}).get("/api/v1/states"))["status"] == 406


@pytest.mark.parametrize(
    "shown", ["Bearer rtt_wrong", "Bearer", "Basic YTpi", "Bearer %s" % ("x" * 999), "Bearer \xff"]
)
def test_a_token_that_does_not_work_is_refused_even_where_visitors_may_read(shown: str) -> None:
    answer = Client(headers={"Authorization": shown}).get("/api/v1/states")
    assert (problem(answer)["status"], answer["WWW-Authenticate"]) == (401, 'Bearer realm="api"')


def test_a_token_that_was_ended_and_one_of_a_closed_account_are_refused() -> None:
    person = UserFactory.create()
    program = program_of(person)
    assert program.get("/api/v1/states").status_code == 200
    assert ApiToken.objects.get().last_used_at is not None
    person.is_active = False
    person.save()
    assert program.get("/api/v1/states").status_code == 401
    person.is_active = True
    person.save()
    ApiToken.objects.all().delete()
    assert program.get("/api/v1/states").status_code == 401


def test_whoever_needs_a_second_step_and_has_none_has_no_program(settings: LazySettings) -> None:
    settings.SECOND_FACTOR_FOR = ["secretariat"]
    program = program_of(UserFactory.create(role="secretariat"))
    body = problem(program.get("/api/v1/states"))
    assert body["detail"].startswith("Your role needs a second step to sign in.")


def test_who_asks_too_often_is_told_when_to_come_again(settings: LazySettings) -> None:
    settings.RATE_LIMITS = {"api": "2/d"}
    program = program_of(UserFactory.create())
    for _time in range(2):
        assert Client().get("/api/v1/states").status_code == 200
        assert program.get("/api/v1/states").status_code == 200
    for client in (Client(), program):
        answer = client.get("/api/v1/states")
        assert problem(answer)["status"] == 429
        assert 1 <= int(answer["Retry-After"]) <= 24 * 60 * 60
    assert program_of(UserFactory.create()).get("/api/v1/states").status_code == 200


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("gone"), 503), (ZeroDivisionError(), 500)]
)
def test_a_fault_of_ours_is_a_problem_too(
    error: Exception, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: Any, **_more: Any) -> None:
        raise error

    monkeypatch.setattr(States, "found", broken)
    answer = Client(raise_request_exception=False).get("/api/v1/states")
    body = problem(answer)
    assert body["status"] == status
    assert "gone" not in body["detail"]
    assert answer.headers.get("Retry-After") == ("10" if status == 503 else None)


def test_an_answer_is_as_safe_as_that_of_a_page() -> None:
    answer = Client().get("/api/v1/states")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Introuvable"), ("zh-hans", "未找到"), ("id", "Tidak ditemukan")]
)
def test_the_title_is_in_the_language_that_was_asked_for(language: str, title: str) -> None:
    with override(language):
        body = problem(Client(headers={"Accept-Language": language}).get("/api/v1/states/XXX"))
    assert (body["status"], body["title"]) == (404, title)
