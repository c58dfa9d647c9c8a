"""The page on which a list is imported."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from reporting.exports.listing import template_csv
from reporting.models import StateParty, Submission, Treaty
from reporting.services.timetable import refresh
from tests.factories import TODAY, StatePartyFactory, SubmissionFactory, UserFactory
from tests.views.cast import as_, ministry_of
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db
HERE = "/import/"
LIST = "treaty,first_report,received_on,source\nCMW,1,2014-09-01,a letter\n"


@pytest.fixture
def party() -> StateParty:
    made: StateParty = StatePartyFactory.create()
    return made


@pytest.fixture
def office(party: StateParty) -> Client:
    return as_(UserFactory.create())


def sent(client: Client, text: str, **given: Any) -> Page:
    file = BytesIO(text.encode())
    file.name = "list.csv"
    form = {"file": file, "encoding": "utf-8", "strokes": ""} | given
    return Page(client.post(HERE, form))


def confirmed(client: Client, page: Page, **how: Any) -> Page:
    (field,) = page.having("input", name="list")
    return Page(client.post(HERE, {"list": field["value"]}, **how))


def test_a_list_is_looked_at_and_then_put_on_record(office: Client) -> None:
    page = sent(office, LIST)
    for text in ("Nothing is saved yet.", "New 1 Changed 0", "2 Indonesia, CMW Initial report New"):
        assert text in page.text
    assert not Submission.objects.exists()
    assert "1 line was put on record." in confirmed(office, page, follow=True).text
    assert Submission.objects.get().source == "a letter"
    twice = confirmed(office, page)
    assert "What is on record has changed meanwhile." in twice.text
    assert "All of this is on record already." in twice.text
    assert Submission.objects.count() == 1


def test_a_new_line_shows_everything_that_saving_it_puts_on_record(office: Client) -> None:
    text = LIST.replace("received_on", "received_on,symbol")
    text = text.replace("2014-09-01", "05/06/2014,cmw/c/idn/1")
    said = "New Symbol CMW/C/IDN/1 Received on 5 June 2014 (2014-06-05) Source a letter"
    assert said in sent(office, text, strokes="day").text
    said = "Received on 6 May 2014 (2014-05-06)"
    assert said in sent(office, text, strokes="month").text


def test_a_stale_preview_is_shown_again_and_nothing_is_saved(
    office: Client, party: StateParty
) -> None:
    page = sent(office, LIST.replace("CMW,1", "CMW,2"))
    SubmissionFactory.create(state_party=party)
    again = confirmed(office, page)
    assert "Nothing was saved: look at it again." in again.text
    assert Submission.objects.count() == 1
    confirmed(office, again)
    assert Submission.objects.count() == 2


def test_whoever_has_imported_a_list_is_asked_once_whether_that_is_all(party: StateParty) -> None:
    Treaty.objects.update(reports_on_record=False)
    refresh(party=party, as_at=TODAY)
    ministry = as_(ministry_of(party))
    listed = "treaty,first_report,sent_on\nCMW,1,2014-09-01\n"
    done = confirmed(ministry, sent(ministry, listed), follow=True)
    assert done.having("a", href="/states/IDN/on-record/?treaty=CMW")
    assert "Where it is, say so: only then is anybody alerted." in done.text
    assert not Page(ministry.get(HERE)).having("a", href="/states/IDN/on-record/?treaty=CMW")
    assert StateParty.objects.get().on_record_as_at is None


def test_nobody_is_asked_where_the_treaty_as_a_whole_is_on_record(office: Client) -> None:
    done = confirmed(office, sent(office, LIST), follow=True)
    assert "Is all that was sent on record?" not in done.text


def test_every_fault_is_named_by_line_and_column_and_cannot_be_confirmed(office: Client) -> None:
    page = sent(office, LIST + "XYZ,one,soon,\n")
    assert page.has_problem
    assert "Line 3, treaty: “XYZ” is no reporting regime" in page.text
    assert "Line 3, first_report: “one” is no whole number" in page.text
    assert not page.having("input", name="list")


def test_what_is_no_list_is_said_at_its_field(office: Client) -> None:
    assert "File: The file has no lines below its heading." in sent(office, "").text
    assert "File: Choose a file." in Page(office.post(HERE, {"encoding": "utf-8"})).text
    page = sent(office, "treaty;note\nCMW;é\n", encoding="ebcdic")
    assert "Choose one of the options that are offered." in page.text


def test_a_preview_of_somebody_else_or_a_forged_one_does_nothing(office: Client) -> None:
    (field,) = sent(office, LIST).having("input", name="list")
    other = as_(UserFactory.create())
    assert "Nothing was saved" in Page(other.post(HERE, {"list": field["value"]})).text
    forged = office.post(HERE, {"list": field["value"][:-1] + "x"}, follow=True)
    assert "This preview is too old." in Page(forged).text
    assert not Submission.objects.exists()


def test_a_ministry_is_told_that_the_record_stays(party: StateParty) -> None:
    SubmissionFactory.create(state_party=party, sent_on="2014-08-01")
    client = as_(ministry_of(party))
    assert "the secretariat confirms it" in Page(client.get(HERE)).text
    page = sent(client, "treaty,first_report,sent_on\nCMW,1,2014-08-31\n")
    assert "Left as on record 1" in page.text
    assert "Sent on: on record 1 August 2014, in the file 31 August 2014" in page.text
    assert "write to the secretariat" in page.text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_empty_list_has_the_heading_that_is_read(office: Client, form: str) -> None:
    answer: Any = office.get(f"{HERE}list.{form}")
    content = b"".join(answer)
    if form == "csv":
        assert content.decode() == "".join(template_csv())
        heading = content.decode("utf-8-sig").strip().split(",")
    else:
        heading = [each.value for each in next(load_workbook(BytesIO(content)).active.rows)]
    assert heading[:3] == ["iso3", "treaty", "first_report"]
    page = sent(office, ",".join(heading) + "\n" + "IDN,CMW,1,,,,2014,,,a letter,\n")
    assert "New 1" in page.text
    assert office.get(f"{HERE}list.pdf").status_code == 404
