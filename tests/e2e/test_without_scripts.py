"""Scripts switched off, or motion unwanted: everything can still be done."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from reporting.models import Assignment, Role, State, Submission, Treaty, User
from tests.e2e.conftest import Visit
from tests.factories import SessionFactory, UserFactory
from tests.files import PDF
from tests.snapshot import Rows, put_back
from tests.views.cast import as_

WIDE = {"viewport": {"width": 1400, "height": 900}}
MOVING = """() => [...document.querySelectorAll("*")].filter((each) => {
  const style = getComputedStyle(each);
  const lasts = `${style.transitionDuration}, ${style.animationDuration}`.split(", ");
  return lasts.some((time) => parseFloat(time) > 0) || style.scrollBehavior === "smooth";
}).map((each) => each.outerHTML.slice(0, 90))"""
ANIMATED = """() => [...document.querySelectorAll("canvas")]
  .map((canvas) => Chart.getChart(canvas).options.animation)"""


@pytest.fixture(autouse=True)
def _facts(recorded_rows: Rows, transactional_db: None) -> None:
    put_back(recorded_rows)


def signed_in(visit: Visit, person: User, **habits: Any) -> Page:
    """Return a page on which the person has signed in."""
    page = visit("/livez", **habits)
    cookie = {"name": "sessionid", "value": as_(person).cookies["sessionid"].value}
    page.context.add_cookies([cookie | {"url": page.url}])  # type: ignore[list-item] # as documented
    return page


def test_a_report_is_logged_without_scripts(visit: Visit, tmp_path: Path) -> None:
    ministry = UserFactory.create(role=Role.MINISTRY)
    ministry.states.set(State.objects.filter(iso3="GMB"))
    (tmp_path / "report.pdf").write_bytes(PDF)
    page = signed_in(visit, ministry, java_script_enabled=False)
    page.goto("/my/")
    page.get_by_role("link", name="Log a report").first.click()
    page.get_by_label("Initial report, due 1 January 2020").check()
    page.get_by_label("Sent on").fill("2026-11-20")
    page.locator("#id_file_1").set_input_files(tmp_path / "report.pdf")
    page.get_by_role("button", name="Log the report").click()
    page.get_by_role("link", name="Choose the language of the report.").click()
    assert page.url.endswith("#id_languages_0")
    assert page.locator(".file-name .apart").all_inner_texts() == ["report.pdf"]
    page.get_by_role("group", name="Languages of the report").get_by_label("English").check()
    page.get_by_role("button", name="Log the report").click()
    assert page.locator(".file-name .apart").all_inner_texts() == ["report.pdf"]
    assert Submission.objects.get(filed_by=ministry).span == "1"


def test_a_report_is_planned_for_a_session_without_scripts(visit: Visit) -> None:
    treaty = Treaty.objects.get(code="CMW")
    session = SessionFactory.create(treaty=treaty, starts_on="2090-04-03", ends_on="2090-04-14")
    page = signed_in(visit, UserFactory.create(), java_script_enabled=False, **WIDE)
    page.goto("/")
    page.locator(".masthead-menu summary").first.click()
    page.get_by_role("link", name="Session planner").click()
    page.get_by_label("Session for Lesotho").select_option(str(session.number))
    page.get_by_role("row", name="Lesotho").get_by_role("button").click()
    assert "Lesotho is planned for session" in page.locator(".notice").inner_text()
    assert Assignment.objects.get().session == session


def test_the_language_is_switched_without_scripts(visit: Visit) -> None:
    page = visit("/states/?q=fiji", java_script_enabled=False)
    page.locator(".language-menu summary").click()
    page.get_by_role("link", name="Français").click()
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("tbody th").all_inner_texts() == ["Fidji"]
    page.get_by_role("link", name="Fidji").click()
    assert page.locator("html").get_attribute("lang") == "fr"


def test_tables_stand_in_for_pictures_and_nothing_is_offered_that_needs_a_script(
    visit: Visit,
) -> None:
    page = signed_in(visit, UserFactory.create(), java_script_enabled=False, **WIDE)
    for address, tables in (("/overview/", 5), ("/forecast/", 1)):
        page.goto(address)
        assert page.locator(".picture table:visible").count() == tables
        assert page.locator("canvas:visible, #play:visible").count() == 0
    page.goto("/timeline/")
    assert page.locator(".strips svg[role=img]").first.get_attribute("aria-label")
    page.goto("/account/security/webauthn/add/")
    assert page.locator("[data-needs-script]:visible").count() == 0


def test_nothing_moves_where_motion_is_unwanted(visit: Visit) -> None:
    lively = visit("/", reduced_motion="no-preference")
    assert lively.evaluate(MOVING), "what moves is found"
    page = signed_in(visit, UserFactory.create(), reduced_motion="reduce", **WIDE)
    for address in ("/", "/overview/", "/states/IDN/", "/inbox/", "/planner/", "/forecast/"):
        page.goto(address)
        assert page.evaluate(MOVING) == [], address
    page.goto("/overview/")
    page.locator("#pictures[data-settled]").wait_for()
    page.locator("#year").press("ArrowLeft")
    expect(page.locator("#day-shown")).to_have_text("31 December 2025")
    assert page.evaluate(ANIMATED) == [False] * 5
