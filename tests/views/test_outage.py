"""What is said, and what still works, while something that the application relies on is away."""

import errno
import os
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.files.storage import Storage
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.db.transaction import TransactionManagementError
from django.test import Client
from kombu.exceptions import OperationalError as BrokerError

from config.steady_cache import SteadyRedisCache
from reporting import tasks
from reporting.models import Submission, SubmissionDocument
from reporting.services.timetable import refresh
from tests.factories import TODAY, StatePartyFactory, UserFactory
from tests.files import upload
from tests.views.cast import as_, ministry_of
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db
NOBODY_LISTENS = "redis://127.0.0.1:9/0"
PASSWORD = "correct horse battery"  # noqa: S105


@pytest.fixture
def without_redis(settings: LazySettings) -> Iterator[None]:
    """Let the cache be in a Redis that does not answer."""
    gone = {"BACKEND": "config.steady_cache.SteadyRedisCache", "LOCATION": NOBODY_LISTENS}
    settings.CACHES = settings.CACHES | {"default": gone}
    SteadyRedisCache.away_until = 0.0
    yield
    SteadyRedisCache.away_until = 0.0


@pytest.fixture
def browser() -> Client:
    """Return a browser that shows the page of an error."""
    return Client(raise_request_exception=False)


def test_one_signs_in_while_redis_is_away(without_redis: None, browser: Client) -> None:
    person = UserFactory.create(email="desk@example.org")
    person.set_password(PASSWORD)
    person.save()
    browser.post("/sign-in/", {"login": "desk@example.org", "password": PASSWORD})
    assert "_auth_user_id" in browser.session
    assert SteadyRedisCache.away_until > 0


def test_a_report_is_filed_while_redis_is_away(without_redis: None) -> None:
    party = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    sent = {
        "draft": str(uuid4()),
        "covers": ["report-1"],
        "procedure": "standard",
        "sent_on": "2026-11-20",
        "languages": ["en"],
        "language_1": "en",
        "language_2": "fr",
        "language_3": "en",
        "file_1": upload(),
    }
    answer = as_(ministry_of(party)).post("/states/IDN/submissions/new/", sent)
    assert answer.status_code == 302, Page(answer).text
    assert Submission.objects.get().documents.count() == 1


def test_attempts_are_limited_while_redis_is_away(without_redis: None, browser: Client) -> None:
    cache.set("attempts", 1)
    assert cache.incr("attempts") == 2
    assert [cache.get("attempts"), cache.add("attempts", 9)] == [2, False]


def raising(error: BaseException) -> Callable[..., Any]:
    def fail(*_args: Any, **_options: Any) -> Any:
        raise error

    return fail


def broken_by(error: Exception) -> Exception:
    """Return what is raised where a transaction goes on after an error."""
    broken = TransactionManagementError("An error occurred in the current transaction.")
    broken.__cause__ = error
    return broken


@pytest.mark.parametrize(
    "error",
    [OperationalError("gone"), InterfaceError("closed"), broken_by(OperationalError("gone"))],
)
def test_a_database_that_is_away_is_said_with_when_to_try_again(
    browser: Client, error: Exception
) -> None:
    with connection.execute_wrapper(raising(error)):
        answer = browser.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Something that this application relies on does not answer" in Page(answer).text
    assert "default-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database or disk is full"),
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    ],
)
def test_a_full_disk_is_said(browser: Client, error: Exception) -> None:
    with connection.execute_wrapper(raising(error)):
        answer = browser.get("/")
    assert answer.status_code == 503
    assert "There is no room left to store what was sent" in Page(answer).text


@pytest.mark.parametrize("error", [ProgrammingError("no such table"), OSError("something else")])
def test_a_fault_of_ours_stays_one(browser: Client, error: Exception) -> None:
    with connection.execute_wrapper(raising(error)):
        answer = browser.get("/")
    assert answer.status_code == 500


def test_a_password_cannot_be_reset_while_no_task_is_taken(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks.send_password_reset, "delay", raising(BrokerError("refused")))
    answer = browser.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


def test_a_file_that_finds_no_room_is_said_at_the_file_and_the_form_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    party = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    storage: Storage = SubmissionDocument.file.field.storage
    monkeypatch.setattr(storage, "_save", raising(full))
    sent = {"draft": str(uuid4()), "covers": ["report-1"], "sent_on": "2026-11-20"}
    answer = as_(ministry_of(party)).post(
        "/states/IDN/submissions/new/", sent | {"file_1": upload()}
    )
    page = Page(answer)
    assert answer.status_code == 200
    assert "report.pdf: This file could not be stored; the storage is full" in page.text
    assert page.having("input", name="sent_on", value="2026-11-20")
    assert not Submission.objects.exists()
