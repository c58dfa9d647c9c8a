"""All recorded facts, loaded and derived."""

from datetime import date

import pytest

from reporting.models import (
    CommitteeDecision,
    DecisionKind,
    Review,
    StateParty,
    Submission,
    SubmissionKind,
)
from reporting.queries.facts import facts_of, with_facts
from reporting.rules.timetable import timetable
from reporting.services.days import refuse_days
from reporting.services.plausible import refuse_implausible
from reporting.services.symbol import refuse_symbol
from tests.factories import TODAY


def test_all_recorded_facts_are_loaded(recorded: None) -> None:
    assert StateParty.objects.count() == 60
    assert Submission.objects.filter(kind=SubmissionKind.REPORT).count() == 91
    assert Review.objects.count() == 96
    lists = [DecisionKind.LIST_OF_ISSUES, DecisionKind.LIST_OF_ISSUES_PRIOR]
    assert CommitteeDecision.objects.filter(kind__in=lists).count() == 80


def test_every_fact_keeps_its_source(recorded: None) -> None:
    for model in (StateParty, Submission, Review, CommitteeDecision):
        assert not model.objects.filter(source="").exists()


def test_every_recorded_day_is_plausible(recorded: None) -> None:
    for model in (StateParty, Submission, Review, CommitteeDecision):
        for row in model.objects.all():
            refuse_implausible(row, treaty="CMW", as_at=TODAY)


def test_every_recorded_fact_has_days_and_a_symbol_that_can_be(recorded: None) -> None:
    for model in (Submission, Review, CommitteeDecision):
        for row in model.objects.select_related("state_party__state", "state_party__treaty"):
            symbol = row.symbol
            refuse_days(row, as_at=TODAY)
            refuse_symbol(row)
            assert row.symbol == symbol


DAYS = [
    date(2004, 7, 2),
    date(2008, 2, 29),
    date(2011, 12, 31),
    date(2015, 9, 1),
    date(2017, 12, 31),
    date(2022, 4, 1),
    TODAY,
]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_rows_of_a_day_are_what_the_engine_says_of_that_day(recorded: None, day: date) -> None:
    parties = with_facts(StateParty.objects.all())
    assert len(parties) == 60
    for party in parties:
        derived = timetable(party.treaty.regime(), facts_of(party), as_at=day)
        expected = sorted(
            (each.key, str(each.due), each.explanation.text())
            for each in derived
            if each.is_open(as_at=day)
        )
        rows = party.obligations.all().open(as_at=day)
        assert expected == sorted(
            (row.key, str(row.due_on), row.as_value().explanation.text()) for row in rows
        )
