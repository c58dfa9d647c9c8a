"""What axe finds on a page, in both schemes of colours."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Another scheme is other colours and nothing else: no other rule can find more in it.
_COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
_ALL_BUT_COLOURS = {
    "resultTypes": ["violations"],
    "rules": {"color-contrast": {"enabled": False}},
}


def assert_no_fault(page: Page) -> None:
    """Assert that axe finds nothing in the light, and no colours hard to read in the dark."""
    page.wait_for_load_state()  # with its style sheets
    page.emulate_media(color_scheme="dark")
    _assert_nothing(page, _COLOURS)
    page.emulate_media(color_scheme="light")
    _assert_nothing(page, {})


def assert_no_fault_of_texts(page: Page) -> None:
    """Assert that axe finds nothing but for colours, which take it longest: a language has no others."""
    page.wait_for_load_state()
    _assert_nothing(page, _ALL_BUT_COLOURS)


def _assert_nothing(page: Page, options: dict[str, Any]) -> None:
    found = Axe().run(page, options=options)
    assert (page.url, found.violations_count) == (page.url, 0), found.generate_report()
