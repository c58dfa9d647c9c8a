"""Requests with one key at the same moment, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, local
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from reporting.api import filing, once
from reporting.models import Scope, Submission, SubmissionDocument, User
from reporting.services.document import Draft
from reporting.services.timetable import refresh
from tests.api.conftest import program_of
from tests.api.test_filing import HERE, given
from tests.factories import TODAY, StatePartyFactory, TreatyFactory
from tests.files import docx, upload
from tests.services.conftest import apart as apart  # noqa: PLC0414 - a fixture
from tests.views.logging_a_report import owner as owner  # noqa: PLC0414 - a fixture
from tests.views.logging_a_report import party as party  # noqa: PLC0414 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)
Answers = list[tuple[int, Any]]


class AtOnce:
    """Sends bodies together, each of which finds that nothing was filed with its key."""

    def __init__(self, program: Client, request: pytest.FixtureRequest) -> None:
        """Take who sends; connections are made when all data is there."""
        self.program, self.request = program, request

    def __call__(self, *bodies: dict[str, Any]) -> tuple[Answers, list[list[str]]]:
        """Return the answers, and the names of the documents of each report, and of what waits."""
        apart = self.request.getfixturevalue("apart")

        def post(body: dict[str, Any]) -> tuple[int, Any]:
            with apart():
                shown = self.program.defaults["HTTP_AUTHORIZATION"]
                answer = Client(headers={"Authorization": shown}).post(HERE, body)
                return answer.status_code, answer.json()

        def kept() -> list[list[str]]:
            with apart():
                of: dict[int | None, list[str]] = {}
                rows = SubmissionDocument.objects.order_by("name")
                for report, name in rows.values_list("submission", "name"):
                    of.setdefault(report, []).append(name)
                return [*of.values()]

        self.request.getfixturevalue("monkeypatch").setattr(
            filing, "filed_with", _look(len(bodies))
        )
        with ThreadPoolExecutor(len(bodies)) as threads:
            answers = sorted(threads.map(post, bodies), key=lambda each: each[0])
            return answers, threads.submit(kept).result()


def _look(count: int) -> Callable[[Draft], Submission | None]:
    start, looked = Barrier(count), local()

    def look(draft: Draft) -> Submission | None:
        found = once.filed_with(draft)
        if not hasattr(looked, "already"):
            looked.already = True
            start.wait(timeout=20)
        return found

    return look


@pytest.fixture
def send(owner: User, request: pytest.FixtureRequest) -> AtOnce:
    return AtOnce(program_of(owner, Scope.FILE), request)


def test_of_other_bodies_with_one_key_one_is_filed_and_the_others_are_told(send: AtOnce) -> None:
    key = str(uuid4())
    another = [upload("Annex.docx", docx())]
    (first, *others), kept = send(
        given(key=key, note="one"),
        given(key=key, note="two"),
        given(key=key, note="one", documents=another),
    )
    assert first[0] == 201
    said = "This key has filed another report: make up a new one."
    assert [(status, body["detail"]) for status, body in others] == [(409, said)] * 2
    assert kept == [[each["name"] for each in first[1]["documents"]]]


def test_of_one_body_with_one_key_each_is_answered_with_the_one_report(send: AtOnce) -> None:
    key = str(uuid4())
    answers, kept = send(*(given(key=key) for _time in range(3)))
    assert [status for status, _body in answers] == [200, 200, 201]
    assert len({body["id"] for _status, body in answers}) == 1
    assert kept == [["report.pdf"]]


def test_a_key_files_under_one_treaty_alone(send: AtOnce) -> None:
    under = StatePartyFactory.create(treaty=TreatyFactory.create(code="CRC"))
    refresh(party=under, as_at=TODAY)
    key = str(uuid4())
    answers, kept = send(given(key=key), given(key=key, treaty="CRC"))
    assert [status for status, _body in answers] == [201, 409]
    assert kept == [["report.pdf"]]
