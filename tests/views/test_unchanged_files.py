"""Files that programs fetch again and again are sent in full only where something has changed."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from reporting.models import Submission
from reporting.rules.partial_date import PartialDate
from reporting.services.fact import correct
from tests.factories import TODAY, UserFactory

pytestmark = pytest.mark.usefixtures("recorded")
FILES = [
    "/exports/obligations.csv",
    "/exports/submissions.xlsx",
    "/exports/decisions.json?as_at=2017-12-31",
    "/tables/compliance.docx",
    "/overview/history.json",
]


def ask(visitor: Client, path: str, **headers: str) -> Any:
    """Return the answer, read to its end."""
    answer: Any = visitor.get(
        path, headers={name.replace("_", "-"): said for name, said in headers.items()}
    )
    # Not closed: that ends the request, and with it the connection that holds the test's transaction.
    answer.body = answer.getvalue()
    return answer


@pytest.mark.parametrize("path", FILES)
def test_who_has_it_already_is_told_so(visitor: Client, path: str) -> None:
    first = ask(visitor, path)
    assert (first.status_code, first["Cache-Control"]) == (200, "no-cache")
    for known in (
        {"If_None_Match": first["ETag"]},
        {"If_Modified_Since": first["Last-Modified"]},
    ):
        again = ask(visitor, path, **known)
        assert (again.status_code, again.body) == (304, b"")
        assert again["ETag"] == first["ETag"]
    assert ask(visitor, path, If_None_Match='"another"').status_code == 200


@pytest.mark.parametrize("path", FILES)
def test_it_is_sent_again_when_a_fact_or_the_day_has_changed(visitor: Client, path: str) -> None:
    known = {"If_None_Match": ask(visitor, path)["ETag"]}
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        assert ask(visitor, path, **known).status_code == 200
    report = Submission.objects.get(state_party__state__iso3="LSO", first_report=2)
    report.received_on = PartialDate(2025, 2, 20)
    correct(fact=report, seen=report.version, by=UserFactory.create(), as_at=TODAY, reason="a slip")
    changed = ask(visitor, path, **known)
    assert changed.status_code == 200
    assert changed["ETag"] != known["If_None_Match"]


def test_other_filters_are_another_file(visitor: Client) -> None:
    known = {"If_None_Match": ask(visitor, "/exports/obligations.csv?state=IDN")["ETag"]}
    assert ask(visitor, "/exports/obligations.csv?state=FJI", **known).status_code == 200
    assert ask(visitor, "/exports/obligations.csv?state=IDN", **known).status_code == 304


def test_a_refusal_is_no_file(visitor: Client) -> None:
    answer = visitor.get("/exports/obligations.csv?state=XXX")
    assert answer.status_code == 400
    assert "ETag" not in answer
