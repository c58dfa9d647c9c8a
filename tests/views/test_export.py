"""What is on record, as files at their addresses."""

import csv
import json
from collections import Counter
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client
from openpyxl import load_workbook

from reporting.exports.records import EXPORTS
from tests.factories import StatePartyFactory
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")


def rows(client: Client, query: str, name: str = "obligations") -> list[dict[str, Any]]:
    answer: Any = client.get(f"/exports/{name}.json{query}")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = json.loads(b"".join(answer.streaming_content))
    return found


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?as_at=2017-12-31&status=overdue&band=5-10",
        "?as_at=2020-01-01&sort=-due&kind=report",
        "?status=backlog&status=upcoming&region=african",
        "?q=syria",
    ],
)
def test_a_file_holds_what_the_dashboard_lists_in_its_order(visitor: Client, query: str) -> None:
    shown = []
    address: str = f"/{query}"
    while address:
        results = visitor.get(address).context["results"]
        shown += [(row.state, row.report, str(row.due or ""), row.status) for row in results.rows]
        address = results.next_url
    found = rows(visitor, query)
    assert shown == [
        (row["state"], row["report"], row["due_on"] or "", row["status"]) for row in found
    ]
    assert shown


def test_the_dashboard_leads_to_the_files_with_what_was_chosen(visitor: Client) -> None:
    query = "?as_at=2017-12-31&status=overdue&region=african&sort=state"
    page = Page(visitor.get(f"/{query}"))
    (link,) = page.having("a", href=f"/exports/{query}")
    listed = Page(visitor.get(link["href"]))
    assert "Status: Overdue; Regional group: African States" in listed.text
    hrefs = [attrs["href"] for attrs in listed.having("a", download="")]
    assert Counter(urlsplit(href).path.partition(".")[2] for href in hrefs) == {
        "csv": len(EXPORTS),
        "xlsx": len(EXPORTS),
        "json": len(EXPORTS),
    }
    asked = parse_qs(urlsplit(hrefs[0]).query)
    assert asked == parse_qs(query[1:])


def test_the_page_of_a_state_leads_to_all_that_is_on_record_about_it(visitor: Client) -> None:
    page = Page(visitor.get("/states/SYR/?as_at=2024-01-01"))
    query = "?state=SYR&closed=yes&as_at=2024-01-01"
    assert page.having("a", href=f"/exports/{query}")
    assert {row["iso3"] for row in rows(visitor, query)} == {"SYR"}
    assert "met" in {row["status"] for row in rows(visitor, query)}
    for name in ("submissions", "reviews", "decisions"):
        assert {row["iso3"] for row in rows(visitor, query, name)} == {"SYR"}


def test_every_column_is_explained_where_the_files_are(visitor: Client) -> None:
    page = Page(visitor.get("/exports/"))
    assert "due_on_precision day, month or year" in page.text
    ids = [attrs["id"] for attrs in page.having("h2")]
    assert ids == ["narrow-title", *(f"export-{name}" for name in EXPORTS)]


def test_a_file_is_named_after_what_it_holds_and_its_day(visitor: Client) -> None:
    answer: Any = visitor.get("/exports/reviews.csv?as_at=2017-12-31")
    assert answer["Content-Disposition"] == 'attachment; filename="reviews-2017-12-31.csv"'
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert {line["as_at"] for line in csv.DictReader(text.splitlines())} == {"2017-12-31"}
    assert visitor.get("/exports/reviews.csv")["Content-Disposition"].endswith(
        '"reviews-2026-11-22.csv"'
    )


def test_an_empty_file_has_its_heading(visitor: Client) -> None:
    assert rows(visitor, "?q=Atlantis") == []
    answer: Any = visitor.get("/exports/obligations.csv?as_at=1900-01-01")
    assert b"".join(answer.streaming_content).decode("utf-8-sig").startswith("as_at,iso3,state,")


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("as_at=junk", "“junk” is not a day on the calendar."),
        ("as_at=2026-02", "“2026-02” is not a day on the calendar."),
        ("as_at=2999-01-01", "The timetable reaches ten years ahead."),
        ("state=XXX", "“XXX” is the code of no State party on record."),
        ("status=junk", "Status: The address asks for something that is no choice here."),
        ("sort=junk", "The list cannot be sorted by what the address asks for."),
        ("q=" + "a" * 101, "Search for at most 100 characters."),
        ("closed=maybe", "is no choice here."),
        ("language=xx", "“xx” is no language of these answers."),
    ],
)
def test_an_address_that_makes_no_sense_gets_a_sentence_and_no_file(
    visitor: Client, form: str, query: str, sentence: str
) -> None:
    answer = visitor.get(f"/exports/obligations.{form}?{query}")
    assert answer.status_code == 400
    page = Page(answer)
    assert sentence in page.text
    assert "The page shows" not in page.text
    assert "ignored" not in page.text


@pytest.mark.parametrize("address", ["/tables/compliance.csv", "/compare.csv", "/changes.atom"])
def test_what_programs_read_is_not_sent_in_another_language_than_was_asked_for(
    visitor: Client, address: str
) -> None:
    answer = visitor.get(f"{address}?language=xx")
    assert answer.status_code == 400
    assert "“xx” is no language of these answers." in Page(answer).text
    assert visitor.get(f"{address}?language=FR").status_code == 200


@pytest.mark.parametrize(
    "address", ["nothing.csv", "obligations.pdf", "contacts.csv", "obligations"]
)
def test_what_is_no_file_or_no_format_is_not_there(visitor: Client, address: str) -> None:
    assert visitor.get(f"/exports/{address}").status_code == 404


def test_the_files_are_closed_with_the_pages(visitor: Client, settings: LazySettings) -> None:
    settings.PUBLIC_STATUS_PAGES = False
    for address in ("/exports/", "/tables/"):
        assert visitor.get(address)["Location"].startswith("/sign-in/?next=")
    for address in ("/exports/obligations.csv", "/tables/compliance.docx"):
        assert visitor.get(address).status_code == 401


def test_a_text_is_sent_in_the_language_in_which_it_was_asked_for(visitor: Client) -> None:
    answer: Any = visitor.get("/exports/obligations.csv?state=FJI")
    from django.utils.translation import override

    with override("fr"):
        assert "Fiji" in b"".join(answer.streaming_content).decode()


@pytest.mark.parametrize(
    ("query", "told"), [("language=fr", "aucun"), ("state=IDN&language=en", "state=IDN")]
)
def test_the_language_of_a_workbook_is_no_filter(visitor: Client, query: str, told: str) -> None:
    answer = visitor.get(f"/exports/obligations.xlsx?{query}")
    about = load_workbook(BytesIO(answer.getvalue())).worksheets[1]
    assert told in [row[1] for row in about.iter_rows(values_only=True)]


def test_the_form_narrows_the_files_and_keeps_the_day(visitor: Client) -> None:
    given = (
        "as_at=2017-12-31&q=&state=IDN&region=&kind=report&status=overdue&band=&closed=yes&sort="
    )
    page = Page(visitor.get(f"/exports/?{given}"))
    kept = "state=IDN&kind=report&status=overdue&closed=yes&as_at=2017-12-31"
    (link,) = page.having("a", href=f"/exports/obligations.csv?{kept}", download="")
    assert page.having("option", value="IDN", selected="")
    assert page.having("input", name="status", value="overdue", checked="")
    assert page.having("input", name="as_at", value="2017-12-31", form="filters", type="hidden")
    assert visitor.get(link["href"]).status_code == 200
    assert rows(visitor, f"?{kept}") == []
    found = rows(visitor, f"?{kept.replace('status=overdue', 'q=')}")
    assert sorted(str(row["closed_as"]) for row in found) == ["None", "met", "superseded"]


def test_a_choice_that_is_none_is_said_at_the_form(visitor: Client) -> None:
    page = Page(visitor.get("/exports/?state=XXX&kind=novel&q=Egypt"))
    assert page.has_problem
    for name in ("State", "Kind"):
        sentence = "The address asks for something that is no choice here. This filter is ignored."
        assert f"{name}: {sentence}" in page.text
    assert page.having("a", href="/exports/obligations.csv?q=Egypt")


@pytest.mark.parametrize("code", ["idn", "Idn", " idn"])
def test_the_state_that_is_chosen_is_that_of_the_files_however_it_is_written(
    visitor: Client, code: str
) -> None:
    page = Page(visitor.get("/exports/", {"state": code}))
    assert page.having("option", value="IDN", selected="")
    assert page.having("a", href="/exports/obligations.csv?state=IDN")
    assert "State: IDN" in page.text
    assert not page.has_problem
    assert {row["iso3"] for row in rows(visitor, "?state=idn")} == {"IDN"}


def test_a_state_that_is_no_party_to_the_treaty_is_no_choice_and_narrows_nothing(
    visitor: Client,
) -> None:
    other = StatePartyFactory.create(
        state__iso3="USA", state__name="United States", treaty__code="CRC"
    )
    page = Page(visitor.get("/exports/?state=USA"))
    assert page.has_problem
    assert "State: The address asks for something that is no choice here." in page.text
    assert "The files hold what you had chosen" not in page.text
    assert page.having("a", href="/exports/obligations.csv")
    assert rows(visitor, "?state=USA") == []
    there = Page(visitor.get(f"/exports/?state=USA&treaty={other.treaty.code}"))
    assert there.having("option", value="USA", selected="")


@pytest.mark.parametrize(
    "address", ["/exports/obligations.json", "/tables/compliance.csv", "/compare.csv"]
)
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("iso3=IDN", "“iso3” is no parameter of this address. It knows: "),
        ("asat=2017-12-31", "“asat” is no parameter of this address. It knows: "),
        ("%00=1", "“” is no parameter of this address."),
        ("treaty=CMW&treaty=CRC", "“treaty” is given more than once; give it once."),
    ],
)
def test_what_a_file_does_not_know_is_not_taken_for_everything(
    visitor: Client, address: str, query: str, sentence: str
) -> None:
    answer = visitor.get(f"{address}?{query}")
    assert answer.status_code == 400
    assert sentence in Page(answer).text


def test_two_states_are_refused_and_two_statuses_are_not(visitor: Client) -> None:
    answer = visitor.get("/exports/obligations.json?state=IDN&state=EGY")
    assert answer.status_code == 400
    assert "“state” is given more than once; give it once." in Page(answer).text
    found = rows(visitor, "?status=overdue&status=upcoming&language=en&treaty=CMW")
    assert {row["status"] for row in found} == {"overdue", "upcoming"}


def test_what_a_file_knows_is_said(visitor: Client) -> None:
    text = Page(visitor.get("/exports/obligations.json?iso3=IDN")).text
    known = "as_at, band, closed, kind, language, page, q, region, sort, state, status, treaty."
    assert f"It knows: {known}" in text
