"""Every status page speaks of a day: the control is there, and what it leads to keeps the day."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse

from config.public_pages import STATUS_PAGES
from reporting.models import StateParty, Treaty
from tests.factories import SessionFactory, UserFactory
from tests.views.addresses import PLACES
from tests.views.cast import as_, ministry_of
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
DAY = "2017-12-31"
# What has no day of its own: files are looked at where they are linked, feeds and calendars tell of
# now, and two days are compared by their own names.
WITHOUT = {
    "overview-history",
    "table-file",
    "export-file",
    "compare",
    "compare-file",
    "changes-feed",
    "calendar",
    "state-calendar",
    "api-document",
}
PAGES = [name for name in STATUS_PAGES if name.removeprefix("reporting:") not in WITHOUT]
DATED = {*PAGES, "reporting:table-file", "reporting:export-file"}


def shown(visitor: Client, name: str) -> tuple[str, Page]:
    address = reverse(name, kwargs=PLACES[name]() if name in PLACES else {})
    answer = visitor.get(f"{address}?as_at={DAY}")
    assert answer.status_code == 200
    return address, Page(answer)


def test_every_page_that_needs_no_day_is_one() -> None:
    assert {f"reporting:{name}" for name in WITHOUT} < set(STATUS_PAGES)
    assert {"reporting:dashboard", "reporting:state", "reporting:table"} < set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_status_page_has_the_control_and_shows_the_day(visitor: Client, name: str) -> None:
    address, page = shown(visitor, name)
    assert page.having("form", id="day", action=address)
    assert page.having("input", id="as_at", value=DAY)
    assert "As at 31 December 2017" in page.text


@pytest.mark.parametrize("name", PAGES)
def test_what_a_status_page_leads_to_keeps_the_day(visitor: Client, name: str) -> None:
    address, page = shown(visitor, name)
    forgotten = []
    for link in page.having("a"):
        parts = urlsplit(link["href"] if link.get("href", "/").startswith("/") else address)
        to_today = "today" in link.get("class", "") or parts.path == address
        if to_today or resolve(parts.path).view_name not in DATED:
            continue
        if parse_qs(parts.query).get("as_at") != [DAY]:
            forgotten.append(link["href"])
    assert forgotten == []


@pytest.mark.parametrize("name", PAGES)
def test_a_day_that_is_none_is_said_on_every_status_page(visitor: Client, name: str) -> None:
    address = reverse(name, kwargs=PLACES[name]() if name in PLACES else {})
    for text in ("31.12.2017", "2017", "9999-12-31"):
        answer = visitor.get(f"{address}?as_at={text}")
        assert answer.status_code == 200
        page = Page(answer)
        assert "The page shows" in page.text
        assert page.having("input", id="as_at", **{"aria-invalid": "true"})


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_today_names_no_day_in_its_links(visitor: Client, name: str) -> None:
    address = reverse(name, kwargs=PLACES[name]() if name in PLACES else {})
    page = Page(visitor.get(address))
    assert [link["href"] for link in page.having("a") if "as_at=" in link.get("href", "")] == []


@pytest.mark.parametrize("name", ["reporting:tables", "reporting:table", "reporting:exports"])
def test_every_file_that_a_page_leads_to_is_of_its_day(visitor: Client, name: str) -> None:
    _address, page = shown(visitor, name)
    files = [
        link["href"] for link in page.having("a") if "download" in link and ".csv" in link["href"]
    ]
    assert files
    for address in files:
        answer = visitor.get(address)
        assert f"-{DAY}." in answer["Content-Disposition"]
        assert b"".join(answer)


@pytest.mark.parametrize(
    "path", ["/inbox/", "/sessions/", "/sessions/45/", "/planner/", "/reminders/"]
)
def test_a_page_that_plans_from_today_says_that_it_knows_no_other_day(path: str) -> None:
    SessionFactory.create(treaty=Treaty.objects.get(code="CMW"))
    desk = as_(UserFactory.create())
    sentence = "This page plans from today, 22 November 2026, and knows no other day."
    assert sentence in Page(desk.get(f"{path}?as_at={DAY}")).text
    assert sentence not in Page(desk.get(path)).text
    page = Page(desk.get(f"{path}?as_at=junk"))
    assert "“junk” is not a day on the calendar." in page.text
    assert page.has_problem


def test_the_page_of_a_ministry_says_that_it_knows_no_other_day() -> None:
    ministry = as_(ministry_of(StateParty.objects.get(state__iso3="IDN")))
    sentence = "This page plans from today, 22 November 2026, and knows no other day."
    assert sentence in Page(ministry.get(f"/my/?as_at={DAY}")).text
    assert sentence not in Page(ministry.get("/my/")).text
    assert Page(ministry.get("/my/?as_at=junk")).has_problem
