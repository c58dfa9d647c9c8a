"""The planner and the forecast in a real browser."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from reporting.models import Assignment, Treaty
from tests.e2e.faults import assert_no_fault
from tests.factories import SessionFactory, UserFactory
from tests.snapshot import Rows, put_back

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _session(recorded_rows: Rows, transactional_db: None, page: Page, live_server: Any) -> None:
    put_back(recorded_rows)
    SessionFactory.create(
        treaty=Treaty.objects.get(code="CMW"),
        starts_on=date(2090, 4, 3),
        ends_on=date(2090, 4, 14),
        capacity=4,
    )
    client = Client()
    client.force_login(UserFactory.create(), backend=BACKEND)
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])


def drag(item: Locator, to: Locator) -> None:
    """Drag it once it can be: what was planned is read before the script of the new page has run."""
    expect(item).to_have_attribute("draggable", "true")
    item.drag_to(to)


def test_a_report_is_dragged_to_a_session_and_taken_back_by_the_keyboard(page: Page) -> None:
    page.goto("/planner/")
    drag(page.get_by_role("row", name="Lesotho"), page.locator(".sitting"))
    expect(page.get_by_text("Lesotho is planned for session 45.")).to_be_visible()
    assert Assignment.objects.get().state_party.state.iso3 == "LSO"
    page.get_by_label("Session for Lesotho").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Lesotho is planned for no session.")).to_be_visible()
    assert not Assignment.objects.exists()


def test_what_is_planned_is_dragged_to_another_session_and_back_to_the_lists(page: Page) -> None:
    SessionFactory.create(
        treaty=Treaty.objects.get(code="CMW"),
        number=46,
        starts_on=date(2090, 10, 2),
        ends_on=date(2090, 10, 13),
    )
    page.set_viewport_size({"width": 1280, "height": 2400})  # no scrolling between press and move
    page.goto("/planner/")
    first, second = page.locator("[data-session='45']"), page.locator("[data-session='46']")
    drag(page.get_by_role("row", name="Lesotho"), first)
    expect(page.get_by_text("Lesotho is planned for session 45.")).to_be_visible()
    drag(first.get_by_role("listitem").filter(has_text="Lesotho"), second)
    expect(page.get_by_text("Lesotho is planned for session 46.")).to_be_visible()
    assert Assignment.objects.get().session.number == 46
    # Over the field with the sessions, in the list, it can be dropped, too.
    planned = second.get_by_role("listitem").filter(has_text="Lesotho")
    drag(planned, page.get_by_label("Session for Lesotho"))
    expect(page.get_by_text("Lesotho is planned for no session.")).to_be_visible()
    assert not Assignment.objects.exists()


def test_the_forecast_is_drawn_and_its_table_put_away(page: Page) -> None:
    page.goto("/forecast/")
    expect(page.locator("#backlog canvas")).to_be_visible()
    expect(page.locator("#backlog table")).to_be_hidden()
    page.get_by_text("The numbers as a table").click()
    assert page.locator("#backlog tbody tr").count() == 20


def test_axe_finds_no_fault(page: Page) -> None:
    for address in ("/planner/", "/planner/?years=abc", "/planner/45/", "/forecast/?reviews=x"):
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address)
            assert_no_fault(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
