"""The page and the feed of what was recorded."""

import xml.etree.ElementTree as ET

import pytest
import time_machine
from django.forms import Select
from django.test import Client
from pytest_django.asserts import assertHTMLEqual

from reporting.forms.filters import ANY
from reporting.forms.state_choice import StateSelect
from reporting.models import StateParty, Submission
from reporting.rules.partial_date import PartialDate
from tests.factories import ReviewFactory
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
NAMES = {"": "http://www.w3.org/2005/Atom"}


def titles(content: bytes) -> list[str]:
    feed = ET.fromstring(content)  # noqa: S314 - we wrote it
    return [each.findtext("title", "", NAMES) for each in feed.findall("entry", NAMES)]


def test_the_page_leads_to_the_place_of_each_fact(visitor: Client) -> None:
    page = Page(visitor.get("/changes/?state=IDN"))
    report = Submission.objects.get(symbol="CMW/C/IDN/1")
    assert "Indonesia: initial report received" in page.text
    assert page.having("a", href=f"/states/IDN/#submission-{report.pk}")
    assert Page(visitor.get("/states/IDN/")).having("tr", id=f"submission-{report.pk}")
    assert page.having("link", type="application/atom+xml", href="/changes.atom?state=IDN")


def test_a_day_shows_what_had_happened_by_then(visitor: Client) -> None:
    counts = [
        visitor.get(f"/changes/?as_at={day}").context["count"]
        for day in ("2003-01-01", "2015-12-31", "2026-11-22")
    ]
    assert counts[0] == 0
    assert 0 < counts[1] < counts[2]
    page = Page(visitor.get("/changes/?as_at=2015-12-31&state=IDN"))
    assert page.having("input", name="state", value="IDN", form="day")


@pytest.mark.parametrize(
    "query", ["state=XXX", "page=0", "page=9999999999999", "page=%00", "as_at=x"]
)
def test_what_cannot_be_shown_is_no_fault(visitor: Client, query: str) -> None:
    response = visitor.get(f"/changes/?{query}")
    assert response.status_code == 200
    assert Page(response).has_problem


def test_the_feed_has_the_latest_of_all_states_or_of_one(visitor: Client) -> None:
    answer = visitor.get("/changes.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert len(titles(answer.content)) == 50
    of_one = titles(visitor.get("/changes.atom?state=idn").content)
    assert {title.partition(":")[0] for title in of_one} == {"Indonesia"}
    for nobody in ("XXX", "%00", "IDNX"):
        assert visitor.get(f"/changes.atom?state={nobody}").status_code == 404


def entries(content: bytes) -> list[str]:
    feed = ET.fromstring(content)  # noqa: S314 - we wrote it
    return [each.findtext("id", "", NAMES) for each in feed.findall("entry", NAMES)]


def ways(content: bytes) -> dict[str, str]:
    feed = ET.fromstring(content)  # noqa: S314 - we wrote it
    links = {each.get("rel", ""): each.get("href", "") for each in feed.findall("link", NAMES)}
    return {rel: href.removeprefix("http://localhost:8000") for rel, href in links.items()}


def test_who_follows_the_next_pages_of_a_feed_misses_nothing(visitor: Client) -> None:
    addresses, contents = ["/changes.atom"], []
    while addresses[-1]:
        contents.append(visitor.get(addresses[-1]).content)
        addresses.append(ways(contents[-1]).get("next", ""))
    read = [each for content in contents for each in entries(content)]
    before, content = addresses[-2], contents[-1]
    assert len(read) == len(set(read)) == visitor.get("/changes/").context["count"]
    assert ways(content) == {
        "alternate": "/changes/?language=en",
        "self": before,
        "first": "/changes.atom?page=1",
        "previous": f"/changes.atom?page={int(before[-1]) - 1}",
    }
    first = ways(visitor.get("/changes.atom?language=en").content)
    assert first["next"] == "/changes.atom?language=en&page=2"
    assert first["last"] == f"/changes.atom?language=en&page={before[-1]}"


def test_a_fact_that_is_recorded_now_is_first_in_the_feed(visitor: Client) -> None:
    party = StateParty.objects.get(state__iso3="IDN")
    with time_machine.travel("2100-01-01", tick=False):
        ReviewFactory.create(state_party=party, dialogue_to=PartialDate(2014, 9, 1), symbol="")
        first, *_others = titles(visitor.get("/changes.atom").content)
    assert first == "Indonesia: initial report considered"


@pytest.mark.parametrize("page", ["0", "-1", "x", "%00", "99", "9" * 5000])
def test_a_page_that_the_feed_does_not_have_is_refused(visitor: Client, page: str) -> None:
    answer = visitor.get(f"/changes.atom?page={page}")
    assert answer.status_code == 400
    assert "“page” is no page of this feed: write a number from 1 to " in Page(answer).text


def test_a_feed_that_has_not_changed_is_not_sent_again(visitor: Client) -> None:
    first = visitor.get("/changes.atom")
    assert visitor.get("/changes.atom", headers={"If-None-Match": first["ETag"]}).status_code == 304
    Submission.objects.filter(symbol="CMW/C/IDN/1").get().save()
    assert visitor.get("/changes.atom", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("value", ["", "IDN", 'X"><b>'])
def test_the_field_of_states_is_the_one_that_django_writes(value: str) -> None:
    states, given = (("IDN", "Indonesia"), ("CIV", "Côte d'Ivoire & <A>")), {"id": "id_state"}
    ours = StateSelect({"aria-describedby": "hint"})
    ours.states = states
    theirs = Select({"class": "form-select", "aria-describedby": "hint"}, choices=[ANY, *states])
    assertHTMLEqual(ours.render("state", value, given), theirs.render("state", value, given))
