"""Searching from every page."""

from datetime import date

import pytest
from django.test import Client

from reporting.models import Review
from tests.factories import SessionFactory, UserFactory
from tests.views.cast import as_
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
