"""The lists of the API say what the pages and the files say."""

import json
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from reporting.models import Submission
from tests.api.conftest import pages, problem, program_of
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("recorded")
LISTS = ("obligations", "submissions", "reviews", "decisions")
SIGNS = {"\u2066", "\u2068", "\u2069", "\u200f"}
EXPORTED = "/exports/{}.json?{}"


def exported(client: Client, name: str, query: str) -> list[dict[str, Any]]:
    answer: Any = client.get(EXPORTED.format(name, query))
    rows: list[dict[str, Any]] = json.loads(b"".join(answer.streaming_content))
    return rows


def same(value: Any) -> Any:
    """Return what a cell of a file says, for what an answer says."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(value) or None
    return value or None


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["as_at=2017-12-31", "state=IDN", "region=african&q=a"])
def test_a_list_says_what_the_file_of_that_name_says(name: str, query: str) -> None:
    client = Client()
    more = "&closed=yes" if name == "obligations" else ""
    rows = exported(client, name, query + more)
    lines = list(pages(client, f"/api/v1/{name}?limit=7&{query}{more.replace('yes', 'true')}"))
    assert rows
    left_out = {"as_at", "received_source"}

    shared = [name for name in rows[0] if name not in left_out]
    of_file = sorted(json.dumps([same(row[name]) for name in shared]) for row in rows)
    of_list = sorted(json.dumps([same(line[name]) for name in shared]) for line in lines)
    assert of_list == of_file
    assert len({line["id"] for line in lines}) == len(lines)


@pytest.mark.parametrize(
    "query", ["status=overdue", "status=overdue&status=backlog", "band=5-10", "kind=initial+report"]
)
def test_obligations_have_the_filters_of_the_files(query: str) -> None:
    client = Client()
    rows = exported(client, "obligations", query)
    lines = list(pages(client, f"/api/v1/obligations?{query}"))
    assert 0 < len(lines) < 200
    assert sorted(row["due_on"] for row in rows) == sorted(line["due_on"] for line in lines)


def test_states_are_told_with_their_treaties_and_found_by_name() -> None:
    body = Client().get("/api/v1/states?q=indonesia").json()
    assert body == {
        "results": [
            {
                "iso3": "IDN",
                "m49": "360",
                "name": "Indonesia",
                "region": "asia-pacific",
                "treaties": ["CMW"],
            }
        ],
        "next": None,
    }
    assert len(list(pages(Client(), "/api/v1/states?limit=11"))) == 60


def test_a_state_party_is_told_with_its_entry_into_force() -> None:
    body = Client().get("/api/v1/state-parties?state=idn").json()
    (party,) = body["results"]
    assert (body["as_at"], party["treaty"], party["action"]) == (
        "2026-11-22",
        "CMW",
        "ratification",
    )
    assert (party["deposited_on"], party["deposited_on_precision"]) == ("2012-05-31", "day")
    assert party["entry_into_force"] == "2012-09-01"
    before = Client().get("/api/v1/state-parties?state=IDN&as_at=2012-05-30").json()
    assert before["results"] == []


def test_the_words_are_in_the_language_that_is_asked_for() -> None:
    french = {"Accept-Language": "fr"}
    (party,) = Client(headers=french).get("/api/v1/state-parties?state=EGY").json()["results"]
    english = Client().get("/api/v1/state-parties?state=EGY").json()["results"][0]
    assert english["state"] == "Egypt"
    assert party["state"] in {"Égypte", "Egypt"}  # where the language is offered


def test_the_list_of_a_treaty_holds_at_once_what_was_recorded_and_no_more_what_is_gone() -> None:
    address = "/api/v1/submissions?treaty=CMW&limit=150"
    before = {line["id"] for line in pages(Client(), address)}
    report = Submission.objects.filter(kind="report").latest("pk")
    gone = report.pk
    report.pk, report.symbol = None, "CMW/C/XYZ/9"
    report.save()
    Submission.objects.filter(pk=gone).delete()
    after = {line["id"] for line in pages(Client(), address)}
    assert after == before - {gone} | {report.pk}


def test_a_language_that_there_is_not_is_refused() -> None:
    refused = Client().get("/api/v1/states?language=tlh")
    assert refused.status_code == 400
    assert "“tlh” is no language of these answers." in refused.content.decode()
    assert Client().get("/api/v1/states?language=FR").status_code == 200


def test_what_programs_read_in_arabic_is_in_arabic_and_without_signs_that_nobody_sees(
    settings: LazySettings,
) -> None:
    settings.LANGUAGES_OFFERED = ["en", "ar"]
    report = Submission.objects.filter(state_party__state__iso3="IDN").latest("pk")
    Submission.objects.filter(pk=report.pk).update(
        source="filed by the State party, sent on 2026-11-02"
    )
    for name in LISTS:
        query = "state=IDN&language=ar"
        for line in pages(Client(), f"/api/v1/{name}?{query}"):
            told = [each for column, each in line.items() if column != "explanation"]
            assert not SIGNS & set(json.dumps(told, ensure_ascii=False))
            if name == "submissions" and line["id"] == report.pk:
                assert line["source"] == "مقدَّم من الدولة الطرف، وأُرسل في 2 نوفمبر 2026"
    rows = exported(Client(), "submissions", "state=IDN&language=ar")
    assert "مقدَّم من الدولة الطرف، وأُرسل في 2 نوفمبر 2026" in [row["source"] for row in rows]


def test_what_has_not_changed_is_not_sent_again() -> None:
    client = Client()
    first = client.get("/api/v1/obligations?state=IDN")
    known = {"If-None-Match": first["ETag"]}
    assert client.get("/api/v1/obligations?state=IDN", headers=known).status_code == 304
    assert client.get("/api/v1/obligations?state=SYR", headers=known).status_code == 200
    report = Submission.objects.filter(state_party__state__iso3="IDN").earliest("pk")
    report.note = "Corrected"
    report.save()
    again = client.get("/api/v1/obligations?state=IDN", headers=known)
    assert (again.status_code, again["ETag"] == first["ETag"]) == (200, False)
    wrong = client.get("/api/v1/obligations?state=IDN", headers={"If-Match": '"other"'})
    assert problem(wrong)["status"] == 412


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("as_at=2017-13-31", "as_at", "Date has wrong format"),
        ("as_at=2999-01-01", "as_at", "The timetable reaches ten years ahead."),
        ("state=XXX", "state", "“XXX” is the code of no State party on record."),
        ("treaty=ABC", "treaty", "“ABC” is no treaty here."),
        ("status=late", "status", '"late" is not a valid choice.'),
        ("limit=501", "limit", "less than or equal to 500"),
        ("limit=0", "limit", "greater than or equal to 1"),
        ("cursor=next", "cursor", "does not match the required pattern"),
        ("cursor=99999999999999999999", "cursor", "does not match the required pattern"),
        ("q=%00", "q", "Null characters are not allowed."),
        ("statsu=overdue", "statsu", "There is no such parameter here."),
        ("treaty=CMW&treaty=CMW", "treaty", "“treaty” is given more than once; give it once."),
        ("as_at=2026-01-01&as_at=2025-01-01", "as_at", "“as_at” is given more than once"),
        ("language=fr&language=en", "language", "“language” is given more than once"),
        ("status=upcoming&status=overdue&q=a&q=b", "q", "“q” is given more than once"),
        ("state=", "state", "“state” is empty; give it a value, or leave it out."),
        ("treaty=+", "treaty", "“treaty” is empty; give it a value, or leave it out."),
        ("as_at=", "as_at", "“as_at” is empty"),
        ("cursor=", "cursor", "“cursor” is empty"),
        ("closed=", "closed", "“closed” is empty"),
        ("status=", "status", "“status” is empty"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(query: str, field: str, said: str) -> None:
    body = problem(Client().get(f"/api/v1/obligations?{query}"))
    (error,) = body["errors"]
    assert (body["status"], body["title"], error["field"]) == (400, "Bad Request", field)
    assert said in error["detail"]


@pytest.mark.parametrize("name", ["states", "state-parties", *LISTS, "changes"])
def test_a_list_is_for_whoever_may_see_the_status_pages(name: str, settings: Any) -> None:
    address = f"/api/v1/{name}?limit=1"
    assert Client().get(address).status_code == 200
    settings.PUBLIC_STATUS_PAGES = False
    answer = Client().get(address)
    assert (problem(answer)["status"], answer["WWW-Authenticate"]) == (401, 'Bearer realm="api"')
    assert program_of(UserFactory.create()).get(address).status_code == 200


@pytest.mark.parametrize("name", ["states", "state-parties", *LISTS, "changes"])
def test_a_list_asks_a_fixed_number_of_queries(
    name: str, django_assert_max_num_queries: Any
) -> None:
    for limit in (1, 500):
        with django_assert_max_num_queries(12):
            Client().get(f"/api/v1/{name}?limit={limit}")
