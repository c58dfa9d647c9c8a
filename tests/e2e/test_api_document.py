"""The page of the API: Swagger UI under the policy of every page."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_document_is_drawn_and_nothing_breaks_the_policy(page: Page) -> None:
    page.goto("/api/v1/")
    expect(page.get_by_role("heading", name="GET /api/v1/obligations")).to_be_visible()
    page.get_by_role("button", name="Try it here").click()
    part = page.locator("#operations-obligations-obligations")
    expect(part).to_be_visible()
    part.get_by_role("button").first.click()
    expect(part).to_contain_text("as_at")
    part.get_by_role("button", name="Try it out").click()
    part.get_by_role("button", name="Execute").click()
    expect(part.locator(".live-responses-table").first).to_contain_text(re.compile("200|results"))
