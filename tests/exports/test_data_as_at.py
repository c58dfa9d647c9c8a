"""The day of a list from which States parties are known stands wherever their dates are told."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from reporting.emails.item import item
from reporting.models import Obligation, StateParty, Treaty
from reporting.services.timetable import refresh
from tests.factories import TODAY, StateFactory, StatePartyFactory, TreatyFactory

pytestmark = pytest.mark.django_db
KNOWN = "CERD: data as at 14 March 2015."
SAID = (
    f"{KNOWN} What its States parties have sent is not on record here, except where the page of a State "
    "says so."
)


@pytest.fixture
def france() -> StateParty:
    treaty: Treaty = TreatyFactory.create(
        code="CERD",
        name="Convention on Racial Discrimination",
        data_as_at=date(2015, 3, 14),
        reports_on_record=False,
    )
    state = StateFactory.create(iso3="FRA", name="France")
    party: StateParty = StatePartyFactory.create(treaty=treaty, state=state)
    refresh(party=party, as_at=TODAY)
    refresh(party=StatePartyFactory.create(), as_at=TODAY)
    return party


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_mail_says_it(france: StateParty) -> None:
    told = item(Obligation.objects.filter(state_party=france)[0], as_at=TODAY)
    assert ("Data", f"{KNOWN} What France has sent is not on record here.") in told.lines
    ours = Obligation.objects.exclude(state_party=france)[0]
    assert "Data" not in dict(item(ours, as_at=TODAY).lines)


@pytest.mark.usefixtures("france")
def test_a_feed_says_it_of_each_date(client: Client) -> None:
    text = Client().get("/calendar.ics?treaty=CERD").content.decode().replace("\r\n ", "")
    assert text.count(SAID.partition(".")[0]) == text.count("BEGIN:VEVENT") > 0
    assert "data as at" not in client.get("/calendar.ics").content.decode()


@pytest.mark.usefixtures("france")
@pytest.mark.parametrize(
    "address", ["/exports/obligations.csv", "/tables/late-and-non-reporting.csv"]
)
def test_a_file_has_a_column_for_it_last(client: Client, address: str) -> None:
    lines = body(client.get(f"{address}?treaty=CERD")).decode().splitlines()
    assert lines[0].endswith(",data_as_at")
    assert len(lines) > 1
    assert all(line.endswith(",2015-03-14") for line in lines[1:])
    ours = body(client.get(address)).decode().splitlines()
    assert "data_as_at" not in ours[0]


@pytest.mark.usefixtures("france")
def test_a_document_says_it_below_its_title(client: Client) -> None:
    made = body(client.get("/tables/late-and-non-reporting.docx?treaty=CERD"))
    assert SAID in ZipFile(BytesIO(made)).read("word/document.xml").decode()


@pytest.mark.usefixtures("france")
def test_a_program_is_told_it_with_each_line(client: Client) -> None:
    for name in ("obligations", "state-parties"):
        found: Any = client.get(f"/api/v1/{name}").json()["results"]
        known = {(line["treaty"], line["data_as_at"]) for line in found}
        assert known == {("CERD", "2015-03-14"), ("CMW", None)}, name


def test_a_program_is_told_of_which_states_what_they_have_sent_is_on_record(
    client: Client, france: StateParty
) -> None:
    def told() -> set[tuple[str, bool, str | None]]:
        found: Any = client.get("/api/v1/state-parties").json()["results"]
        return {
            (each["treaty"], each["reports_on_record"], each["on_record_as_at"]) for each in found
        }

    assert told() == {("CERD", False, None), ("CMW", True, None)}
    StateParty.objects.filter(pk=france.pk).update(on_record_as_at=date(2026, 11, 1))
    assert told() == {("CERD", True, "2026-11-01"), ("CMW", True, None)}
