"""The pages in a real browser: filters without a reload, no fault that axe finds, narrow screens."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Page, Route
from pypdf import PdfReader

from tests.e2e.conftest import Visit
from tests.e2e.faults import assert_no_fault
from tests.snapshot import Rows, put_back

PAGES = [
    "/",
    "/?as_at=2017-12-31&status=overdue&band=junk",
    "/overview/",
    "/states/",
    "/states/SYR/",
    "/tables/",
    "/tables/compliance/?as_at=2017-12-31",
    "/exports/?status=overdue",
    "/timeline/",
    "/compare/?from=2016-12-31&to=2017-12-31",
    "/changes/?state=IDN",
    "/search/?q=session+27",
    "/sign-in/",
]
WIDE = [
    "/?q=" + "x" * 90,
    "/?as_at=9999-12-31&status=awaiting+consideration",
    "/states/IDN/?as_at=2012-01-01",
    "/no/such/page/",
]


@pytest.fixture(autouse=True)
def _facts(recorded_rows: Rows, transactional_db: None) -> None:
    put_back(recorded_rows)


def test_filtering_changes_the_list_and_the_address_without_a_reload(page: Page) -> None:
    page.goto("/?band=junk")
    page.evaluate("window.stayed = true")
    assert page.get_by_text("There is a problem").is_visible()
    everything = page.locator("#list-count").inner_text()
    page.get_by_label("Overdue", exact=True).check()
    page.wait_for_url("**/?status=overdue")
    assert not page.get_by_text("There is a problem").is_visible()
    statuses = page.locator("tbody .status").all_inner_texts()
    assert set(statuses) == {"Overdue"}
    page.locator("#sort-state").click()
    page.wait_for_url("**/?status=overdue&sort=state")
    assert page.locator("th[aria-sort=ascending]").inner_text() == "State"
    page.get_by_label("Search", exact=True).fill("fiji")
    page.wait_for_url("**/?status=overdue&q=fiji&sort=state")
    assert set(page.locator("tbody th").all_inner_texts()) == {"Fiji"}
    assert page.evaluate("window.stayed") is True
    page.go_back()
    page.wait_for_url("**/?status=overdue&sort=state")
    page.get_by_role("link", name="Clear all filters").click()
    page.wait_for_url("**/?sort=state")
    assert page.locator("#list-count").inner_text() == everything


def test_a_key_leads_to_the_search_and_a_symbol_to_its_row(page: Page) -> None:
    page.goto("/states/")
    page.keyboard.press("Control+k")
    page.keyboard.type("cmw c idn co 1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/states/IDN/#review-*")
    assert "CMW/C/IDN/CO/1" in page.locator("tr:target").inner_text()


def test_axe_finds_no_fault_on_a_narrow_screen(visit: Visit) -> None:
    page = visit("/sign-in/", reduced_motion="reduce", viewport={"width": 360, "height": 800})
    for address in PAGES:
        page.goto(address)
        assert_no_fault(page)


def test_nothing_is_wider_than_a_narrow_screen(visit: Visit) -> None:
    page = visit("/sign-in/")
    for address in [*PAGES, *WIDE]:
        page.goto(address)
        for width in (360, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_everything_works_without_scripts(visit: Visit) -> None:
    page = visit("/", java_script_enabled=False, viewport={"width": 1400, "height": 900})
    page.get_by_label("Overdue", exact=True).check()
    page.get_by_role("button", name="Apply filters").click()
    assert "status=overdue" in page.url
    assert set(page.locator("tbody .status").all_inner_texts()) == {"Overdue"}
    page.locator("#sort-due").click()
    assert page.url.endswith("/?status=overdue&sort=due")
    page.get_by_label("Show another day").fill("2017-12-31")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "as_at=2017-12-31" in page.url
    assert "sort=due" in page.url
    page.get_by_role("link", name="Libya").first.click()
    assert page.locator("h1").inner_text() == "Libya"
    assert "as_at=2017-12-31" in page.url
    page.get_by_role("link", name="Back to today").click()
    assert page.url.endswith("/states/LBY/")


def test_a_narrow_screen_opens_the_filters_on_demand(visit: Visit) -> None:
    page = visit("/", viewport={"width": 360, "height": 800})
    assert not page.get_by_label("Search", exact=True).is_visible()
    page.get_by_text("Filter and search").click()
    assert page.get_by_label("Search", exact=True).is_visible()


def test_turning_the_page_leads_to_the_head_of_the_list(page: Page) -> None:
    page.goto("/")
    page.evaluate("window.stayed = true")
    for way, address in (("Next", "**/?page=2"), ("Previous", "**/")):
        page.get_by_role("link", name=way, exact=True).click()
        page.wait_for_url(address)
        page.locator("#list-title:focus").wait_for()
        top = page.locator("#list-title").bounding_box()
        assert top is not None
        assert 0 <= top["y"] < 100
    assert page.evaluate("window.stayed") is True


@pytest.mark.parametrize(
    ("start", "answer"),
    [
        ("/", lambda route: route.abort()),
        ("/", lambda route: route.fulfill(status=500, body="")),
        ("/states/", lambda route: route.abort()),
    ],
    ids=["offline", "fault", "states"],
)
def test_a_list_that_could_not_be_brought_up_to_date_says_so(
    visit: Visit, start: str, answer: Callable[[Route], None]
) -> None:
    page = visit(f"{start}?as_at=2020-01-01", viewport={"width": 1400, "height": 900})
    alert = page.get_by_role("alert").filter(has_text="The list could not be brought up to date.")
    assert not alert.is_visible()
    page.route("**/*q=fiji*", answer)
    page.get_by_label("Search", exact=True).fill("fiji")
    alert.wait_for()
    whole = alert.get_by_role("link", name="Load the page in full").get_attribute("href") or ""
    assert "q=fiji" in whole
    assert "as_at=2020-01-01" in whole
    page.get_by_label("Search", exact=True).fill("egypt")
    page.wait_for_url("**q=egypt**")
    alert.wait_for(state="hidden")


@pytest.mark.parametrize(
    ("address", "pages"), [("/timeline/", 4), ("/tables/late-and-non-reporting/", 1)]
)
def test_paper_has_no_sheet_without_rows_of_the_list(page: Page, address: str, pages: int) -> None:
    page.goto(address)
    page.evaluate("document.fonts.ready")
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    texts = [sheet.extract_text() for sheet in sheets]
    assert len(texts) == pages
    assert [text.count("2026") + text.count("State") > 0 for text in texts] == [True] * pages
    assert "This is not a website" in texts[-1]
    assert "Zimbabwe" in texts[-1]
    widths = {round(float(sheet.mediabox.width)) for sheet in sheets}
    assert widths == {842}, "every sheet lies"


def roles(part: Any) -> Iterator[str]:
    """Go through what the parts of a tagged document are."""
    within = part.get("/K", [])
    for each in within if isinstance(within, list) else [within]:
        found = each.get_object()
        if isinstance(found, dict):
            yield from (found["/S"],) if "/S" in found else ()
            yield from roles(found)


def test_a_page_printed_to_a_file_has_its_language_its_title_and_tags(visit: Visit) -> None:
    page = visit("/tables/late-and-non-reporting/?as_at=2026-11-22", locale="ar")
    document = PdfReader(BytesIO(page.pdf(tagged=True)))
    root: Any = document.trailer["/Root"]
    assert root["/Lang"] == "ar"
    assert document.metadata is not None
    assert document.metadata.title == page.title()
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Link"} <= set(roles(root["/StructTreeRoot"]))


def test_what_is_typed_in_arabic_pages_takes_its_own_direction(visit: Visit) -> None:
    page = visit("/", locale="ar")
    direction = "(field) => getComputedStyle(field).unicodeBidi"
    assert page.locator("#id_q").evaluate(direction) == "plaintext"
    hint = page.locator("#search-q")
    assert hint.evaluate("(field) => getComputedStyle(field).direction") == "rtl"
