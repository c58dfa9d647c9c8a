"""Two people file one report at the same moment, each with a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Role, Submission
from reporting.services.document import Draft, keep_document
from reporting.services.submission import Filing, file_submission
from reporting.services.timetable import refresh
from tests.factories import NOW, TODAY, StatePartyFactory, UserFactory
from tests.files import upload

pytestmark = pytest.mark.django_db(transaction=True)


def drafts(count: int) -> list[Draft]:
    party = StatePartyFactory.create()
    refresh(party=party, as_at=TODAY)
    made = []
    for _number in range(count):
        person = UserFactory.create(role=Role.MINISTRY)
        person.states.add(party.state)
        made.append(Draft(uuid4(), party, person))
        keep_document(draft=made[-1], upload=upload(), language="en", now=NOW)
    return made


def file_together(waiting: list[Draft], apart: Callable[[], Any]) -> list[str]:
    """File every draft at once; return what each author is told."""
    start = Barrier(len(waiting))

    def send(draft: Draft) -> str:
        with apart():
            start.wait(timeout=20)
            filing = Filing(covers=(1,), sent_on=date(2026, 11, 20))
            try:
                report = file_submission(filing=filing, draft=draft, as_at=TODAY, now=NOW)
            except ValidationError as error:
                return error.messages[0]
            return f"filed {report.pk}"

    with ThreadPoolExecutor(len(waiting)) as threads:
        return sorted(threads.map(send, waiting))


def stored(apart: Callable[[], Any]) -> int:
    def count() -> int:
        with apart():
            return Submission.objects.count()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(count).result()


def test_of_two_submissions_of_one_report_one_stands_and_the_other_gets_a_sentence(
    request: pytest.FixtureRequest,
) -> None:
    waiting = drafts(4)
    apart = request.getfixturevalue("apart")
    *refused, filed = file_together(waiting, apart)
    said = "The initial report has been logged already and waits to be confirmed."
    assert refused == [said, said, said]
    assert filed.startswith("filed ")
    assert stored(apart) == 1


def test_one_form_sent_several_times_at_once_files_once_and_leads_to_one_report(
    request: pytest.FixtureRequest,
) -> None:
    waiting = drafts(1) * 4
    apart = request.getfixturevalue("apart")
    told = file_together(waiting, apart)
    assert len(set(told)) == 1
    assert told[0].startswith("filed ")
    assert stored(apart) == 1
