"""What a ministry records about its State beside the treaties, as it sees and as others see it."""

import pytest
from django.test import Client

from reporting.models import CoreDocument, StateParty, UniversalReview
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    CoreDocumentFactory,
    StateFactory,
    StatePartyFactory,
    UniversalReviewFactory,
    UserFactory,
    partial,
)
from tests.views.cast import as_, ministry_of, stranger
from tests.views.conftest import Page
from tests.views.test_calendar import own_calendar

pytestmark = pytest.mark.django_db
NEW_DOCUMENT = "/states/IDN/facts/core-document/new/"
NEW_REVIEW = "/states/IDN/facts/universal-review/new/"
DOCUMENT = {"symbol": "hri/core/idn/2010", "dated_on": "2010-09-27", "source": "", "note": ""}
REVIEW = {
    "cycle": "5",
    "session": "58",
    "report_due_on": "2027-08",
    "reviewed_on": "2027-11-08",
    "adopted_on": "",
    "source": "A/HRC/DEC/56/1",
    "note": "",
}


@pytest.fixture
def party() -> StateParty:
    made: StateParty = StatePartyFactory.create()
    refresh(party=made, as_at=TODAY)
    return made


@pytest.fixture
def ministry(party: StateParty) -> Client:
    return as_(ministry_of(party))


def test_a_ministry_adds_a_document_and_everybody_sees_it_with_its_age(ministry: Client) -> None:
    answer = ministry.post(NEW_DOCUMENT, DOCUMENT)
    assert answer["Location"] == "/states/IDN/#state-facts"
    made = CoreDocument.objects.get()
    assert (made.symbol, made.source) == ("HRI/CORE/IDN/2010", "HRI/CORE/IDN/2010")
    page = Page(Client().get("/states/IDN/"))
    assert "HRI/CORE/IDN/2010 the latest 27 September 2010 16 years" in page.text
    assert "ask States to keep it up to date; they set no date for that." in page.text
    assert not page.having("a", href=NEW_DOCUMENT)
    assert Page(ministry.get("/my/")).having("a", href=NEW_DOCUMENT)


def test_a_document_without_a_day_is_at_least_so_old(party: StateParty) -> None:
    CoreDocumentFactory.create(state=party.state, dated_on=partial("2010"))
    assert "2010 at least 15 years" in Page(Client().get("/states/IDN/")).text


def test_dates_of_the_universal_periodic_review_stand_on_both_pages_with_what_clashes(
    ministry: Client, party: StateParty
) -> None:
    given = REVIEW | {"report_due_on": "2028-08", "reviewed_on": "2028-11-08"}
    assert ministry.post(NEW_REVIEW, given).status_code == 302
    for address in ("/states/IDN/", "/my/"):
        text = Page(ministry.get(address)).text
        assert "Cycle 5 58 August 2028 8 November 2028 date not on record" in text, address
        clash = "Within six months of it: CMW, fourth periodic report, 1 September 2028"
        assert f"National report, cycle 5: August 2028 {clash}" in text


def test_an_earlier_day_does_not_know_what_was_planned_later(party: StateParty) -> None:
    UniversalReviewFactory.create(state=party.state)
    page = Page(Client().get("/states/IDN/?as_at=2020-01-01"))
    assert "No date of the Universal Periodic Review was on record on this day." in page.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"cycle": "0"}, "Cycle: Enter a number from 1 on."),
        ({"cycle": "51"}, "Cycle: Enter a number up to 50."),
        ({"cycle": ""}, "Cycle: Enter the number of the cycle."),
        ({"report_due_on": "9999"}, "National report due: This lies more than 10 years ahead."),
        ({"reviewed_on": "2027-06-01"}, "1 June 2027 lies before the day on which the national"),
        ({"reviewed_on": "next year"}, "“next year” is not a date: write YYYY-MM-DD"),
        ({"source": ""}, "Source: Name the document or the address where this was read."),
        ({"report_due_on": "", "reviewed_on": ""}, "Enter at least one date of this cycle."),
    ],
)
def test_bad_input_is_one_sentence_at_its_field_and_loses_nothing(
    ministry: Client, given: dict[str, str], said: str
) -> None:
    page = Page(ministry.post(NEW_REVIEW, REVIEW | given))
    assert page.has_problem
    assert said in page.text
    assert page.having("input", name="session", value="58")
    assert not UniversalReview.objects.exists()


def test_a_document_that_lies_ahead_is_refused(ministry: Client) -> None:
    page = Page(ministry.post(NEW_DOCUMENT, DOCUMENT | {"dated_on": "2030"}))
    assert "Date of the document: This day lies ahead." in page.text
    assert not CoreDocument.objects.exists()


def test_a_correction_has_its_reason_and_its_history(ministry: Client, party: StateParty) -> None:
    made = CoreDocumentFactory.create(state=party.state)
    address = f"/states/IDN/facts/core-document/{made.pk}/"
    given = DOCUMENT | {"dated_on": "2010-09", "seen": str(made.version)}
    assert "Say why, in a few words." in Page(ministry.post(address, given)).text
    assert ministry.post(address, given | {"reason": "the cover says so"}).status_code == 302
    history = Page(ministry.get(f"/facts/core-document/{made.pk}/history/"))
    assert "the cover says so" in history.text
    assert "27 September 2010 September 2010" in history.text
    assert history.having("a", href=address)


def test_the_second_editor_sees_what_differs_and_can_save_again(
    ministry: Client, party: StateParty
) -> None:
    made = CoreDocumentFactory.create(state=party.state)
    address = f"/states/IDN/facts/core-document/{made.pk}/"
    seen = str(made.version)
    first = DOCUMENT | {"note": "with annexes", "seen": seen, "reason": "first"}
    assert ministry.post(address, first).status_code == 302
    second = DOCUMENT | {"dated_on": "2011", "seen": seen, "reason": "second"}
    page = Page(ministry.post(address, second))
    assert "Somebody else has changed this since you opened it." in page.text
    assert page.having("input", name="dated_on", value="2011")
    (hidden,) = page.having("input", name="seen")
    assert ministry.post(address, second | {"seen": hidden["value"]}).status_code == 302
    assert str(CoreDocument.objects.get().dated_on) == "2011"


def test_what_is_taken_off_leads_to_its_history(ministry: Client, party: StateParty) -> None:
    made = UniversalReviewFactory.create(state=party.state)
    address = f"/states/IDN/facts/universal-review/{made.pk}/take-off/"
    given = {"seen": str(made.version), "reason": "recorded twice"}
    assert ministry.post(address, given | {"seen": "0"}).status_code == 200
    assert UniversalReview.objects.exists()
    assert ministry.post(address, given)["Location"] == "/states/IDN/#state-facts"
    assert not UniversalReview.objects.exists()
    history = f"/facts/universal-review/{made.pk}/history/"
    assert ministry.get(address)["Location"] == history
    assert "recorded twice" in Page(ministry.get(history)).text


def test_the_secretariat_keeps_them_and_another_ministry_does_not(party: StateParty) -> None:
    made = CoreDocumentFactory.create(state=party.state)
    for address in (
        NEW_DOCUMENT,
        f"/states/IDN/facts/core-document/{made.pk}/",
        f"/states/IDN/facts/core-document/{made.pk}/take-off/",
        f"/facts/core-document/{made.pk}/history/",
    ):
        assert as_(UserFactory.create()).get(address).status_code == 200, address
        assert as_(stranger()).get(address).status_code == 404, address


def test_a_fact_is_not_reached_through_another_state_nor_by_a_kind_that_is_none(
    party: StateParty,
) -> None:
    made = CoreDocumentFactory.create(state=party.state)
    StateFactory.create(iso3="FRA", name="France")
    client = as_(UserFactory.create())
    for address in (
        f"/states/FRA/facts/core-document/{made.pk}/",
        f"/states/IDN/facts/universal-review/{made.pk}/",
        "/states/IDN/facts/submission/new/",
        "/states/XXX/facts/core-document/new/",
    ):
        assert client.get(address).status_code == 404, address


def test_the_feeds_of_a_state_and_of_its_ministry_hold_them_and_that_of_one_treaty_does_not(
    party: StateParty,
) -> None:
    UniversalReviewFactory.create(state=party.state)
    whole = Client().get("/states/IDN/calendar.ics").content.decode()
    assert "UID:UPR/IDN/5/report@" in whole
    assert "SUMMARY:Indonesia: Universal Periodic Review\\, national report\\, cycle 5" in whole
    assert "UPR" not in Client().get("/states/IDN/calendar.ics?treaty=CMW").content.decode()
    assert "UPR" not in Client().get("/calendar.ics").content.decode()


def test_the_own_feed_of_the_secretariat_holds_them_too(party: StateParty) -> None:
    UniversalReviewFactory.create(state=party.state)
    assert (
        "UID:UPR/IDN/5/report@"
        in Client().get(own_calendar(as_(UserFactory.create()))).content.decode()
    )


def test_a_date_that_is_corrected_changes_the_mark_of_the_feed(party: StateParty) -> None:
    made = UniversalReviewFactory.create(state=party.state)
    tag = Client().get("/states/IDN/calendar.ics")["ETag"]
    made.reviewed_on = partial("2027-11-09")
    made.save()
    again = Client().get("/states/IDN/calendar.ics", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "DTSTART;VALUE=DATE:20271109" in again.content.decode()
    assert "SEQUENCE:4" in again.content.decode()
