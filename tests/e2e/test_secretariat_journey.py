"""The secretariat's day in a real browser: a report comes back, is confirmed and reviewed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from reporting.models import CommitteeDecision, Role, State, StateParty, Submission, User
from reporting.services.fact import save
from reporting.tasks import send_reminders
from tests.factories import ContactFactory, SessionFactory, SubmissionFactory, UserFactory
from tests.snapshot import Rows, put_back

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SENT_ON = date(2026, 11, 16)
Become = Callable[[User], None]


@pytest.fixture(autouse=True)
def _facts(recorded_rows: Rows, transactional_db: None) -> None:
    put_back(recorded_rows)


@pytest.fixture
def become(page: Page, live_server: Any) -> Become:
    """Return a way to sign somebody in in the browser."""

    def sign_in(person: User) -> None:
        client = Client()
        client.force_login(person, backend=BACKEND)
        value = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])

    return sign_in


@pytest.fixture
def officer(become: Become) -> User:
    person: User = UserFactory.create(role=Role.SECRETARIAT, name="Ana Desk")
    become(person)
    return person


@pytest.fixture
def ministry() -> User:
    person: User = UserFactory.create(role=Role.MINISTRY, name="Awa", email="awa@example.org")
    person.states.set(State.objects.filter(iso3="GMB"))
    return person


def file_both(by: User) -> Submission:
    """File the initial and the second report of the Gambia in one, as its page does."""
    party = StateParty.objects.get(state__iso3="GMB")
    report = SubmissionFactory.build(
        state_party=party,
        first_report=1,
        last_report=2,
        status="filed",
        sent_on=SENT_ON,
        received_on=None,
        symbol="",
        filed_by=by,
        note_verbale="No. 12/2026",
    )
    with transaction.atomic():
        filed: Submission = save(fact=report, by=by, as_at=date(2026, 11, 22))
    return filed


def no_fault(page: Page) -> None:
    page.wait_for_load_state()  # with its style sheets
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    size = page.viewport_size or {"width": 1280, "height": 720}
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    page.set_viewport_size(size)


def entry(page: Page, title: str) -> str:
    return page.locator(".entry", has_text=title).first.inner_text()


@pytest.mark.journey
def test_a_report_is_returned_filed_again_confirmed_and_reviewed(
    page: Page, officer: User, ministry: User
) -> None:
    file_both(ministry)
    page.goto("/")
    page.get_by_role("link", name="Inbox").click()
    row = page.locator("#filed tbody tr")
    assert "No. 12/2026" in row.inner_text()
    no_fault(page)
    row.get_by_role("link").click()
    no_fault(page)
    page.get_by_role("button", name="Return to the ministry").click()
    expect(page.locator(".error-summary")).to_contain_text("Say what has to be mended.")
    page.get_by_label("Why it is returned").fill("The annex is missing.")
    page.get_by_role("button", name="Return to the ministry").click()
    expect(page.get_by_text("Returned. What it was to meet is open again")).to_be_visible()
    page.wait_for_load_state("networkidle")  # one connection serves the page and this test
    send_reminders()
    assert [message.to for message in mail.outbox] == [["awa@example.org"]]
    page.goto("/states/GMB/")
    assert "Overdue" in entry(page, "Initial report")

    page.wait_for_load_state("networkidle")  # one connection serves the page and this test
    filed = file_both(ministry)
    page.goto(reverse("reporting:receipt", args=[filed.pk]))
    page.get_by_label("Received on").fill("2026-11-17")
    page.get_by_label("Symbol").fill("cmw/c/gmb/1-2")
    page.get_by_role("button", name="Confirm receipt").click()
    expect(page.get_by_text("Receipt confirmed.")).to_be_visible()
    expect(page.locator("#filed")).to_contain_text("No report waits to be confirmed.")

    page.goto("/states/GMB/")
    page.get_by_role("link", name="Record a review").click()
    review(page)
    no_fault(page)
    assert "1 December 2031" in page.locator(".moves").inner_text()
    page.get_by_role("button", name="Save this").click()
    expect(page.get_by_text("Saved. The dates below follow from it.")).to_be_visible()
    assert "1 December 2031" in entry(page, "Third periodic report")
    assert "1 December 2028" in entry(page, "Follow-up")


def review(page: Page) -> None:
    """Enter a review with one mistake, mend it, and go on to the preview."""
    page.get_by_label("First report").fill("1")
    page.get_by_label("Last report").fill("2")
    page.get_by_label("Session").fill("43")
    page.get_by_label("First day of the dialogue").fill("2026-11-18")
    page.get_by_label("Last day of the dialogue").fill("2026-11-17")
    page.get_by_label("Symbol").fill("CMW/C/GMB/CO/1-2")
    page.get_by_label("Adopted on").fill("2026-11-20")
    page.get_by_label("due on the date below").check()
    page.get_by_label("Next report due on").fill("2031-12-01")
    page.get_by_label("Follow-up information due on").fill("2028-12-01")
    page.get_by_role("button", name="See what changes").click()
    expect(page.locator(".field-error")).to_contain_text("17 November 2026 lies before")
    no_fault(page)
    assert page.get_by_label("Next report due on").input_value() == "2031-12-01"
    page.get_by_label("Last day of the dialogue").fill("2026-11-19")
    page.get_by_role("button", name="See what changes").click()


def test_a_request_for_an_additional_report_appears_at_the_ministry(
    page: Page, officer: User, ministry: User, become: Become
) -> None:
    page.goto("/states/GMB/decisions/new/")
    page.get_by_label("additional report").check()
    page.get_by_label("Due on").fill("2027-05-01")
    page.get_by_label("Symbol").fill("CMW/C/43/2")
    page.get_by_label("Paragraph").fill("14")
    page.get_by_label("Decided or issued on").fill("2026-11-20")
    no_fault(page)
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name="Save this").click()
    page.wait_for_url("**/states/GMB/")
    assert CommitteeDecision.objects.filter(kind="additional report").count() == 1
    become(ministry)
    page.goto("/states/GMB/")
    asked = entry(page, "Additional report")
    assert "1 May 2027" in asked
    assert "CMW/C/43/2, para. 14" in asked
    page.get_by_role("link", name="History").last.click()
    expect(page.locator("h1")).to_contain_text("History of")
    assert page.get_by_role("link", name="Correct it").count() == 0
    no_fault(page)


def test_a_cancelled_session_flags_what_hangs_on_it(page: Page, officer: User) -> None:
    report = Submission.objects.filter(state_party__state__iso3="IDN")[0]
    Submission.objects.filter(pk=report.pk).update(session=45)
    SessionFactory.create()
    page.goto("/sessions/")
    no_fault(page)
    page.get_by_role("link", name="45", exact=True).click()
    page.get_by_label("cancelled").check()
    page.get_by_label("Why is it changed?").fill("no budget")
    page.get_by_role("button", name="Save the session").click()
    expect(page.get_by_text("Look again at what hangs on it: 1.")).to_be_visible()
    no_fault(page)
    page.get_by_role("link", name="Inbox").click()
    flagged = page.locator("#flagged tbody tr")
    assert "was cancelled" in flagged.inner_text()
    flagged.get_by_role("link", name="Take it to another session").click()
    expect(page.locator("h1")).to_contain_text("Correct what Indonesia submitted")
    no_fault(page)


def test_no_page_of_the_secretariat_has_a_fault_or_is_too_wide(page: Page, officer: User) -> None:
    ContactFactory.create(
        state=State.objects.get(iso3="IDN"), email="a" * 60 + "@a-very-long-ministry.example"
    )
    decision = CommitteeDecision.objects.filter(state_party__state__iso3="IDN")[0]
    for address in (
        "/contacts/",
        "/contacts/new/",
        "/sessions/new/",
        f"/decisions/{decision.pk}/",
        f"/decisions/{decision.pk}/withdraw/",
        f"/facts/decision/{decision.pk}/take-off/",
        f"/facts/decision/{decision.pk}/history/",
        "/states/IDN/",
    ):
        page.goto(address)
        assert page.locator("h1").count() == 1
        no_fault(page)
