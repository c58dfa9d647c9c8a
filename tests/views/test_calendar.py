"""Calendars over HTTP, and the page on which a person subscribes."""

import re
from typing import Any

import icalendar
import pytest
from django.test import Client

from reporting.models import CommitteeDecision, Role, StateParty
from reporting.rules.partial_date import PartialDate
from tests.factories import UserFactory
from tests.views.cast import as_, ministry_of, stranger
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")


def uids(answer: Any) -> set[str]:
    return {str(event["UID"]) for event in icalendar.Calendar.from_ical(answer.content).events}


def indonesia() -> StateParty:
    return StateParty.objects.get(state__iso3="IDN")


def own_calendar(client: Client) -> str:
    page = Page(client.post("/calendar/", {"do": "make"}))
    (field,) = page.having("input", id="address-of-private-calendar")
    return field["value"].removeprefix("http://testserver")


@pytest.mark.parametrize("path", ["/calendar.ics", "/states/IDN/calendar.ics"])
def test_a_calendar_that_has_not_changed_is_not_sent_again(visitor: Client, path: str) -> None:
    first = visitor.get(path)
    assert (first.status_code, first["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    for condition in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        again = visitor.get(path, headers=condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    decision = CommitteeDecision.objects.filter(state_party=indonesia())[0]
    decision.due_on = PartialDate(2031, 1, 1)
    decision.save()
    assert visitor.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_whether_it_has_changed_is_known_without_building_it(
    visitor: Client, django_assert_max_num_queries: Any
) -> None:
    etag = visitor.get("/calendar.ics")["ETag"]
    with django_assert_max_num_queries(9):
        assert visitor.get("/calendar.ics", headers={"If-None-Match": etag}).status_code == 304


def test_the_calendar_of_a_state_is_of_that_state(visitor: Client) -> None:
    everybody, own = (
        uids(visitor.get("/calendar.ics")),
        uids(visitor.get("/states/idn/calendar.ics")),
    )
    assert own < everybody
    assert {uid.split("/")[1] for uid in own} == {"IDN"}
    assert visitor.get("/states/XXX/calendar.ics").status_code == 404


def test_a_ministry_reads_its_own_dates_and_steps_without_signing_in() -> None:
    own = own_calendar(as_(ministry_of(indonesia())))
    found = uids(Client().get(own))
    assert "CMW/IDN/report/3/start@localhost" in found
    assert {uid.split("/")[1] for uid in found} == {"IDN"}
    others = uids(Client().get(own_calendar(as_(stranger()))))
    assert not any("/IDN/" in uid for uid in others)


def test_the_secretariat_reads_every_date_and_nobodys_steps() -> None:
    found = uids(Client().get(own_calendar(as_(UserFactory.create()))))
    assert found == uids(Client().get("/calendar.ics"))


def test_the_address_is_shown_once_and_can_be_ended() -> None:
    client = as_(ministry_of(indonesia()))
    assert "It has no address yet." in Page(client.get("/calendar/")).text
    own = own_calendar(client)
    assert "not yet" in Page(client.get("/calendar/")).text
    assert own not in client.get("/calendar/").content.decode()
    answer = Client().get(own)
    assert (answer.status_code, answer["Referrer-Policy"]) == (200, "no-referrer")
    assert "private" in answer["Cache-Control"]
    assert "22 November 2026" in Page(client.get("/calendar/")).text
    client.post("/calendar/", {"do": "end"})
    assert Client().get(own).status_code == 404


def test_no_part_of_an_address_opens_a_calendar(visitor: Client) -> None:
    for token in ("x", "%00", "x" * 5000, "%F0%9F%93%85"):
        assert visitor.get(f"/calendar/{token}.ics").status_code == 404


def test_a_page_offers_its_calendar_to_programs(visitor: Client, settings: Any) -> None:
    settings.LANGUAGES_OFFERED = ["en"]
    for path, feed in (("/", "/calendar.ics"), ("/states/IDN/", "/states/IDN/calendar.ics")):
        page = Page(visitor.get(path))
        assert page.having("a", href=f"webcal://testserver{feed}")
        assert re.search(f'value="http://testserver{feed}"', page.html)


def test_a_page_offers_its_calendar_in_its_language(visitor: Client, settings: Any) -> None:
    settings.LANGUAGES_OFFERED = ["en", "fr"]
    for path, feed in (("/", "/calendar.ics"), ("/states/IDN/", "/states/IDN/calendar.ics")):
        for language in ("fr", "en"):
            page = Page(visitor.get(path, {"language": language}))
            address = f"{feed}?language={language}"
            assert page.having("a", href=f"webcal://testserver{address}")
            assert f'value="http://testserver{address}"' in page.html


def test_a_program_reads_a_calendar_in_the_language_of_its_address(settings: Any) -> None:
    settings.LANGUAGES_OFFERED = ["en", "fr"]
    client = as_(ministry_of(indonesia()))
    own = own_calendar(client)
    assert own.endswith("?language=en")
    days = {}
    for language in ("en", "fr"):
        for address in (own.replace("=en", f"={language}"), f"/calendar.ics?language={language}"):
            answer = Client().get(address, headers={"Accept-Language": "ru"})
            assert (answer.status_code, answer["Content-Language"]) == (200, language)
            days[address] = answer["ETag"]
    assert len(set(days.values())) == len(days)


def test_closed_status_pages_offer_no_address_that_no_program_could_read(settings: Any) -> None:
    settings.PUBLIC_STATUS_PAGES = False
    desk = as_(UserFactory.create(role=Role.SECRETARIAT))
    assert desk.get("/calendar.ics").status_code == 200
    for path in ("/", "/states/IDN/", "/calendar/"):
        page = Page(desk.get(path))
        assert page.having("input", id="address-of-calendar") == []
        assert page.having("input", id="address-of-state-calendar") == []
    assert len(Page(desk.get("/")).having("a", href="/calendar/")) == 2
    assert Page(desk.get("/changes/")).having("a", href="/changes.atom") == []
    assert own_calendar(desk).startswith("/calendar/")


@pytest.mark.parametrize("path", ["/calendar.ics", "/states/IDN/calendar.ics", "/changes.atom"])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("as_at=2017-12-31", "“as_at” is no parameter of this address. It tells of now"),
        ("iso3=IDN", "“iso3” is no parameter of this address. It knows: "),
    ],
)
def test_what_tells_of_now_refuses_another_day(
    visitor: Client, path: str, query: str, sentence: str
) -> None:
    answer = visitor.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert sentence in Page(answer).text


def test_the_own_calendar_refuses_what_it_does_not_know() -> None:
    own = own_calendar(as_(ministry_of(indonesia())))
    separator = "&" if "?" in own else "?"
    assert Client().get(f"{own}{separator}as_at=2017-12-31").status_code == 400
    assert Client().get("/calendar/x.ics?as_at=2017-12-31").status_code == 404
