"""A fixed today, and programs."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from reporting.models import Scope, User
from reporting.services.api_token import make_api_token
from tests.factories import NOW


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def program_of(person: User, scope: str = Scope.READ) -> Client:
    """Return a program that shows a token of the person."""
    token = make_api_token(user=person, name="Program", scope=scope, at=NOW)
    return Client(headers={"Authorization": f"Bearer {token}"})


def problem(answer: Any) -> dict[str, Any]:
    """Return the members of a problem, whose status is that of the answer."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    body: dict[str, Any] = answer.json()
    assert body["status"] == answer.status_code
    return body


def pages(client: Client, address: str) -> Iterator[dict[str, Any]]:
    """Go through a list part by part, as a program does."""
    sign, cursor = ("&" if "?" in address else "?"), ""
    while True:
        body = client.get(f"{address}{cursor}").json()
        yield from body["results"]
        if body["next"] is None:
            return
        cursor = f"{sign}cursor={body['next']}"
