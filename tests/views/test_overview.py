"""The overview: sentences and tables of a day, the slider's years, the history for the script."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reporting.models import Revision, State
from tests.factories import UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
# How the map asks for the States.
OF_THE_MAP = 'SELECT "reporting_state"."iso3"'
PICTURES = ["overdue", "due", "received", "waiting"]


def shown(client: Client, query: str = "") -> Any:
    response = client.get(f"/overview/{query}")
    assert response.status_code == 200
    return response


def test_each_picture_says_in_a_sentence_what_it_shows(visitor: Client) -> None:
    text = Page(shown(visitor)).text
    for sentence in (
        "60 States parties. Overdue: 8; Due soon: 1; Unconfirmed: 51.",
        "11 reports of 8 States overdue: 8 initial and 3 periodic. Overdue for 10 years or more: 0.",
        "60 due dates fall between Q4 2026 and Q4 2031: 9 by the treaty, 0 set by the Committee",
        ", 51 estimated. Most fall in Q2 2029 (8).",
        "35 reports received on a day that is on record: 1 on time, 31 late, 3 without a due date.",
        "1 report waiting to be considered. The highest count: 4, first on 30 June 2020.",
    ):
        assert sentence in text


def test_the_numbers_of_each_picture_stand_beneath_it_as_an_open_table(visitor: Client) -> None:
    response = shown(visitor, "?as_at=2017-12-31")
    page = Page(response)
    assert len(page.having("details", class_="picture-numbers", open="")) == 5
    pictures = {picture.name: picture for picture in response.context["pictures"]}
    assert list(pictures) == PICTURES
    assert pictures["overdue"].rows == [
        ["less than 5 years", 3, 5, 4],
        ["5 to under 10 years", 2, 2, 3],
        ["10 years or more", 1, 0, 1],
    ]
    assert pictures["overdue"].total == [6, 7, 8]
    assert "less than 5 years 3 5 4 5 to under 10 years 2 2 3" in page.text


def test_the_script_reads_what_the_tables_show(visitor: Client) -> None:
    response = shown(visitor, "?as_at=2017-12-31")
    _before, _tag, rest = response.content.decode().partition('<script id="frame"')
    frame = json.loads(rest.partition(">")[2].partition("</script>")[0])
    for picture in response.context["pictures"]:
        assert frame["pictures"][picture.name]["rows"] == picture.rows
    groups = {group.name: group.codes for group in response.context["map"].groups if group.codes}
    assert frame["map"]["groups"] == groups
    assert frame["states"]["CPV"] == {"name": "Cabo Verde", "m49": "132", "at": [-23.6, 15.1]}
    assert frame["query"] == "?as_at=2017-12-31"


def test_a_state_on_the_map_is_a_link_in_the_table(visitor: Client) -> None:
    page = Page(shown(visitor, "?as_at=2017-12-31"))
    links = page.having("a", href="/states/CPV/?as_at=2017-12-31")
    assert len(links) == 1
    assert "do not imply official endorsement or acceptance by the United Nations" in page.text


def test_a_canvas_is_hidden_until_a_script_draws_on_it(visitor: Client) -> None:
    page = Page(shown(visitor))
    assert len(page.having("div", class_="picture-canvas", hidden="")) == 5
    assert len(page.having("canvas", role="img")) == 5


@pytest.mark.parametrize(
    ("year", "address"),
    [
        ("2003", "/overview/?as_at=2003-12-31"),
        ("2025", "/overview/?as_at=2025-12-31"),
        ("2026", "/overview/"),
    ],
)
def test_a_year_of_the_slider_leads_to_its_last_day(
    visitor: Client, year: str, address: str
) -> None:
    response = visitor.get("/overview/", {"year": year, "as_at": "2017-12-31"})
    assert (response.status_code, response["Location"]) == (302, address)


@pytest.mark.parametrize("year", ["2002", "2027", "abc", "%00", "9" * 5000, "-2010", "2010.5"])
def test_what_is_no_year_of_the_treaty_is_refused_in_words(visitor: Client, year: str) -> None:
    page = Page(shown(visitor, f"?as_at=2017-12-31&year={year}"))
    assert page.has_problem
    assert "is not a year from 2003 to 2026" in page.text
    assert "Overview as at 31 December 2017" in page.text


@pytest.mark.parametrize(
    ("day", "year"), [("0001-01-01", "2003"), ("2017-12-31", "2017"), ("2031-01-01", "2026")]
)
def test_the_slider_stands_at_the_year_that_is_shown(visitor: Client, day: str, year: str) -> None:
    slider = Page(shown(visitor, f"?as_at={day}")).having("input", id="year")[0]
    assert (slider["type"], slider["min"], slider["max"]) == ("range", "2003", "2026")
    assert slider["value"] == year


def test_the_history_has_a_frame_for_each_year_as_the_page_of_its_last_day(
    visitor: Client,
) -> None:
    history = visitor.get("/overview/history.json").json()
    assert [frame["year"] for frame in history["frames"]] == list(range(2003, 2027))
    frame = history["frames"][14]
    assert (frame["query"], history["frames"][-1]["query"]) == ("?as_at=2017-12-31", "")
    for picture in shown(visitor, "?as_at=2017-12-31").context["pictures"]:
        assert frame["pictures"][picture.name] == picture.numbers
    assert set(history["states"]) >= set(frame["map"]["groups"]["overdue"])


def test_each_frame_says_its_day_as_the_page_of_that_day_does(visitor: Client) -> None:
    frames = visitor.get("/overview/history.json").json()["frames"]
    for frame in (frames[14], frames[-1]):
        html = " ".join(shown(visitor, frame["query"]).content.decode().split())
        for part in ("heading", "dayLine"):
            assert " ".join(frame[part].split()) in html
    assert "31 December 2017" in frames[14]["heading"]
    assert "As at today" in frames[-1]["dayLine"]


def test_only_the_overview_loads_what_draws(visitor: Client) -> None:
    assert "vendor/chart.js" in shown(visitor).content.decode()
    for address in ("/", "/states/", "/states/IDN/"):
        assert "vendor/chart" not in visitor.get(address).content.decode()


def test_the_dashboard_leads_to_the_pictures_of_its_day(visitor: Client) -> None:
    page = Page(visitor.get("/?as_at=2017-12-31"))
    assert len(page.having("a", href="/overview/?as_at=2017-12-31")) == 2


def test_it_asks_at_most_eleven_questions_of_the_database(
    visitor: Client, django_assert_max_num_queries: Any
) -> None:
    visitor.force_login(UserFactory.create())
    shown(visitor)  # counts the inbox for the secretariat, which is remembered
    with django_assert_max_num_queries(11):
        shown(visitor, "?as_at=2017-12-31")
    with django_assert_max_num_queries(11):
        visitor.get("/overview/history.json")


def test_the_map_leads_to_its_table_where_a_finger_cannot_hit_a_small_state(
    visitor: Client,
) -> None:
    page = Page(shown(visitor))
    assert page.having("a", href="#map-states")
    assert page.having("table", id="map-states")


def drawn_parts(client: Client, address: str) -> str:
    """Return the pictures of a page, and what the script draws."""
    html = client.get(address).content.decode()
    return html[html.index('id="pictures"') : html.index("</script>", html.index('id="frame"'))]


@pytest.mark.parametrize("address", ["/overview/", "/compliance/"])
def test_what_is_drawn_for_one_is_shown_to_all_and_holds_nothing_of_anybody(
    visitor: Client, address: str
) -> None:
    person = UserFactory.create(name="Ana Torres", email="ana@example.org")
    desk = as_(person)
    first = drawn_parts(desk, address)
    with CaptureQueriesContext(connection) as again:
        assert drawn_parts(visitor, address) == first
    assert not [each["sql"] for each in again if each["sql"].startswith(OF_THE_MAP)]
    for mine in ("Ana", "ana@example.org", "nonce", "csrf", str(desk.session.session_key)):
        assert mine not in first


@pytest.mark.parametrize("address", ["/overview/", "/compliance/"])
def test_a_change_is_drawn_at_once_and_in_every_language(visitor: Client, address: str) -> None:
    before, states = drawn_parts(visitor, address), State.objects.filter(iso3="MEX")
    assert "Mexico" in before
    assert "Mexique" in drawn_parts(Client(headers={"Accept-Language": "fr"}), address)
    states.update(name="Tenochtitlan")
    assert drawn_parts(visitor, address) == before
    Revision.objects.renew()  # as whoever renames a State does
    assert "Tenochtitlan" in drawn_parts(visitor, address)


@pytest.mark.parametrize(
    "address",
    ["/overview/?as_at=2017-12-31", "/compliance/?as_at=2017-12-31", "/compliance/?treaty=NONE"],
)
def test_what_anybody_can_think_of_is_drawn_each_time_and_kept_nowhere(
    visitor: Client, address: str
) -> None:
    drawn_parts(visitor, address)
    with CaptureQueriesContext(connection) as again:
        drawn_parts(visitor, address)
    assert [each["sql"] for each in again if each["sql"].startswith(OF_THE_MAP)]
