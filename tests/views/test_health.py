"""`/healthz`: whether alerts go out."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client

from reporting.services.heartbeat import beat
from reporting.views import health
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _just_started(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(health, "UP_SINCE", NOW)
    with time_machine.travel(NOW, tick=False):
        yield


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
