"""The browser's own complaints fail a test."""

from playwright.sync_api import Page

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
    page.goto("/healthz")
    with page.expect_console_message() as message:
        page.evaluate(INLINE_SCRIPT)
    assert "Content Security Policy" in message.value.text
    assert problems == [message.value.text]
    assert page.title() == ""
    problems.clear()
