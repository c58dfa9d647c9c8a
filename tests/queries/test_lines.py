"""Obligations as plain values: the same as the rows say, in one query."""

from datetime import date

import pytest
from django.utils.translation import gettext

from reporting.models import Obligation
from reporting.models.dates import long_date
from reporting.queries.lines import lines
from reporting.queries.words import explanation, title

pytestmark = pytest.mark.usefixtures("recorded")
DAYS = [date(2006, 1, 1), date(2012, 12, 31), date(2017, 12, 31), date(2026, 11, 22)]


@pytest.mark.parametrize("as_at", DAYS)
def test_a_line_stands_as_its_obligation_does_and_says_the_same(as_at: date) -> None:
    rows = Obligation.objects.order_by("pk").select_related("state_party__state")
    found = lines(Obligation.objects.order_by("pk"), as_at=as_at)
    for line, row in zip(found, rows, strict=True):
        assert line.standing == row.standing(as_at=as_at)
        assert (line.iso3, line.row.due) == (row.state_party.state.iso3, row.due_on)
        assert (line.row.received, line.row.symbol or "") == (
            row.received_on,
            row.submission.symbol if row.submission else "",
        )
        assert title(line.row) == row.title
        said = row.as_value().explanation
        assert explanation(line.row) == said.text(translate=gettext, say_date=long_date)


def test_what_ended_an_obligation_later_is_not_known_yet() -> None:
    of_indonesia = Obligation.objects.filter(
        state_party__state__iso3="IDN", kind="report", first_report=1
    )
    before, after = (
        next(lines(of_indonesia, as_at=day)).ended for day in (date(2015, 1, 1), date(2018, 1, 1))
    )
    assert before is None
    assert after is not None
    assert after.symbol == "CMW/C/IDN/1"
