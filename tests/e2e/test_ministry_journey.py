"""A ministry's day in a real browser: a combined report with two documents, and the plan."""

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from reporting.models import Role, State, Submission, User
from tests.e2e.faults import assert_no_fault
from tests.factories import UserFactory
from tests.files import PDF, docx
from tests.snapshot import Rows, put_back

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _facts(recorded_rows: Rows, transactional_db: None) -> None:
    put_back(recorded_rows)


@pytest.fixture
def ministry(page: Page, live_server: Any) -> User:
    """Return a person of the ministry of Gambia, who has signed in in the browser."""
    person: User = UserFactory.create(role=Role.MINISTRY, name="Awa Jallow")
    person.states.set(State.objects.filter(iso3="GMB"))
    client = Client()
    client.force_login(person, backend=BACKEND)
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
    return person


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "report.pdf").write_bytes(PDF)
    (tmp_path / "annexe.docx").write_bytes(docx())
    (tmp_path / "wrong.pdf").write_bytes(b"<html><script>alert(1)</script>")
    return tmp_path


def fill_in(page: Page, files: Path) -> None:
    page.get_by_label("Initial report, due 1 January 2020").check()
    page.get_by_label("Second periodic report, due 1 January 2025").check()
    page.get_by_label("Sent on").fill("2026-11-20")
    page.get_by_label("Reference of the note verbale").fill("No. 12/2026")
    page.get_by_label("Document symbol, if it is known").fill("CMW/C/SYR/1-2")
    page.get_by_role("group", name="Languages of the report").get_by_label("English").check()
    page.get_by_label("Note to the secretariat").fill("<script>alert(1)</script>")
    page.locator("#id_file_1").set_input_files(files / "report.pdf")
    page.locator("#id_file_2").set_input_files(files / "wrong.pdf")


@pytest.mark.journey
def test_a_combined_report_is_filed_after_an_error_that_loses_nothing(
    page: Page, ministry: User, files: Path
) -> None:
    page.goto("/my/")
    assert "Overdue" in page.locator(".home").first.inner_text()
    page.get_by_role("link", name="Log a report").click()
    fill_in(page, files)
    page.get_by_role("button", name="Log the report").click()
    said = page.locator(".error-summary li").all_inner_texts()
    assert sorted(": ".join(text.split(": ")[:2]) for text in said) == [
        "Document symbol, if it is known: CMW/C/SYR/1-2 is a document of another State or treaty",
        "File: wrong.pdf",
    ]
    page.wait_for_load_state()  # with its style sheets
    assert Axe().run(page).violations_count == 0
    assert page.get_by_label("Sent on").input_value() == "2026-11-20"
    assert page.get_by_label("Reference of the note verbale").input_value() == "No. 12/2026"
    assert page.locator(".file-name .apart").all_inner_texts() == ["report.pdf"]
    page.get_by_label("Document symbol, if it is known").fill("cmw/c/gmb/1-2")
    page.locator("#id_file_2").set_input_files(files / "annexe.docx")
    page.locator("#id_language_2").select_option("fr")
    # One click: here one connection may serve all threads. Twice at once is tried with the services.
    page.get_by_role("button", name="Log the report").click()
    page.wait_for_url(re.compile(r"/states/GMB/submissions/\d+/$"))
    report = Submission.objects.get(filed_by=ministry)
    assert (report.symbol, report.span) == ("CMW/C/GMB/1-2", "1-2")
    assert page.locator(".file-name .apart").all_inner_texts() == ["report.pdf", "annexe.docx"]
    assert "<script>alert(1)</script>" in page.locator("main").inner_text()
    assert Axe().run(page).violations_count == 0
    with page.expect_download() as download:
        page.get_by_role("link", name="annexe.docx").click()
    assert download.value.suggested_filename == "annexe.docx"
    assert Path(download.value.path()).read_bytes() == docx()
    page.goto("/my/")
    assert "Overdue" not in page.locator(".home").first.inner_text()
    row = page.locator(".filed tbody tr")
    assert "Combined reports: initial report and second periodic report" in row.inner_text()
    assert "Filed, not yet confirmed" in row.inner_text()


def test_a_step_is_ticked_and_moved_without_leaving_the_page(page: Page, ministry: User) -> None:
    page.goto("/my/")
    page.evaluate("window.stayed = true")
    start = page.locator("#step-GMB-3-start")
    start.get_by_role("button").click()
    page.locator("#step-GMB-3-start.step-done").wait_for()
    assert page.locator("#done-GMB-3").inner_text() == "1 of 8 steps done"
    page.locator("#change-GMB-3-draft").click()
    page.get_by_label("To be done by").fill("2030-01-02")
    page.get_by_label("Who does it").fill("Fatou")
    page.get_by_role("button", name="Save").click()
    wrong = page.locator(".step-open .field-error")
    assert "This day lies after the due date, 1 January 2030." in wrong.inner_text()
    page.get_by_label("To be done by").fill("2029-06-15")
    page.get_by_role("button", name="Save").click()
    moved = page.locator("#step-GMB-3-draft")
    moved.wait_for()
    assert "by 15 June 2029" in moved.inner_text()
    assert "Fatou" in moved.inner_text()
    assert page.evaluate("window.stayed") is True
    page.reload()
    assert "by 15 June 2029" in page.locator("#step-GMB-3-draft").inner_text()


def test_axe_finds_no_fault_and_nothing_is_wider_than_a_narrow_screen(
    page: Page, ministry: User
) -> None:
    for address in (
        "/my/",
        "/states/GMB/submissions/new/",
        "/states/GMB/contacts/",
        "/states/GMB/contacts/new/",
        "/states/GMB/milestones/3/draft/",
    ):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        assert_no_fault(page)
        for width in (360, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_step_and_a_contact_are_kept_without_scripts(
    browser: Any, live_server: Any, ministry: User, page: Page
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto("/my/")
    plain.locator("#step-GMB-3-start").get_by_role("button").click()
    assert plain.url.endswith("/my/#step-GMB-3-start")
    assert "done" in plain.locator("#step-GMB-3-start").inner_text()
    plain.locator("#change-GMB-3-draft").click()
    plain.get_by_label("Who does it").fill("Fatou")
    plain.get_by_role("button", name="Save").click()
    assert "Fatou" in plain.locator("#step-GMB-3-draft").inner_text()
    plain.get_by_role("link", name="Contacts").click()
    plain.get_by_role("link", name="Add a contact").click()
    plain.get_by_label("Name").fill("Awa Jallow")
    plain.get_by_label("E-mail address").fill("awa@example.org")
    plain.get_by_role("button", name="Save").click()
    plain.get_by_role("button", name="Tell no longer Awa Jallow").click()
    assert "Awa Jallow is no longer told." in plain.locator("main").inner_text()
    context.close()
