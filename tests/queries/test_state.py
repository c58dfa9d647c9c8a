"""The pages of the States parties, on all recorded facts."""

from datetime import date

import pytest

from reporting.models import StateParty, Treaty
from reporting.queries.state import StatePage, compliance, state_page, states_parties
from tests.factories import TODAY


@pytest.fixture
def treaty(recorded: None) -> Treaty:
    return Treaty.objects.get(code="CMW")


def page(treaty: Treaty, iso3: str, day: date = TODAY) -> StatePage:
    return state_page(iso3=iso3, treaty=treaty, as_at=day)


def test_every_state_party_is_listed_once_by_name(treaty: Treaty) -> None:
    found = states_parties(as_at=TODAY, treaty=treaty)
    assert len(found) == 60
    assert [each.party.state.name for each in found[:2]] == ["Albania", "Algeria"]


def test_a_state_is_listed_with_its_earliest_outstanding_report(treaty: Treaty) -> None:
    fiji = states_parties(as_at=TODAY, treaty=treaty, q="fiji")[0]
    assert fiji.earliest
    assert fiji.standing
    assert (fiji.earliest.title, str(fiji.earliest.due_on)) == ("initial report", "2020-12-01")
    assert (fiji.standing.status, fiji.overdue_reports) == ("overdue", 2)


def test_a_state_is_no_party_before_its_deposit(treaty: Treaty) -> None:
    listed = {
        each.party.state.iso3 for each in states_parties(as_at=date(2012, 5, 30), treaty=treaty)
    }
    assert "IDN" not in listed
    before = page(treaty, "IDN", date(2012, 5, 30))
    assert (before.is_party, before.facts, before.open) == (False, [], [])
    assert page(treaty, "IDN", date(2012, 5, 31)).is_party


def test_the_page_of_a_past_day_knows_nothing_of_what_came_later(treaty: Treaty) -> None:
    then = page(treaty, "JAM", date(2016, 6, 1))
    assert [str(fact.row) for fact in then.facts] == ["CMW/C/JAM/QPR/1"]
    assert [f"{row} {row.due_on}" for row in then.open] == [
        "initial report 2010-01-01",
        "second periodic report 2015-01-01",
        "third periodic report 2020-01-01",
        "replies to a list of issues prior to reporting on the initial report None",
    ]
    assert [f"{row} {row.due_on}" for row in then.projected] == [
        "fourth periodic report 2025-01-01"
    ]


def test_the_page_of_today_shows_what_was_what_is_and_what_would_follow(treaty: Treaty) -> None:
    now = page(treaty, "JAM")
    assert [f"{row} {row.closed_as}" for row in now.past if row.kind == "report"] == [
        "initial report considered in absence",
        "second periodic report considered in absence",
        "third periodic report superseded",
        "combined reports: initial report and second periodic report met",
        "third periodic report superseded",
        "fourth periodic report superseded",
    ]
    assert [f"{row} {row.due_on}" for row in now.open] == ["third periodic report 2030-04-17"]
    assert [f"{row} {row.due_on}" for row in now.projected] == ["fourth periodic report 2035-04-17"]


def test_a_projection_goes_no_further_than_ten_years(treaty: Treaty) -> None:
    for party in StateParty.objects.select_related("state"):
        for row in page(treaty, party.state.iso3).projected:
            assert row.due_from
            assert date(2026, 11, 22) < row.due_from <= date(2036, 11, 22)


def test_facts_without_a_date_stand_where_they_count(treaty: Treaty) -> None:
    facts = [str(fact.row) for fact in page(treaty, "SLV", date(2014, 12, 31)).facts]
    assert facts == [
        "CMW/C/SLV/1",
        "review of report 1",
        "next report due",
        "CMW/C/SLV/2",
        "CMW/C/SLV/CO/2",
        "CMW/C/SLV/CO/2",
    ]


def test_compliance_counts_a_state_once_under_a_treaty(treaty: Treaty) -> None:
    fiji, indonesia = page(treaty, "FJI"), page(treaty, "IDN")
    assert (fiji.overdue_reports, fiji.compliance) == (2, 0)
    assert (indonesia.overdue_reports, indonesia.compliance) == (0, 100)
    assert compliance(overdue=3, instruments=9) == 67


def test_a_state_that_is_no_party_has_no_page(treaty: Treaty) -> None:
    with pytest.raises(StateParty.DoesNotExist):
        page(treaty, "FRA")
