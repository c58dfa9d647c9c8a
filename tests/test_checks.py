"""What the application asks for before it runs."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core.checks import CheckMessage
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from reporting import checks
from reporting.queries import readiness


@pytest.mark.parametrize("address", ["https://reports.example.org", "http://localhost:8001"])
def test_links_in_emails_begin_with_the_public_address(
    settings: LazySettings, address: str
) -> None:
    settings.PUBLIC_URL = address
    call_command("check")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "PUBLIC_URL is not set: the links in e-mails would lead nowhere."),
        ("reports.example.org", "PUBLIC_URL is “reports.example.org”, which is no address:"),
        ("https://", "PUBLIC_URL is “https://”, which is no address:"),
    ],
)
def test_without_a_public_address_nothing_starts(
    settings: LazySettings, address: str, sentence: str
) -> None:
    settings.PUBLIC_URL = address
    with pytest.raises(SystemCheckError, match=r"reporting\.E001") as caught:
        call_command("check")
    assert sentence in str(caught.value)


def test_a_machine_without_the_rules_of_geneva_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checks, "ZONES", ("UTC", "Europe/Nowhere"))
    with pytest.raises(SystemCheckError, match=r"reporting\.E002") as caught:
        call_command("check")
    assert "does not know the time zone Europe/Nowhere" in str(caught.value)
    assert "apt install tzdata" in str(caught.value)


def found(check: Callable[[], list[CheckMessage]]) -> list[str | None]:
    return [message.id for message in check()]


@pytest.mark.parametrize(
    ("check", "name", "value", "number"),
    [
        (checks.secrets, "SECRET_KEY", "abcdefg-" * 8, "reporting.E010"),
        (checks.secrets, "METRICS_TOKEN", "x", "reporting.E011"),
        (checks.production, "REDIS_URL", "", "reporting.W012"),
        (checks.production, "PUBLIC_URL", "https://other.example.org", "reporting.E013"),
        (checks.numbers, "WRONG_NUMBERS", {"AUDIT_DAYS": "It is none."}, "reporting.E014"),
    ],
)
def test_a_setting_that_is_unsafe_is_named(
    settings: LazySettings,
    check: Callable[[], list[CheckMessage]],
    name: str,
    value: object,
    number: str,
) -> None:
    settings.EMBEDDED = False
    settings.SECRET_KEY = "YzUJ3Yt0mKq8vL1xWd5nRb7sGf2hEc9aPi4oQu6Tj-_kZlXwVyBr"  # noqa: S105 - of no installation
    settings.METRICS_TOKEN = ""
    settings.REDIS_URL = "redis://localhost:6379/0"
    settings.PUBLIC_URL = "https://reports.example.org"
    settings.ALLOWED_HOSTS = ["reports.example.org"]
    assert found(check) == []
    setattr(settings, name, value)
    assert found(check) == [number]


def test_a_wrong_number_keeps_nobody_from_starting_what_is_embedded(settings: LazySettings) -> None:
    settings.WRONG_NUMBERS = {"REPLIES_WEEKS": "REPLIES_WEEKS is “-1”."}
    settings.EMBEDDED = True
    (said,) = checks.numbers()
    assert (said.id, said.msg, said.is_serious()) == (
        "reporting.W014",
        "REPLIES_WEEKS is “-1”.",
        False,
    )
    assert said.hint == (
        "Set REPLIES_WEEKS to such a number, or take it out; README.md says what it means."
    )
    call_command("check")


@pytest.mark.parametrize("check", [checks.broker, checks.mail_server])
def test_a_web_process_starts_without_asking_other_machines(
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
    check: Callable[..., list[CheckMessage]],
) -> None:
    """They may be down for a night: /readyz says so, and pages answer. Who asks for them is told."""
    settings.EMAIL_OUTBOX, settings.EMAIL_IS_SET = None, True
    for part in ("broker", "mail_server"):
        monkeypatch.setattr(readiness, part, lambda: readiness.Part("it", "It is down."))
    assert check(databases=None) == []
    assert [each.id for each in check(databases=["default"])] in (
        ["reporting.E003"],
        ["reporting.E005"],
    )
