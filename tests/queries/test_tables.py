"""The rows of the published tables against the counts and the facts of the same day."""

from datetime import date
from typing import Any

import pytest

from reporting.models import StateParty, Treaty
from reporting.queries import tables
from reporting.queries.backlog import Backlog
from reporting.queries.dashboard import cards
from reporting.queries.facts import facts_of, with_facts
from reporting.queries.tables import LateAndNonReporting
from reporting.rules.facts import Review
from reporting.rules.placing import place
from reporting.rules.status import Band
from reporting.services.timetable import refresh
from tests.factories import StatePartyFactory, SubmissionFactory, partial

DAYS = [date(2009, 6, 30), date(2017, 12, 31), date(2022, 6, 30), date(2026, 11, 22)]
recorded = pytest.mark.usefixtures("recorded")


@pytest.fixture
def treaty() -> Treaty:
    return Treaty.objects.get(code="CMW")


@recorded
@pytest.mark.parametrize("as_at", DAYS)
def test_the_tables_count_what_the_dashboard_counts(as_at: date, treaty: Treaty) -> None:
    counts = cards(as_at=as_at, treaty=treaty)
    late = LateAndNonReporting(as_at=as_at, treaty=treaty)
    waiting = [*Backlog(as_at=as_at, treaty=treaty)]
    *_states, everybody = tables.ComplianceIndicator(as_at=as_at, treaty=treaty)
    assert len(late) == everybody.overdue == counts.with_overdue_report
    assert sum(row.overdue for row in late) == counts.overdue_reports == everybody.overdue_reports
    assert len(waiting) == counts.backlog
    assert everybody.instruments == counts.states_parties


@recorded
@pytest.mark.parametrize("as_at", DAYS)
def test_a_state_was_never_reviewed_where_no_review_counted_by_the_day(
    as_at: date, treaty: Treaty
) -> None:
    parties = with_facts(StateParty.objects.filter(treaty=treaty).parties(as_at=as_at))
    reviewed = {
        party.state.iso3
        for party in parties
        for item in place(facts_of(party))[0]
        if isinstance(item.fact, Review) and item.day <= as_at
    }
    found = {row.iso3 for row in tables.StatesNeverReviewed(as_at=as_at, treaty=treaty)}
    assert found == {party.state.iso3 for party in parties} - reviewed


@recorded
def test_late_states_stand_by_band_the_longest_first_and_by_name(treaty: Treaty) -> None:
    rows = LateAndNonReporting(as_at=date(2026, 11, 22), treaty=treaty)
    assert [(row.band, row.iso3, row.overdue) for row in rows] == [
        (Band.FIVE_TO_TEN, "FJI", 2),
        (Band.FIVE_TO_TEN, "GMB", 2),
        (Band.FIVE_TO_TEN, "GNB", 2),
        (Band.UNDER_FIVE, "TCD", 1),
        (Band.UNDER_FIVE, "CIV", 1),
        (Band.UNDER_FIVE, "MWI", 1),
        (Band.UNDER_FIVE, "TGO", 1),
        (Band.UNDER_FIVE, "ZWE", 1),
    ]


@recorded
def test_indonesia_in_the_table_of_reports(treaty: Treaty) -> None:
    found = tables.SubmissionOfReports(as_at=date(2026, 11, 22), treaty=treaty)
    rows = [
        (line.row.first, line.row.due_on, line.ended and line.ended.symbol)
        for line in found
        if line.iso3 == "IDN"
    ]
    assert rows[:2] == [(1, "2013-09-01", "CMW/C/IDN/1"), (2, "2022-09-13", "")]


@recorded
def test_a_combined_report_waits_once(treaty: Treaty) -> None:
    party = StatePartyFactory.create(
        state__iso3="AUT", state__name="Austria", deposited_on=partial("2012-05-31")
    )
    SubmissionFactory.create(
        state_party=party, first_report=1, last_report=2, received_on=partial("2019-02-01")
    )
    refresh(party=party, as_at=date(2026, 11, 22))
    waiting = [*Backlog(as_at=date(2019, 3, 3), treaty=treaty)]
    assert [
        (row.first, row.last, row.received_on, row.days) for row in waiting if row.iso3 == "AUT"
    ] == [(1, 2, "2019-02-01", 30)]


@recorded
def test_the_indicator_of_each_state_of_its_group_and_of_all(treaty: Treaty) -> None:
    rows = tables.ComplianceIndicator(as_at=date(2026, 11, 22), treaty=treaty)
    of = {(row.level, row.iso3 or row.region): (row.overdue, row.per_cent) for row in rows}
    assert of["state", "FJI"] == (1, 0)
    assert of["state", "IDN"] == (0, 100)
    assert of["region", "eastern-european"] == (0, 100)
    assert of["all", ""] == (8, 87)
    assert list(tables.ComplianceIndicator(as_at=date(1990, 1, 1), treaty=treaty)) == []


@recorded
@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        (tables.SubmissionOfReports, 2),
        (tables.LateAndNonReporting, 2),
        (Backlog, 2),
        (tables.RepliesAndFollowUp, 2),
        (tables.ComplianceIndicator, 3),
        (tables.StatesNeverReviewed, 2),
    ],
)
def test_going_through_a_table_asks_as_often_for_any_number_of_states(
    rows: Any, asked: int, treaty: Treaty, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(asked):
        assert list(iter(rows(as_at=date(2026, 11, 22), treaty=treaty)))
