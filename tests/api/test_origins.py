"""Pages of other origins may ask the API where the operator names them, and nothing else."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

pytestmark = pytest.mark.usefixtures("recorded")
ORIGIN = "https://tracker.example.org"
ALLOWED = "Access-Control-Allow-Origin"
HERE = "/api/v1/states"


def ask(address: str = HERE, origin: str = ORIGIN) -> Any:
    return Client().get(address, headers={"Origin": origin})


def ask_before(method: str) -> Any:
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": method}
    return Client().options(HERE, headers=asked)


def test_without_the_setting_no_other_origin_reads_an_answer() -> None:
    assert ALLOWED not in ask().headers
    assert ALLOWED not in ask_before("GET").headers


def test_an_origin_that_is_named_reads_the_api_and_sees_what_it_needs(
    settings: LazySettings,
) -> None:
    settings.CORS_ALLOWED_ORIGINS = [ORIGIN]
    answer = ask()
    assert (answer.status_code, answer[ALLOWED]) == (200, ORIGIN)
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    before = ask_before("POST")
    assert (before.status_code, before[ALLOWED]) == (200, ORIGIN)
    assert "authorization" in before["Access-Control-Allow-Headers"]
    assert ALLOWED not in ask(origin="https://elsewhere.example").headers


def test_no_page_of_ours_is_read_by_another_origin(settings: LazySettings) -> None:
    settings.CORS_ALLOWED_ORIGINS = [ORIGIN]
    for address in ("/", "/states/IDN/", "/exports/obligations.json", "/account/tokens/"):
        assert ALLOWED not in ask(address).headers


def test_errors_are_read_too(settings: LazySettings) -> None:
    settings.CORS_ALLOWED_ORIGINS = [ORIGIN]
    answer = ask("/api/v1/obligations?status=late")
    assert (answer.status_code, answer[ALLOWED]) == (400, ORIGIN)
