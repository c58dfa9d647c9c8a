"""Figures that rest on what was filed and is not confirmed say so, until it is."""

import csv
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from docx import Document

from reporting.exports.published import table_csv, table_docx, table_xlsx
from reporting.exports.tables import TABLES
from reporting.models import StateParty, Submission, Treaty
from reporting.queries.compliance import Indicator, indicators
from reporting.queries.tables import ComplianceIndicator
from reporting.services.timetable import refresh
from tests.factories import NOW, TODAY, StateFactory, StatePartyFactory, SubmissionFactory

pytestmark = pytest.mark.django_db
SAID = (
    "1 submission counts here as received from the day on which it was sent: its receipt is not "
    "confirmed yet."
)


@pytest.fixture
def filed() -> Submission:
    """Return all that Indonesia owes by now, filed today; Peru has filed nothing."""
    party: StateParty = StatePartyFactory.create()
    peru = StatePartyFactory.create(state=StateFactory.create(iso3="PER", name="Peru"))
    for each in (party, peru):
        refresh(party=each, as_at=TODAY)
    sent: Submission = SubmissionFactory.create(
        state_party=party,
        first_report=1,
        last_report=3,
        symbol="",
        received_on=None,
        status="filed",
        sent_on=TODAY,
        filed_at=NOW,
    )
    refresh(party=party, as_at=TODAY)
    return sent


def confirm(sent: Submission) -> None:
    sent.status, sent.received_on = "received", TODAY.isoformat()
    sent.save()
    refresh(party=sent.state_party, as_at=TODAY)


def treaty() -> Treaty:
    return Treaty.objects.get()


def test_a_filed_report_counts_at_once_and_the_indicator_names_it(filed: Submission) -> None:
    indonesia = filed.state_party.state
    found = {each.iso3: each for each in indicators(as_at=TODAY).states}
    assert found["IDN"] == Indicator(indonesia.pk, "IDN", 1, 0, 1)
    assert (found["IDN"].per_cent, found["PER"].per_cent) == (100, 0)
    assert (found["PER"].unconfirmed, indicators(as_at=TODAY).unconfirmed) == (0, 1)


def test_confirmed_it_counts_the_same_and_nothing_is_named(filed: Submission) -> None:
    confirm(filed)
    found = {each.iso3: each for each in indicators(as_at=TODAY).states}
    assert (found["IDN"].per_cent, found["IDN"].unconfirmed) == (100, 0)


def test_a_day_before_it_was_sent_knows_nothing_of_it(filed: Submission) -> None:
    before = {each.iso3: each for each in indicators(as_at=date(2026, 11, 21)).states}
    assert (before["IDN"].per_cent, before["IDN"].unconfirmed) == (0, 0)
    assert filed.sent_on == TODAY


def test_the_page_says_it_once_and_at_the_state(filed: Submission) -> None:
    text = Client().get("/compliance/?as_at=2026-11-22").content.decode()
    assert SAID in text
    assert text.count("1 report filed, receipt not confirmed") == 1
    confirm(filed)
    text = Client().get("/compliance/?as_at=2026-11-22").content.decode()
    assert "not confirmed" not in text


@pytest.mark.usefixtures("filed")
def test_the_published_indicator_has_a_column_for_it_with_its_sums() -> None:
    text = "".join(table_csv(TABLES["compliance"], as_at=TODAY, treaty=treaty()))
    lines = csv.DictReader(text.removeprefix("\ufeff").splitlines())
    found = {line["state"]: (line["compliance"], line["unconfirmed"]) for line in lines}
    assert found["Indonesia"] == ("100", "1")
    assert found["Peru"] == ("0", "0")
    assert found["All States parties"] == ("50", "1")
    rows = ComplianceIndicator(as_at=TODAY, treaty=treaty())
    assert rows[0 : len(rows)] == list(iter(rows))


@pytest.mark.usefixtures("filed")
@pytest.mark.parametrize("slug", sorted({*TABLES} - {"replies-and-follow-up"}))
def test_every_published_table_of_reports_says_it_on_paper_and_on_its_page(slug: str) -> None:
    asked: dict[str, Any] = {"as_at": TODAY, "treaty": treaty()}
    with table_docx(TABLES[slug], **asked) as made:
        assert SAID in [each.text for each in Document(BytesIO(made.read())).paragraphs]
    with table_xlsx(TABLES[slug], **asked) as made:
        about = openpyxl.load_workbook(BytesIO(made.read())).worksheets[1]
    assert ("Not confirmed", SAID) in [tuple(row[:2]) for row in about.values]
    for _again in range(2):
        assert SAID in Client().get(f"/tables/{slug}/?as_at=2026-11-22").content.decode()


@pytest.mark.usefixtures("filed")
def test_a_table_of_something_else_does_not_say_it() -> None:
    text = Client().get("/tables/replies-and-follow-up/?as_at=2026-11-22").content.decode()
    assert "not confirmed" not in text
