"""What people come for, done with the keyboard alone: no click, and no focus but by keys."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Page, expect

from reporting.emails.links import to_acknowledge
from reporting.models import (
    Assignment,
    CommitteeDecision,
    Milestone,
    Mute,
    Role,
    State,
    Submission,
    Treaty,
    User,
)
from tests.e2e.conftest import Visit
from tests.e2e.keyboard import Keyboard
from tests.e2e.test_secretariat_journey import file_both
from tests.factories import SessionFactory, UserFactory
from tests.files import PDF
from tests.snapshot import Rows, put_back
from tests.views.cast import as_
from tests.views.reminder.world import contact_of, reminder
from tests.views.reminder.world import mail as letter

Come = Callable[[User | None, str], Page]
PASSWORD = "vier gelbe Kamele"  # noqa: S105
PARAGRAPH = (
    "The Committee requests the State party to submit its third periodic report by 1 December 2030."
)
MAIN_PAGES = [
    "/",
    "/?as_at=2017-12-31&status=overdue&band=junk",
    "/overview/",
    "/states/IDN/",
    "/timeline/",
    "/inbox/",
    "/states/IDN/submissions/new/",
    "/states/IDN/reviews/new/",
    "/worklist/IDN/",
    "/planner/",
]
REPORT: FilePayload = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture(autouse=True)
def _facts(recorded_rows: Rows, transactional_db: None) -> None:
    put_back(recorded_rows)


@pytest.fixture
def come(page: Page, live_server: Any) -> Come:
    """Return a way to come to an address as somebody, on a page that gathers complaints."""

    def arrive(person: User | None, address: str) -> Page:
        page.set_viewport_size({"width": 1280, "height": 720})
        if person:
            value = as_(person).cookies["sessionid"].value
            cookie = {"name": "sessionid", "value": value, "url": live_server.url}
            page.context.add_cookies([cookie])  # type: ignore[list-item] # what it documents
        page.goto(address)
        return page

    return arrive


@pytest.fixture
def officer() -> User:
    person: User = UserFactory.create(role=Role.SECRETARIAT, name="Ana Desk")
    return person


@pytest.fixture
def ministry() -> User:
    person: User = UserFactory.create(role=Role.MINISTRY, name="Awa Jallow")
    person.states.set(State.objects.filter(iso3="GMB"))
    return person


def focused(page: Page) -> str | None:
    """Return the id of what has the focus."""
    found: str | None = page.evaluate("document.activeElement.id")
    return found


def test_the_first_stop_leads_past_the_navigation(come: Come) -> None:
    page = come(None, "/")
    keyboard = Keyboard(page)
    keyboard.press("Tab")
    assert keyboard.look(page.get_by_role("link", name="Skip to the content"))["isThere"]
    keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_the_dashboard_is_filtered_and_leads_to_a_state(come: Come) -> None:
    page = come(None, "/")
    keyboard = Keyboard(page)
    keyboard.tick(page.get_by_label("Overdue", exact=True))
    page.wait_for_url("**/?status=overdue")
    keyboard.back_to(page.get_by_label("Search", exact=True))
    keyboard.type("fiji")
    page.wait_for_url("**/?status=overdue&q=fiji")
    assert focused(page) == "id_q"
    keyboard.open(page.locator("#sort-due"))
    page.wait_for_url("**sort=due")
    assert focused(page) == "sort-due"
    keyboard.open(page.get_by_role("link", name="Fiji", exact=True).first)
    page.wait_for_url("**/states/FJI/")


def test_turning_the_page_puts_the_focus_at_the_head_of_the_list(come: Come) -> None:
    page = come(None, "/")
    keyboard = Keyboard(page)
    keyboard.open(page.get_by_role("link", name="Next", exact=True))
    page.wait_for_url("**/?page=2")
    expect(page.locator("#list-title")).to_be_focused()
    assert not keyboard.look()["faults"]


def test_the_day_is_chosen_and_left_again(come: Come) -> None:
    page = come(None, "/states/")
    keyboard = Keyboard(page)
    keyboard.to(page.get_by_label("Show another day"))
    page.keyboard.type("12312017")
    keyboard.open(page.get_by_role("button", name="Show", exact=True))
    page.wait_for_url("**/states/?as_at=2017-12-31")
    keyboard.open(page.get_by_role("link", name="Back to today"))
    page.wait_for_url("**/states/")


def test_a_key_leads_to_the_search_from_anywhere(come: Come) -> None:
    page = come(None, "/tables/")
    keyboard = Keyboard(page)
    keyboard.press("Control+k")
    assert focused(page) == "search-q"
    assert not keyboard.look()["faults"]
    keyboard.type("mexico")
    keyboard.press("Enter")
    page.wait_for_url("**/states/MEX/")


def test_menus_open_shut_and_keep_clear_of_what_is_beneath(come: Come, officer: User) -> None:
    page = come(officer, "/")
    keyboard = Keyboard(page)
    menus = page.locator(".masthead-menu")
    desk, languages, account = (menus.nth(number) for number in range(3))
    keyboard.open(desk.locator("summary"))
    keyboard.to(page.get_by_role("link", name="Dates to confirm", exact=True))
    keyboard.press("Escape")
    expect(desk.locator("summary")).to_be_focused()
    assert desk.get_attribute("open") is None
    keyboard.open(languages.locator("summary"))
    keyboard.to(account.locator("summary"))
    assert languages.get_attribute("open") is None
    keyboard.press("Space")
    keyboard.to(page.get_by_role("button", name="Sign out"))
    keyboard.to(page.get_by_label("Show another day"))
    assert account.get_attribute("open") is None


def test_the_language_is_switched_and_the_way_is_the_same(come: Come) -> None:
    page = come(None, "/states/")
    keyboard = Keyboard(page)
    keyboard.open(page.locator(".language-menu summary"))
    keyboard.open(page.get_by_role("link", name="العربيّة"))
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("dir") == "rtl"
    keyboard.to(page.locator(".language-menu summary"))
    keyboard.to(page.locator("#as_at"))


def test_the_slider_goes_through_the_years_and_plays(come: Come) -> None:
    page = come(None, "/overview/")
    page.locator("#pictures[data-settled]").wait_for()
    keyboard = Keyboard(page)
    keyboard.to(page.locator("#year"))
    keyboard.press("Home", "ArrowRight")
    expect(page.locator("#day-shown")).to_have_text("31 December 2004")
    keyboard.open(page.locator("#play"))
    expect(page.locator("#day-shown")).to_have_text("31 December 2005")
    keyboard.press("Space")
    expect(page.locator("#play")).not_to_have_class("is-playing")
    keyboard.open(page.locator("#map summary"))
    keyboard.open(page.get_by_role("link", name="Mexico"))
    page.wait_for_url("**/states/MEX/?as_at=*")


def test_somebody_signs_in_after_a_mistake_that_is_read_out(come: Come) -> None:
    person = UserFactory.create(email="awa@example.org", role=Role.SECRETARIAT)
    person.set_password(PASSWORD)
    person.save()
    page = come(None, "/sign-in/")
    keyboard = Keyboard(page)
    keyboard.enter(page.get_by_label("E-mail address"), "awa@example.org")
    keyboard.enter(page.get_by_label("Password"), "not this one")
    keyboard.press("Enter")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    assert not keyboard.look()["faults"]
    keyboard.enter(page.get_by_label("Password"), PASSWORD)
    keyboard.press("Enter")
    expect(page.locator(".account-menu")).to_be_visible()


def test_a_ministry_logs_a_report_after_following_its_mistakes(come: Come, ministry: User) -> None:
    page = come(ministry, "/my/")
    keyboard = Keyboard(page)
    keyboard.open(page.get_by_role("link", name="Log a report").first)
    page.wait_for_url("**/states/GMB/submissions/new/")
    keyboard.tick(page.get_by_label("Initial report, due 1 January 2020"))
    keyboard.to(page.get_by_label("Sent on"))
    page.keyboard.type("11202026")
    keyboard.enter(page.get_by_label("Reference of the note verbale"), "No. 12/2026")
    keyboard.enter(page.get_by_label("Document symbol, if it is known"), "CMW/C/SYR/1")
    keyboard.attach(page.locator("#id_file_1"), REPORT)
    keyboard.open(page.get_by_role("button", name="Log the report"))
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    assert not keyboard.look()["faults"]
    keyboard.open(summary.get_by_role("link", name="Document symbol"))
    expect(page.get_by_label("Document symbol, if it is known")).to_be_focused()
    assert not keyboard.look()["faults"]
    keyboard.type("CMW/C/GMB/1")
    languages = page.get_by_role("group", name="Languages of the report")
    keyboard.tick(languages.get_by_label("English"))
    keyboard.open(page.get_by_role("button", name="Log the report"))
    page.wait_for_url(re.compile(r"/states/GMB/submissions/\d+/"))
    report = Submission.objects.get(filed_by=ministry)
    assert (report.symbol, report.note_verbale) == ("CMW/C/GMB/1", "No. 12/2026")
    assert report.documents.get().name == "report.pdf"


def test_a_step_of_the_plan_is_ticked_where_it_stands(come: Come, ministry: User) -> None:
    page = come(ministry, "/my/")
    keyboard = Keyboard(page)
    keyboard.open(page.locator("#step-GMB-3-start").get_by_role("button"))
    page.locator("#step-GMB-3-start.step-done").wait_for()
    expect(page.locator("#tick-GMB-3-start")).to_be_focused()
    keyboard.open(page.locator("#change-GMB-3-draft"))
    keyboard.to(page.get_by_label("Who does it"))
    keyboard.type("Fatou")
    keyboard.press("Enter")
    expect(page.locator("#step-GMB-3-draft")).to_contain_text("Fatou")
    expect(page.locator("#change-GMB-3-draft")).to_be_focused()
    assert Milestone.objects.get(owner="Fatou").step == "draft"


def test_the_secretariat_confirms_what_was_filed(come: Come, officer: User, ministry: User) -> None:
    filed = file_both(ministry)
    page = come(officer, "/")
    keyboard = Keyboard(page)
    keyboard.open(page.get_by_role("link", name="Inbox"))
    keyboard.open(page.locator("#filed tbody").get_by_role("link"))
    page.wait_for_url(f"**/{filed.pk}/**")
    keyboard.open(page.get_by_role("button", name="Return to the ministry"))
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    keyboard.open(summary.get_by_role("link"))
    expect(page.get_by_label("Why it is returned")).to_be_focused()
    assert not keyboard.look()["faults"]
    keyboard.press("Control+Home")
    keyboard.back_to(page.get_by_label("Received on"))
    keyboard.type("2026-11-17")
    keyboard.enter(page.get_by_label("Symbol"), "CMW/C/GMB/1-2")
    keyboard.open(page.get_by_role("button", name="Confirm receipt"))
    expect(page.get_by_text("Receipt confirmed.")).to_be_visible()
    filed.refresh_from_db()
    assert (filed.status, filed.symbol) == ("received", "CMW/C/GMB/1-2")


def test_the_secretariat_records_a_decision(come: Come, officer: User) -> None:
    page = come(officer, "/states/GMB/")
    keyboard = Keyboard(page)
    keyboard.open(page.get_by_role("link", name="Record a decision"))
    page.wait_for_url("**/decisions/new/")
    keyboard.choose(page.get_by_label("additional report"))
    keyboard.enter(page.get_by_label("Due on"), "2027-05-01")
    keyboard.enter(page.get_by_label("Symbol"), "CMW/C/43/2")
    keyboard.enter(page.get_by_label("Decided or issued on"), "2026-11-20")
    keyboard.open(page.get_by_role("button", name="See what changes"))
    keyboard.open(page.get_by_role("button", name="Save this"))
    page.wait_for_url("**/states/GMB/")
    assert CommitteeDecision.objects.get(kind="additional report").symbol == "CMW/C/43/2"


def test_the_secretariat_plans_a_report_for_a_session(come: Come, officer: User) -> None:
    SessionFactory.create(
        treaty=Treaty.objects.get(code="CMW"), starts_on=date(2090, 4, 3), ends_on=date(2090, 4, 14)
    )
    page = come(officer, "/planner/")
    keyboard = Keyboard(page)
    keyboard.to(page.get_by_label("Session for Lesotho"))
    keyboard.press("End", "Tab", "Enter")
    expect(page.get_by_text("Lesotho is planned for session 45.")).to_be_visible()
    assert Assignment.objects.get().state_party.state.iso3 == "LSO"


def test_the_secretariat_has_a_paragraph_read_and_enters_the_date(
    come: Come, officer: User
) -> None:
    page = come(officer, "/worklist/IDN/")
    keyboard = Keyboard(page)
    keyboard.to(page.get_by_label("Paragraph of the concluding observations"))
    page.keyboard.insert_text(PARAGRAPH)
    keyboard.open(page.get_by_role("button", name="Read it"))
    expect(page.get_by_role("heading", name="What the text says")).to_be_visible()
    keyboard.open(page.get_by_role("button", name="See what changes"))
    keyboard.open(page.get_by_role("button", name="Save this"))
    page.wait_for_url("**/worklist/**")
    decision = CommitteeDecision.objects.filter(state_party__state__iso3="IDN").latest("pk")
    assert str(decision.due_on) == "2030-12-01"


def test_alerts_are_held_back_for_a_time(come: Come, officer: User) -> None:
    siti = contact_of("IDN")
    page = come(officer, f"/reminders/mutes/new/contact/{siti.pk}/")
    keyboard = Keyboard(page)
    keyboard.to(page.get_by_label("Last day"))
    page.keyboard.type("01152027")
    keyboard.enter(page.get_by_label("Why"), "The report is announced.")
    keyboard.open(page.get_by_role("button", name="Hold alerts back"))
    expect(page.get_by_role("status")).to_be_visible()
    assert Mute.objects.get().because == "The report is announced."


def test_an_alert_is_acknowledged_by_who_got_it(come: Come) -> None:
    siti = contact_of("IDN")
    message = reminder(siti, "sent", message=letter(siti)).message
    assert message
    page = come(None, urlsplit(to_acknowledge(message)).path)
    keyboard = Keyboard(page)
    keyboard.open(page.get_by_role("button", name="Acknowledge"))
    expect(page.get_by_role("heading", name="Alert acknowledged")).to_be_visible()
    message.refresh_from_db()
    assert message.acknowledged_at


SCHEMES = {
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "enlarged": {"viewport": {"width": 640, "height": 360}, "device_scale_factor": 2},
    "mirrored": {"locale": "ar"},
}


@pytest.mark.parametrize("habits", SCHEMES.values(), ids=SCHEMES)
def test_the_focus_is_seen_in_every_scheme_and_size(
    visit: Visit, live_server: Any, officer: User, habits: dict[str, Any]
) -> None:
    page = visit("/livez", reduced_motion="reduce", **habits)
    value = as_(officer).cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": value, "url": live_server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item] # what it documents
    wrong = []
    for address in MAIN_PAGES:
        page.goto(address)
        for stop in Keyboard(page).stops():
            wrong += [(address, stop["what"], *stop["faults"])] if stop["faults"] else []
    assert wrong == []
