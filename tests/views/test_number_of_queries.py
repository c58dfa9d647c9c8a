"""No page, file or feed asks the database more often because there is more to show."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.world import multiply, multiply_facts
from reporting.exports.records import EXPORTS
from reporting.exports.tables import TABLES
from reporting.models import StateParty, Treaty
from reporting.queries.changes import Happening
from reporting.views.export import FORMATS as EXPORT_FORMATS
from reporting.views.table import FORMATS as TABLE_FORMATS
from tests.factories import SessionFactory, UserFactory

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("recorded")]
PAGES = (
    "/",
    "/states/",
    "/states/IDN/",
    "/overview/",
    "/overview/history.json",
    "/timeline/",
    "/compare/?from=2003-01-01",
    "/compare.csv?from=2003-01-01",
    "/compare.xlsx?from=2003-01-01",
    "/tables/",
    "/exports/",
    "/planner/",
    "/planner/45/",
    "/forecast/",
    "/sessions/",
    "/worklist/",
    "/worklist/MEX/",
    "/inbox/",
    "/changes/",
    "/changes.atom",
    "/calendar.ics",
    "/states/IDN/calendar.ics",
    "/search/?q=an",
    "/search/?q=CMW",
    *(f"/tables/{slug}/" for slug in TABLES),
    *(f"/tables/{slug}.{form}" for slug in TABLES for form in TABLE_FORMATS),
    *(f"/exports/{name}.{form}" for name in EXPORTS for form in EXPORT_FORMATS),
    "/exports/submissions.csv?as_at=2017-12-31",
)

# Two questions for each kind of fact that stands on them: which kinds, depends on when the facts were written.
OF_CHANGES = ("/changes/", "/changes.atom")


def queries(client: Client) -> Iterator[tuple[str, int]]:
    for page in PAGES:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            answer: Any = client.get(page)
            assert answer.status_code == 200, page
            assert b"".join(answer) if answer.streaming else answer.content
        yield page, len(captured)


def test_twice_as_many_states_are_shown_with_as_many_queries() -> None:
    treaty = Treaty.objects.get(code="CMW")
    SessionFactory.create(treaty=treaty, number=45)
    client = Client()
    client.force_login(UserFactory.create())
    before = dict(queries(client))
    multiply(to=2 * StateParty.objects.count(), treaty=treaty)
    multiply_facts(treaty=treaty)
    for number in (46, 47, 48):
        SessionFactory.create(treaty=treaty, number=number)
    after = dict(queries(client))
    for page in OF_CHANGES:
        assert after.pop(page) <= before.pop(page) + 2 * len(Happening), page
    assert after == before
    assert max(before.values()) <= 40
