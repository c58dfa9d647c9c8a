"""A real browser for the tests of pages."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

Visit = Callable[..., Page]
# Not chromium-headless-shell, which takes a third less of the processor: it shows no focus on a frame.
NAMES = ("chromium", "chromium-browser", "google-chrome")
# The browser looks for nothing outside this machine.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str | None:
    """Return the browser to test with: CHROMIUM, or the first one on PATH."""
    found = (shutil.which(name) for name in NAMES)
    return os.environ.get("CHROMIUM") or next(filter(None, found), None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses the browser, before markers are selected by."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield one browser for all tests of this process."""
    path = chromium()
    if path is None:
        pytest.skip("There is no Chromium on PATH; install it, or name one in CHROMIUM.")
    # Playwright's loop runs in this thread, and Django would take the tests for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=flags)
        yield launched
        launched.close()


@pytest.fixture
def problems() -> list[str]:
    """Collect what the browser complains of: script errors, policy violations, missing files.

    A test that expects a complaint (the browser reports a 404 page as one) asserts it and clears
    the list; what is left at the end fails the test.
    """
    return []


@pytest.fixture
def page(browser: Browser, live_server: Any, problems: list[str]) -> Iterator[Page]:
    """Yield a page of a fresh visitor; addresses are relative to the running application."""
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    opened = context.new_page()

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(message.text)

    context.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    context.on("console", note)
    context.on("weberror", lambda error: problems.append(str(error.error)))
    yield opened
    opened.evaluate("0")  # what the browser has said so far arrives before this answer
    context.close()
    assert problems == []


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Visit]:
    """Return a way to open an address as a reader with other habits than most."""
    contexts = []

    def open_page(address: str, **habits: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **habits)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
