"""The questions that are asked of the obligations."""

from datetime import date

import pytest

from reporting.models import Obligation
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
    partial,
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "open_then"),
    [("2012-05-30", 0), ("2012-05-31", 1), ("2014-08-31", 2), ("2014-09-01", 1), ("2018-09-02", 2)],
)
def test_an_obligation_is_open_from_the_day_it_arises_until_the_day_it_is_met(
    day: str, open_then: int
) -> None:
    party = StatePartyFactory.create()
    SubmissionFactory.create(state_party=party, received_on=partial("2014-09-01"))
    refresh(party=party, as_at=TODAY)
    assert Obligation.objects.all().open(as_at=date.fromisoformat(day)).count() == open_then


@pytest.mark.django_db
def test_a_report_is_in_the_backlog_from_its_receipt_until_it_is_considered() -> None:
    party = StatePartyFactory.create()
    SubmissionFactory.create(state_party=party, received_on=partial("2014-09-01"))
    ReviewFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY)

    def backlog(day: str) -> int:
        return Obligation.objects.all().backlog(as_at=date.fromisoformat(day)).count()

    counts = [backlog(day) for day in ("2014-08-31", "2014-09-01", "2017-09-12", "2017-09-13")]
    assert counts == [0, 1, 1, 0]


@pytest.mark.django_db
def test_an_obligation_says_what_is_owed() -> None:
    party = StatePartyFactory.create()
    DecisionFactory.create(
        state_party=party,
        kind="list of issues",
        first_report=1,
        last_report=2,
        symbol="CMW/C/IDN/Q/1-2",
        decided_on=partial("2015"),
        due_on=partial("2016-01"),
    )
    DecisionFactory.create(
        state_party=party,
        kind="additional report",
        last_report=None,
        decided_on=partial("2020-01-01"),
        due_on=partial("2021-01-01"),
    )
    refresh(party=party, as_at=TODAY)
    titles = {row.kind: row.title for row in Obligation.objects.exclude(kind="report")}
    assert titles == {
        "replies to a list of issues": (
            "replies to a list of issues on the combined reports: initial report and second "
            "periodic report"
        ),
        "additional report": "additional report",
    }
