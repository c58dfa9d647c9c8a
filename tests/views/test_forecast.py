"""The page of the forecast: its numbers, its table, what it says of nonsense."""

import pytest
from django.test import Client

from tests.factories import UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
NO_HISTORY = (
    "By that day no report had been outstanding (the Convention entered into force on 1 July 2003)"
)


@pytest.fixture
def officer() -> Client:
    return as_(UserFactory.create())


def test_it_reckons_with_the_usual_pace_and_says_how_it_did_before(officer: Client) -> None:
    page = Page(officer.get("/forecast/"))
    assert (
        "On record by that day: 29 reviews in the last 10 sessions, so 3 reviews a session and 2 sessions "
        "a year."
    ) in page.text
    assert "Waiting now: 1. With 3 reviews a session and 2 sessions a year" in page.text
    assert "tested by this day: 13; of them 13 held." in page.text
    assert "31 December 2015 9 18 42 26 yes 31 December 2016" in page.text
    assert "On this day the spread is 2." in page.text
    assert "The day of receipt of 56 reports is not on record" in page.text
    assert "were settled after looking at what came in the years that are tested" in page.text
    assert NO_HISTORY not in page.text


def test_the_table_has_a_row_for_each_session_of_ten_years(officer: Client) -> None:
    page = Page(officer.get("/forecast/", {"reviews": "5", "sessions": "3"}))
    assert len([each for each in page.having("th", scope="row") if "role" not in each]) == 30
    assert page.having("input", name="reviews", value="5")


def test_it_can_be_asked_as_at_any_day(officer: Client) -> None:
    page = Page(officer.get("/forecast/?as_at=2015-12-31"))
    assert "Waiting now: 3. With 2 reviews a session" in page.text
    assert page.having("input", name="as_at", value="2015-12-31")
    assert "tested by this day: 3; of them 3 held." in page.text
    assert "31 December 2011" not in page.text
    assert "On this day the spread is 3." in page.text
    ahead = Page(officer.get("/forecast/?as_at=2030-01-01"))
    assert "tested by this day: 13; of them 13 held." in ahead.text
    assert officer.get("/forecast/?as_at=0001-01-01").status_code == 200


def test_a_number_of_reviews_that_is_none_gets_a_sentence(officer: Client) -> None:
    for text in ("abc", "-1", "0", "51", "100000", "9" * 50, "٣", "2.5", "7\x00"):
        page = Page(officer.get("/forecast/", {"reviews": text, "sessions": text}))
        assert "\x00" not in page.html
        assert "is no number from 1 to 50. The page reckons with 3." in page.text, text
        assert "is no number from 1 to 6. The page reckons with 2." in page.text, text
        assert page.having("input", name="reviews", value="3"), text


def test_before_there_was_any_history_it_says_so(officer: Client) -> None:
    page = Page(officer.get("/forecast/?as_at=1995-01-01"))
    assert NO_HISTORY in page.text
    assert "With 1 review a session and 2 sessions a year" in page.text
    assert "From 0 reports" not in page.text
    assert "By this day no forecast can be tested" in page.text
