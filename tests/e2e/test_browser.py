"""The browser's own complaints fail a test."""

import pytest
from playwright.sync_api import Page

from tests.snapshot import Rows, put_back

INLINE_SCRIPT = """() => {
  const script = document.createElement("script");
  script.textContent = "document.title = 'it ran'";
  document.body.append(script);
}"""


def test_the_running_application_serves_front_end_files(page: Page) -> None:
    answer = page.request.get("/static/vendor/bootstrap.min.css")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/css")


def test_an_inline_script_is_refused_and_reported(page: Page, problems: list[str]) -> None:
    page.goto("/livez")
    with page.expect_console_message() as message:
        page.evaluate(INLINE_SCRIPT)
    assert "Content Security Policy" in message.value.text
    assert problems == [message.value.text]
    assert page.title() == ""
    problems.clear()


@pytest.mark.parametrize("address", ["/", "/overview/"])
def test_the_console_of_the_browser_stays_empty(
    page: Page, address: str, recorded_rows: Rows, transactional_db: None
) -> None:
    put_back(recorded_rows)
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert said == []
