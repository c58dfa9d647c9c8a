"""The day from which a fact counts is kept with it; see also ``test_days_of_facts_made``."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from reporting.models import CommitteeDecision, Review, StateParty, Submission
from reporting.queries.facts import facts_of, with_facts
from reporting.rules.placing import place

KINDS = (Submission, Review, CommitteeDecision)
Days = dict[str, date | None]


def kept() -> Days:
    return {row.ref: row.counts_from for kind in KINDS for row in kind.objects.all()}


def placed() -> Days:
    parties = with_facts(StateParty.objects.all())
    found = (item for party in parties for item in place(facts_of(party))[0])
    return {item.fact.ref: item.day for item in found if "denunciation" not in item.fact.ref}


@pytest.mark.usefixtures("recorded")
def test_every_recorded_fact_keeps_the_day_that_the_engine_finds() -> None:
    assert kept() == placed()
    assert None not in kept().values()


@pytest.mark.usefixtures("recorded")
def test_the_migration_writes_the_same_days_as_a_refresh() -> None:
    before = kept()
    for kind in KINDS:
        kind.objects.update(counts_from=None)
    migration = import_module("reporting.migrations.0009_days_of_facts")
    migration.write_days(apps, connection.schema_editor())
    assert kept() == before
