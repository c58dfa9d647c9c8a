"""The lists of what is of a State beside its treaties."""

import json
from typing import Any

import pytest
from django.test import Client

from reporting.models import State
from tests.api.conftest import pages, problem
from tests.factories import CoreDocumentFactory, UniversalReviewFactory, partial

pytestmark = pytest.mark.usefixtures("recorded")
LISTS = ("core-documents", "universal-reviews")


@pytest.fixture(autouse=True)
def _beside_treaties(recorded: None) -> None:
    for iso3 in ("IDN", "SYR", "FJI"):
        state = State.objects.get(iso3=iso3)
        CoreDocumentFactory.create(state=state, symbol=f"HRI/CORE/{iso3}/2010")
        UniversalReviewFactory.create(state=state, cycle=3, reviewed_on=partial("2017-05-03"))
        UniversalReviewFactory.create(state=state)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "query", ["", "state=IDN", "as_at=2018-01-01&q=syr", "region=asia-pacific"]
)
def test_a_list_says_what_the_file_of_that_name_says(name: str, query: str) -> None:
    client = Client()
    answer: Any = client.get(f"/exports/{name}.json?{query}")
    rows: list[dict[str, Any]] = json.loads(b"".join(answer.streaming_content))
    lines = list(pages(client, f"/api/v1/{name}?limit=2&{query}"))
    assert rows
    for row in rows:
        del row["as_at"]
    assert len({line.pop("id") for line in lines}) == len(lines)
    as_text = [
        sorted(json.dumps(each, sort_keys=True) for each in found) for found in (rows, lines)
    ]
    assert as_text[0] == as_text[1]


@pytest.mark.parametrize("name", LISTS)
def test_what_has_not_changed_is_not_sent_again(name: str) -> None:
    address = f"/api/v1/{name}"
    first = Client().get(address)
    known = {"If-None-Match": first["ETag"]}
    assert Client().get(address, headers=known).status_code == 304
    document = CoreDocumentFactory.create(state=State.objects.get(iso3="LKA"))
    assert Client().get(address, headers=known).status_code == 200
    file = f"/exports/{name}.csv"
    known = {"If-None-Match": Client().get(file)["ETag"]}
    document.delete()
    assert Client().get(file, headers=known).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_they_are_of_no_treaty_and_closed_with_the_pages(name: str, settings: Any) -> None:
    refused = problem(Client().get(f"/api/v1/{name}?treaty=CMW"))
    assert refused["errors"][0]["field"] == "treaty"
    settings.PUBLIC_STATUS_PAGES = False
    assert Client().get(f"/api/v1/{name}").status_code == 401
