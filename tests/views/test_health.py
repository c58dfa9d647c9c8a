"""`/healthz`: whether alerts go out."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.test import Client

from config.celery import app
from reporting.services.heartbeat import beat
from reporting.views import health
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _just_started(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(health, "UP_SINCE", NOW)
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _ask_anew() -> None:
    health._lately.clear()


def test_it_is_well_at_the_start_and_while_everybody_is_seen(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    beat(process="worker", now=NOW)
    beat(process="beat", now=NOW)
    assert client.get("/healthz").content == b"ok"


def test_it_says_who_is_silent(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = NOW - timedelta(hours=1)
    monkeypatch.setattr(health, "UP_SINCE", seen)
    beat(process="worker", now=seen)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.content.decode().splitlines() == [
        "The worker has been silent since 22 November 2026, 11:00 UTC; no alert goes out.",
        "The beat has never been seen; no alert goes out.",
    ]


def test_it_says_that_the_database_cannot_be_asked_and_no_more(client: Client) -> None:
    def gone(*_args: Any) -> None:
        message = "connection to server at db.example.org failed for user reporting"
        raise OperationalError(message)

    with connection.execute_wrapper(gone):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"The database cannot be asked.")


def test_a_process_that_lives_says_so_without_asking_anybody(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/livez")
    assert (answer.status_code, answer.content) == (200, b"ok")


def seen_now() -> None:
    for process in ("worker", "beat"):
        beat(process=process, now=NOW)


def test_everything_is_ready(client: Client) -> None:
    seen_now()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "ready": True,
            "parts": dict.fromkeys(("database", "migrations", "processes", "broker", "mail"), "ok"),
        },
    )


def test_a_part_that_is_not_ready_is_named_with_a_sentence(
    client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_OUTBOX = None
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    monkeypatch.setattr(app.conf, "broker_write_url", "redis://127.0.0.1:9/0")
    monkeypatch.setattr(health, "UP_SINCE", NOW - timedelta(hours=1))
    beat(process="beat", now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'axes'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    parts = answer.json()["parts"]
    assert parts["database"] == "ok"
    assert parts["migrations"].startswith("The database lacks ")
    assert parts["broker"] == "The broker does not answer; tasks wait."
    assert parts["mail"] == "The mail server does not answer; alerts wait."


def test_a_silent_worker_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "UP_SINCE", NOW - timedelta(hours=1))
    beat(process="beat", now=NOW)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["processes"] == (
        "The worker has never been seen; no alert goes out."
    )


def test_a_database_that_cannot_be_asked_is_not_ready_and_no_more_is_said(client: Client) -> None:
    def gone(*_args: Any) -> None:
        message = "connection to server at db.example.org failed for user reporting"
        raise OperationalError(message)

    with connection.execute_wrapper(gone):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["database"] == "The database cannot be asked."
    assert b"example.org" not in answer.content


def test_whoever_asks_often_does_not_have_the_parts_asked_each_time(
    client: Client, django_assert_num_queries: Any
) -> None:
    seen_now()
    client.get("/readyz")
    with django_assert_num_queries(0):
        assert client.get("/readyz").status_code == 200
