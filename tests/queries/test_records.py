"""Facts as plain values: those that counted by a day, as a State's page has them."""

from datetime import date
from typing import Any

import pytest

from reporting.models import CommitteeDecision, Review, State, Submission, Treaty
from reporting.models.fact import Fact
from reporting.queries.records import Narrowed, records
from reporting.queries.state import state_page
from tests.factories import DecisionFactory, StatePartyFactory, SubmissionFactory, partial

pytestmark = pytest.mark.usefixtures("recorded")
KINDS: list[type[Fact]] = [Submission, Review, CommitteeDecision]


def found(model: type[Fact], as_at: date, **narrowed: str) -> list[list[object]]:
    rows = records(
        model,
        "state_party__state__iso3",
        "symbol",
        as_at=as_at,
        treaty=Treaty.objects.get(code="CMW"),
        narrowed=Narrowed(**narrowed),
        dates=0,
    )
    return list(rows)


@pytest.mark.thorough
@pytest.mark.parametrize("as_at", [date(2010, 1, 1), date(2017, 12, 31), date(2026, 11, 22)])
@pytest.mark.parametrize("model", KINDS)
def test_the_facts_of_a_day_are_those_of_the_pages_of_the_states(
    model: type[Fact], as_at: date
) -> None:
    treaty = Treaty.objects.get(code="CMW")
    shown = sorted(
        [iso3, line.row.symbol]
        for iso3 in State.objects.filter(parties__treaty=treaty).values_list("iso3", flat=True)
        for line in state_page(iso3=iso3, treaty=treaty, as_at=as_at).facts
        if isinstance(line.row, model)
    )
    assert sorted(found(model, as_at)) == shown
    assert shown


def test_a_date_that_lies_after_the_day_is_not_known_yet_but_a_due_date_is() -> None:
    asked: Any = {"as_at": date(2017, 12, 31), "treaty": Treaty.objects.get(code="CMW")}
    narrowed = Narrowed(state="IDN")
    review = Review.objects.get(symbol="CMW/C/IDN/CO/1")
    Review.objects.filter(pk=review.pk).update(distributed_on=partial("2018-01"))
    day = date(2017, 9, 13)
    DecisionFactory.create(state_party=review.state_party, review=review, counts_from=day)
    dates = ("due_on", "withdrawn_on", "decided_on")
    rows = records(CommitteeDecision, *dates, narrowed=narrowed, dates=3, **asked)
    assert ["2022-10-01", None, "2017-09-13"] in list(rows)
    days = ("distributed_on", "adopted_on")
    assert list(records(Review, *days, narrowed=narrowed, dates=2, **asked)) == [
        [None, "2017-09-13"]
    ]


def test_they_are_narrowed_to_a_state_a_group_or_words() -> None:
    today = date(2026, 11, 22)
    assert {row[0] for row in found(Review, today, state="IDN")} == {"IDN"}
    assert {row[0] for row in found(Review, today, q="syria")} == {"SYR"}
    assert [row[1] for row in found(Submission, today, q="c/idn/1")] == ["CMW/C/IDN/1"]
    assert {row[0] for row in found(Review, today, region="eastern-european")} == {
        "ALB",
        "AZE",
        "BIH",
    }


def test_a_report_that_was_returned_counts_as_not_filed() -> None:
    party = StatePartyFactory.create(state__iso3="AUT", state__name="Austria")
    SubmissionFactory.create(
        state_party=party,
        symbol="AUT/1",
        status="returned",
        received_on=None,
        returned_because="Empty",
    )
    assert found(Submission, date(2026, 11, 22), state="AUT") == []
