"""The pages of reminders in a real browser; above all the HTML of an e-mail, which can do nothing."""

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from reporting.models import Reminder, Why
from tests.e2e.faults import assert_no_fault
from tests.factories import UserFactory
from tests.snapshot import Rows, put_back
from tests.views.cast import as_
from tests.views.reminder.world import contact_of, mail, mute, reminder

HTML = """<html><head><title>Mail</title></head><body><p id="said">As it was sent</p>
<a href="/">Acknowledge</a><img src="x" onerror="said.textContent = 'hurt'">
<script>said.textContent = "hurt"; parent.document.title = "hurt"</script></body></html>"""


@pytest.fixture(autouse=True)
def _facts(recorded_rows: Rows, transactional_db: None) -> None:
    put_back(recorded_rows)


@pytest.fixture
def officer(page: Page, live_server: Any) -> None:
    session = as_(UserFactory.create()).cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item] # what it documents


@pytest.mark.usefixtures("officer")
def test_a_mail_with_a_script_is_shown_and_does_nothing(page: Page, problems: list[str]) -> None:
    siti = contact_of("IDN")
    row = reminder(siti, Reminder.State.SENT, message=mail(siti, html=HTML))
    page.goto(f"/reminders/{row.pk}/")
    frame = page.frame_locator("iframe.mail-html")
    expect(frame.get_by_text("As it was sent")).to_be_visible()
    frame.get_by_role("link", name="Acknowledge").click()
    expect(frame.get_by_text("As it was sent")).to_be_visible()
    assert len(page.context.pages) == 1
    assert "hurt" not in page.title()
    page.goto(f"/reminders/{row.pk}/html/")
    expect(page.get_by_text("As it was sent")).to_be_visible()
    assert any("Blocked script execution" in problem for problem in problems)
    problems.clear()


@pytest.mark.usefixtures("officer")
def test_no_page_of_reminders_has_a_fault_or_is_too_wide(page: Page) -> None:
    siti = contact_of("IDN", email="a" * 60 + "@a-very-long-ministry.example")
    said = {"reason": Why.REJECTED, "error": "554 5.7.1 " + "x" * 90}
    row = reminder(siti, Reminder.State.FAILED, message=mail(siti, html=""), **said)
    assert row.obligation
    mute(contact=siti, because="y" * 90)
    for address in (
        "/reminders/",
        "/reminders/?show=failed",
        f"/reminders/{row.pk}/",
        f"/reminders/send/{row.obligation.pk}/",
        "/reminders/mutes/",
        f"/reminders/mutes/new/contact/{siti.pk}/",
        "/reminders/offsets/",
        "/outbox/",
    ):
        page.goto(address)
        assert_no_fault(page)
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
        page.set_viewport_size({"width": 1280, "height": 720})
