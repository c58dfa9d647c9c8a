"""What axe finds on a page, in both schemes of colours."""

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Another scheme is other colours and nothing else: no other rule can find more in it.
_COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}


def assert_no_fault(page: Page, *, schemes: Sequence[str] = ("dark", "light")) -> None:
    """Assert that axe finds nothing in the light, and no colours hard to read in the dark."""
    page.wait_for_load_state()  # with its style sheets
    for scheme in schemes:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found = Axe().run(page, options=_COLOURS) if scheme == "dark" else Axe().run(page)
        assert (page.url, found.violations_count) == (page.url, 0), found.generate_report()
