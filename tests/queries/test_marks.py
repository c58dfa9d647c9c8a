"""A mark is another one whenever what is on record is, and tells since when it is so."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from reporting.models import Revision
from reporting.queries.marks import mark_of_obligations, mark_of_record
from tests.factories import SubmissionFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def test_it_stays_while_nothing_changes() -> None:
    SubmissionFactory.create()
    assert mark_of_record("a", today=DAY) == mark_of_record("a", today=DAY)
    assert mark_of_record("a", today=DAY).text != mark_of_record("b", today=DAY).text
    assert mark_of_record("a", today=DAY).text != mark_of_record("a", today=date(2026, 11, 23)).text


def test_a_fact_that_is_written_changes_it_and_its_moment() -> None:
    report = SubmissionFactory.create()
    before, of_obligations = mark_of_record(today=DAY), mark_of_obligations(today=DAY)
    with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC), tick=False):
        report.save()
    after = mark_of_record(today=DAY)
    assert after.text != before.text
    assert after.at == datetime(2027, 1, 1, tzinfo=UTC)
    assert mark_of_obligations(today=DAY) == of_obligations


def test_obligations_that_are_written_change_both() -> None:
    before = (mark_of_record(today=DAY), mark_of_obligations(today=DAY))
    with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC), tick=False):
        Revision.objects.renew()
    after = (mark_of_record(today=DAY), mark_of_obligations(today=DAY))
    assert [new.text != old.text for old, new in zip(before, after, strict=True)] == [True, True]
    assert {each.at for each in after} == {datetime(2027, 1, 1, tzinfo=UTC)}
