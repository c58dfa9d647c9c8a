"""Searching from every page."""

from datetime import date

import pytest
from django.test import Client

from reporting.models import Review, State, StateParty, SubmissionStatus
from tests.factories import (
    CoreDocumentFactory,
    SessionFactory,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
    TreatyFactory,
    UserFactory,
    partial,
)
from tests.views.cast import as_, ministry_of, stranger
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")


def test_the_field_stands_on_every_page_and_keeps_the_day(visitor: Client) -> None:
    page = Page(visitor.get("/states/IDN/?as_at=2017-12-31"))
    assert page.having("form", action="/search/", method="get")
    assert page.having("input", name="q", id="search-q", type="search")
    assert page.having("input", type="hidden", name="as_at", value="2017-12-31")
    assert Page(visitor.get("/no/such/page/")).having("input", id="search-q")


def test_a_state_is_led_to_for_the_same_day(visitor: Client) -> None:
    assert visitor.get("/search/", {"q": "Égypte"})["Location"] == "/states/EGY/"
    answer = visitor.get("/search/", {"q": "埃及", "as_at": "2017-12-31"})
    assert answer["Location"] == "/states/EGY/?as_at=2017-12-31"


def test_a_symbol_leads_to_its_place_on_the_page_of_the_state(visitor: Client) -> None:
    review = Review.objects.get(symbol="CMW/C/IDN/CO/1")
    answer = visitor.get("/search/", {"q": "cmw c idn co 1"})
    assert answer["Location"] == f"/states/IDN/#review-{review.pk}"
    page = Page(visitor.get("/states/IDN/"))
    assert page.having("tr", id=f"review-{review.pk}")


def test_several_are_listed_with_what_they_are(visitor: Client) -> None:
    page = Page(visitor.get("/search/", {"q": "session 27"}))
    assert page.having(
        "a", href=f"/states/IDN/#review-{Review.objects.get(symbol='CMW/C/IDN/CO/1').pk}"
    )
    assert "Indonesia: review (initial report)" in page.text
    page = Page(visitor.get("/search/", {"q": "guin"}))
    assert page.having("a", href="/states/GIN/")
    assert page.having("input", id="search-q", value="guin")


def test_only_the_secretariat_is_led_to_the_page_of_a_session(visitor: Client) -> None:
    SessionFactory.create(number=27, starts_on=date(2017, 9, 4), ends_on=date(2017, 9, 13))
    shown = Page(visitor.get("/search/?q=session+27"))
    assert "Session 27 4 September 2017 \u2013 13 September 2017" in shown.text
    assert not shown.having("a", href="/sessions/27/")
    officer = as_(UserFactory.create())
    assert Page(officer.get("/search/?q=session+27")).having("a", href="/sessions/27/")


@pytest.mark.parametrize(
    ("q", "said"),
    [
        ("Atlantis", "Nothing was found."),
        ("France", "France is not on record as a State party."),
        ("", "What can be found"),
        ("   ", "What can be found"),
    ],
)
def test_who_finds_nothing_is_told_what_can_be_found(visitor: Client, q: str, said: str) -> None:
    page = Page(visitor.get("/search/", {"q": q}))
    assert said in page.text
    assert "The code of a State: EGY, EG or 818." in page.text


@pytest.mark.parametrize("q", ["Egypt\x00", "\u202eEgypt", "Egypt\r\n", "\u2066Egypt\u2069"])
def test_signs_that_nobody_sees_do_not_matter(visitor: Client, q: str) -> None:
    assert visitor.get("/search/", {"q": q})["Location"] == "/states/EGY/"


def test_a_text_without_an_end_is_refused_calmly(visitor: Client) -> None:
    response = visitor.get("/search/", {"q": "x" * 100_000})
    page = Page(response)
    assert (response.status_code, page.has_problem) == (200, True)
    assert "Search for at most 100 characters; these are 100000." in page.text
    assert len(response.content) < 30_000
    assert page.having("a", href="#search-q")


def test_what_was_typed_is_text_and_nothing_else(visitor: Client) -> None:
    page = Page(visitor.get("/search/", {"q": "<script src=x>"}))
    assert not page.having("script", src="x")
    assert "<script src=x>" in page.text


def test_what_is_filed_is_shown_to_its_ministry_and_the_secretariat_alone(visitor: Client) -> None:
    party = StateParty.objects.get(state__iso3="IDN")
    filed = SubmissionFactory.create(
        state_party=party,
        first_report=9,
        symbol="",
        status=SubmissionStatus.FILED,
        sent_on=date(2026, 11, 20),
        received_on=None,
        note_verbale="NV 217/2026",
    )
    place = f"/states/IDN/submissions/{filed.pk}/"
    for person in (ministry_of(party), UserFactory.create()):
        client = as_(person)
        page = Page(client.get("/search/?q=indones"))
        assert page.having("a", href=place)
        assert "filed, 20 November 2026 note verbale NV 217/2026" in page.text
        assert client.get(place).status_code == 200
    for client in (visitor, as_(stranger())):
        page = Page(client.get("/search/?q=indones"))
        assert not page.having("a", href=place)
        assert "Filed, not confirmed" not in page.text
        assert "NV 217/2026" not in page.text
        assert client.get("/changes.atom").content.count(b"ninth") == 0
        assert "Nothing was found." in Page(client.get("/search/?q=NV+217/2026")).text


def test_a_document_that_came_later_than_the_day_is_listed_with_the_day_that_shows_it(
    visitor: Client,
) -> None:
    review = Review.objects.get(symbol="CMW/C/IDN/CO/1")
    page = Page(visitor.get("/search/", {"q": "CMW/C/IDN/CO/1", "as_at": "2015-12-31"}))
    assert page.having("a", href=f"/states/IDN/#review-{review.pk}")
    said = "not yet on record as at 31 December 2015; the link shows 22 November 2026"
    assert said in page.text
    assert page.having("input", type="hidden", name="q", form="day", value="CMW/C/IDN/CO/1")
    assert page.having("a", id="today", href="/search/?q=CMW%2FC%2FIDN%2FCO%2F1")
    assert not Page(visitor.get("/states/IDN/?as_at=2015-12-31")).having(
        "tr", id=f"review-{review.pk}"
    )
    answer = visitor.get("/search/", {"q": "CMW/C/IDN/CO/1", "as_at": "2017-12-31"})
    assert answer["Location"] == f"/states/IDN/?as_at=2017-12-31#review-{review.pk}"


@pytest.mark.thorough
def test_every_place_that_a_search_leads_to_is_on_its_page(visitor: Client) -> None:
    for q in ("QPR/", "CO/1", "session 27"):
        for day in ("2010-01-01", "2017-12-31", "2026-11-22"):
            page = Page(visitor.get("/search/", {"q": q, "as_at": day}))
            links = [each["href"] for each in page.having("a") if "#" in each.get("href", "")]
            places = [each for each in links if each.startswith("/states/")][:6]
            assert places
            for place in places:
                address, _sign, anchor = place.partition("#")
                assert f'id="{anchor}"' in visitor.get(address).content.decode()


def test_a_day_that_is_none_leads_nowhere_and_is_said(visitor: Client) -> None:
    page = Page(visitor.get("/search/", {"q": "Egypt", "as_at": "31.12.2017"}))
    assert page.has_problem
    assert page.having("a", href="/states/EGY/")


def test_a_hit_under_another_treaty_says_so_and_leads_to_its_page(visitor: Client) -> None:
    cedaw = TreatyFactory.create(code="CEDAW")
    party = StatePartyFactory.create(state=State.objects.get(iso3="IDN"), treaty=cedaw)
    StatePartyFactory.create(state=StateFactory.create(iso3="FRA", name="France"), treaty=cedaw)
    for symbol in ("CEDAW/C/IDN/8/Add.1", "CEDAW/C/IDN/8/Add.2"):
        SubmissionFactory.create(
            state_party=party, first_report=8, symbol=symbol, counts_from=date(2014, 9, 1)
        )
    page = Page(visitor.get("/search/?q=idn+8"))
    assert "CEDAW/C/IDN/8/Add.1 , Indonesia CEDAW" in page.text
    links = [a["href"].partition("#")[0] for a in page.having("a") if "#sub" in a.get("href", "")]
    assert links == ["/states/IDN/?treaty=CEDAW"] * 2
    assert visitor.get("/search/?q=France")["Location"] == "/states/FRA/?treaty=CEDAW"
    listed = Page(visitor.get("/search/?q=Fran"))
    assert listed.having("a", href="/states/FRA/?treaty=CEDAW")
    assert "France CEDAW" in listed.text


@pytest.mark.parametrize("q", ["HRI/CORE/IDN/2010", "hri core idn 2010", "core/idn", "HRI/CORE"])
def test_a_common_core_document_is_found_by_its_symbol(visitor: Client, q: str) -> None:
    row = CoreDocumentFactory.create(
        state=State.objects.get(iso3="IDN"), symbol="HRI/CORE/IDN/2010", dated_on=partial("2010-03")
    )
    page = Page(visitor.get("/search/", {"q": q}))
    assert "HRI/CORE/IDN/2010, Indonesia Indonesia: common core document" in page.text
    assert page.having("a", href="/states/IDN/#state-facts")
    row.recorded_on = date(2026, 11, 20)
    row.save()
    before = Page(visitor.get("/search/", {"q": q, "as_at": "2009-01-01"}))
    assert before.having("a", href="/states/IDN/#state-facts")
    after = Page(visitor.get("/search/", {"q": q, "as_at": "2010-04-01"}))
    assert after.having("a", href="/states/IDN/?as_at=2010-04-01#state-facts")


@pytest.mark.parametrize("q", ["HRI/CORE/EGY", "IDN/2010", "HRI 2011"])
def test_another_symbol_finds_no_common_core_document(visitor: Client, q: str) -> None:
    CoreDocumentFactory.create(state=State.objects.get(iso3="IDN"), symbol="HRI/CORE/IDN/2010")
    assert "HRI/CORE/IDN/2010" not in Page(visitor.get("/search/", {"q": q})).text
