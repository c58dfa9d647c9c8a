"""What every answer carries, whoever asks for whatever; and hosts and ways back that are not ours."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.factories import UserFactory
from tests.views.conftest import Page
from tests.views.test_every_address import PERSONS, ROUTES, VISITOR, ComeAs, address, come_as

__all__ = ["come_as"]  # a fixture

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("recorded")]
PASSWORD = "correct horse battery"  # noqa: S105
ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "https:elsewhere.example",
    "javascript:alert(1)",
    "\thttps://elsewhere.example/",
    "https://testserver@elsewhere.example/",
]
# What shows secrets, documents or people, beside the pages of an account: nobody keeps it.
KEPT_NOWHERE = {
    "reporting:account",
    "reporting:api-tokens",
    "reporting:audit",
    "reporting:audit-file",
    "reporting:calendar-link",
    "reporting:contacts",
    "reporting:document",
    "reporting:history",
    "reporting:import",
    "reporting:invitation",
    "reporting:letter",
    "reporting:letter-attachment",
    "reporting:letter-html",
    "reporting:mutes",
    "reporting:outbox",
    "reporting:own-sessions",
    "reporting:people",
    "reporting:person",
    "reporting:person-file",
    "reporting:reminder",
    "reporting:reminder-calendar",
    "reporting:reminder-html",
    "reporting:reminders",
    "reporting:state-contacts",
    "reporting:submission",
    "reporting:webhooks",
    "reporting:webhook-deliveries",
}


@pytest.fixture(autouse=True)
def _over_https(settings: LazySettings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


@pytest.mark.parametrize("name", [name for name in ROUTES if name != "admin:"])
def test_every_answer_carries_what_keeps_a_browser_safe(come_as: ComeAs, name: str) -> None:
    for person in PERSONS:
        for method in ("GET", "POST"):
            answer = come_as(person).generic(method, address(name), secure=True)
            seen = (person, method, answer.status_code)
            assert_safe(answer, seen)
            assert_kept_by_no_other(answer, name, seen)


def assert_kept_by_no_other(answer: Any, name: str, seen: Any) -> None:
    """No cache hands to one what another was shown; what shows secrets or people is in none."""
    said = set(answer.get("Cache-Control", "").split(", "))
    if seen[0] != VISITOR or answer.cookies:
        assert "private" in said, seen
        assert said & {"no-cache", "no-store"}, seen
    assert "public" not in said, seen
    is_secret = name in KEPT_NOWHERE or name.startswith(("account_", "mfa_", "admin:"))
    if is_secret and name != "admin:jsi18n" and answer.status_code == 200:
        assert {"private", "no-store"} <= said, seen
    depends_on = {each.lower() for each in answer.get("Vary", "").split(", ")}
    assert {"cookie", "accept-language"} <= depends_on, seen


def assert_safe(answer: Any, seen: Any) -> None:
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert answer["X-Content-Type-Options"] == "nosniff", seen
    assert answer["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}, seen
    assert answer["Referrer-Policy"] in {"same-origin", "strict-origin", "no-referrer"}, seen
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin", seen
    assert "camera=()" in answer["Permissions-Policy"], seen
    policy = answer["Content-Security-Policy"]
    # A letter is shown in a frame that runs nothing; its styles stand on its elements.
    is_letter = "sandbox" in policy and "default-src 'none'" in policy
    assert "unsafe" not in policy.replace(
        "style-src 'unsafe-inline'", "" if is_letter else "unsafe"
    )
    assert "frame-ancestors 'none'" in policy or "frame-ancestors 'self'" in policy, seen


@pytest.mark.parametrize("host", ["elsewhere.example", "a b", "testserver.elsewhere.example", ""])
def test_a_host_that_is_not_ours_gets_a_sentence(host: str, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    for path in ("/", "/sign-in/", "/no/such/page/"):
        answer = Client(raise_request_exception=False).get(path, headers={"host": host})
        assert answer.status_code == 400, path
        assert "The address or form could not be read" in Page(answer).text


@pytest.mark.parametrize("back", ELSEWHERE)
def test_nobody_is_led_elsewhere(back: str) -> None:
    person = UserFactory.create(email="desk@example.org")
    person.set_password(PASSWORD)
    person.save()
    for path in ("/sign-in/", "/sign-out/"):
        given = {"login": "desk@example.org", "password": PASSWORD, "next": back}
        client = Client()
        answer = client.post(path, given, query_params={"next": back})
        assert "elsewhere" not in answer.headers.get("Location", ""), path
        assert not answer.headers.get("Location", "").startswith("javascript"), path
        if path == "/sign-in/":
            assert "_auth_user_id" in client.session


@pytest.mark.parametrize("back", ELSEWHERE)
@pytest.mark.parametrize("name", ["next", "back", "url", "redirect", "return"])
def test_no_page_leads_elsewhere_because_its_address_says_so(
    come_as: ComeAs, name: str, back: str
) -> None:
    client = come_as("secretariat")
    for path in ("/", "/my/", "/inbox/", "/search/", "/worklist/", "/account/reauthenticate/"):
        answer = client.get(path, {name: back, "q": back})
        assert "elsewhere" not in answer.headers.get("Location", ""), path
        links = [attrs["href"] for attrs in Page(answer).having("a") if "href" in attrs]
        assert not [link for link in links if link.strip() == back.strip()], path
