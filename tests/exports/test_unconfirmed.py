"""Figures that rest on what was filed and is not confirmed say so, until it is."""

import csv
import json
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from docx import Document

from reporting.exports.published import table_csv, table_docx, table_xlsx
from reporting.exports.tables import TABLES
from reporting.models import DecisionKind, Role, StateParty, Submission, Treaty
from reporting.queries.compliance import Indicator, indicators
from reporting.queries.tables import ComplianceIndicator
from reporting.rules.partial_date import PartialDate
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    TODAY,
    DecisionFactory,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
    UserFactory,
)

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


def answered() -> list[tuple[str, str, bool | None]]:
    found = Client().get("/api/v1/obligations?closed=true&state=IDN&as_at=2026-11-22").json()
    return [(each["status"], each["received_on"], each["confirmed"]) for each in found["results"]]


def test_an_obligation_that_was_met_says_whether_its_receipt_is_confirmed(
    filed: Submission,
) -> None:
    assert set(answered()) == {("met", "2026-11-22", False), ("upcoming", None, None)}
    confirm(filed)
    assert set(answered()) == {("met", "2026-11-22", True), ("upcoming", None, None)}
    before = Client().get("/api/v1/obligations?closed=true&state=IDN&as_at=2026-11-21").json()
    assert {each["confirmed"] for each in before["results"]} == {None}


def test_the_files_of_obligations_say_the_same_in_a_column(filed: Submission) -> None:
    address = "/exports/obligations.json?closed=yes&q=indonesia&as_at=2026-11-22"

    def column() -> set[tuple[str, str | None]]:
        answer: Any = Client().get(address)
        rows = json.loads(b"".join(answer.streaming_content))
        return {(row["status"], row["confirmed"]) for row in rows}

    assert column() == {("met", "no"), ("upcoming", None)}
    confirm(filed)
    assert column() == {("met", "yes"), ("upcoming", None)}


def test_the_cards_of_the_dashboard_say_how_much_of_them_is_not_confirmed(
    filed: Submission,
) -> None:
    assert SAID in Client().get("/?as_at=2026-11-22").content.decode()
    assert SAID not in Client().get("/?as_at=2026-11-21").content.decode()
    confirm(filed)
    assert "not confirmed" not in Client().get("/?as_at=2026-11-22").content.decode()


def test_the_cards_count_whatever_was_filed_since_their_list_has_it(filed: Submission) -> None:
    asked = DecisionFactory.create(
        state_party=filed.state_party, kind=DecisionKind.FOLLOW_UP, due_on=PartialDate(2027, 9, 13)
    )
    SubmissionFactory.create(
        state_party=filed.state_party,
        kind="follow-up",
        answers=asked,
        first_report=None,
        symbol="",
        received_on=None,
        status="filed",
        sent_on=TODAY,
        filed_at=NOW,
    )
    refresh(party=filed.state_party, as_at=TODAY)
    text = Client().get("/?as_at=2026-11-22").content.decode()
    assert "2 submissions count here as received" in text


@pytest.mark.parametrize("treaties", [1, 2])
def test_the_compliance_of_a_state_on_its_page_says_it(filed: Submission, treaties: int) -> None:
    if treaties == 2:
        of_another = StatePartyFactory.create(treaty=TreatyFactory.create(code="CRC"))
        refresh(party=of_another, as_at=TODAY)
    address = "/states/IDN/?treaty=CMW&as_at=2026-11-22"
    said = "1 report filed, receipt not confirmed"
    assert Client().get(address).content.decode().count(said) == 1
    assert said not in Client().get("/states/PER/?as_at=2026-11-22").content.decode()
    confirm(filed)
    assert said not in Client().get(address).content.decode()


def test_my_state_says_it_of_all_its_treaties(filed: Submission) -> None:
    of_another = StatePartyFactory.create(treaty=TreatyFactory.create(code="CRC"))
    refresh(party=of_another, as_at=TODAY)
    minister = UserFactory.create(role=Role.MINISTRY)
    minister.states.add(filed.state_party.state)
    client = Client()
    client.force_login(minister)
    said = "1 report filed, receipt not confirmed"
    assert client.get("/my/").content.decode().count(said) == 1
    confirm(filed)
    assert said not in client.get("/my/").content.decode()
