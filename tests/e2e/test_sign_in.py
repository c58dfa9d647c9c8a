"""Signing in with a real browser: an invitation, a passkey, the menu, without a word of the policy."""

import re
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from reporting.models import Role
from tests.e2e.faults import assert_no_fault
from tests.factories import UserFactory
from tests.snapshot import Rows, put_back

PASSWORD = "vier gelbe Kamele"  # noqa: S105
ACCOUNT_PAGES = (
    "/account/security/",
    "/account/password/",
    "/account/security/webauthn/",
    "/people/",
    "/people/invite/",
    "/account/sessions/",
    "/privacy/",
    "/audit/",
)


@pytest.fixture(autouse=True)
def _facts(recorded_rows: Rows, transactional_db: None) -> None:
    put_back(recorded_rows)
    desk = UserFactory.create(email="desk@example.org", name="Desk officer", role=Role.SECRETARIAT)
    desk.set_password(PASSWORD)
    desk.save()


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page, name: str) -> None:
    page.locator("summary", has_text=name).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out.")).to_be_visible()


def plug_in_a_key(page: Page) -> None:
    """Give the browser a device that keeps passkeys and knows its owner."""
    session = page.context.new_cdp_session(page)
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_the_secretariat_invites_a_ministry_which_makes_its_account(
    page: Page, mailoutbox: Any
) -> None:
    sign_in(page, "desk@example.org")
    page.locator("summary", has_text="Secretariat").click()
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("E-mail address").fill("noor@example.org")
    page.get_by_label("Ministry of a State party").check()
    page.get_by_label("Find a State").fill("fiji")
    page.get_by_label("Fiji", exact=True).check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("An invitation is on its way to noor@example.org.")).to_be_visible()
    sign_out(page, "Desk officer")
    (link,) = set(re.findall(r"http://\S+/invitation/\S+", str(mail.outbox[0].body)))
    page.goto(link)
    page.get_by_label("Your name").fill("Noor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account and sign in").click()
    expect(page.locator("summary", has_text="Noor")).to_be_visible()


def test_the_head_of_the_desk_is_one_row(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    sign_in(page, "desk@example.org")
    page.goto("/")
    tops = "links => new Set(links.map(link => link.getBoundingClientRect().top)).size"
    assert page.locator(".masthead-nav > a, .masthead-nav summary").evaluate_all(tops) == 1
    menu = page.locator("summary", has_text="Secretariat")
    menu.press("Enter")
    expect(page.get_by_role("link", name="Reminders")).to_be_visible()
    page.locator(".account-menu summary").press("Enter")
    expect(page.get_by_role("link", name="Reminders")).to_be_hidden()


def test_a_passkey_is_added_and_signs_in_alone(page: Page, live_server: Any, settings: Any) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    plug_in_a_key(page)
    sign_in(page, "desk@example.org")
    page.goto("/account/security/webauthn/add/")
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    sign_out(page, "Desk officer")
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("summary", has_text="Desk officer")).to_be_visible()


def test_a_key_that_is_not_there_is_said_on_the_page(page: Page) -> None:
    page.goto("/sign-in/")
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new Error('taken out')); }"
    )
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not read.")).to_be_visible()


def test_axe_finds_no_fault_and_nothing_is_too_wide(page: Page) -> None:
    sign_in(page, "desk@example.org")
    for address in ACCOUNT_PAGES:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(address)
        page.locator(".account-menu summary").click()
        assert_no_fault(page)
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
