"""Timelines as pictures that need no script: marks at their days, and the same in words."""

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override

from reporting.models import Treaty
from reporting.queries.state import state_page
from reporting.views.presenters.timeline import Strip, axis, session_bars, strips
from tests.factories import SessionFactory
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
DAY = date(2017, 12, 31)
TODAY = date(2026, 11, 22)


def strip(iso3: str, day: date) -> Strip:
    page = state_page(iso3=iso3, treaty=Treaty.objects.get(code="CMW"), as_at=day)
    (found,) = strips([page], axis=axis(first=2003, as_at=day), query="")
    return found


def test_each_mark_says_what_it_is_and_stands_at_its_day() -> None:
    found = strip("IDN", TODAY)
    told = {mark.title: (mark.shape, mark.x) for mark in found.marks}
    assert told["Third periodic report, due 11 December 2030: Unconfirmed"] == (
        "unsure",
        axis(first=2003, as_at=TODAY).x(date(2030, 12, 11)),
    )
    assert told["Initial report received: date not on record"][0] == "received"
    assert told["Review of the initial report: 13 September 2017"][0] == "reviewed"
    assert told["Fourth periodic report, projected for 11 December 2035"][0] == "projected"


def test_the_picture_is_told_in_words_too() -> None:
    assert strip("IDN", DAY).words == (
        "Second periodic report, due 13 September 2022: Unconfirmed. "
        "Reports received: 1. Reviews: 1."
    )


def test_what_happened_later_is_not_in_the_picture_of_an_earlier_day() -> None:
    titles = [mark.title for mark in strip("IDN", DAY).marks]
    assert [each for each in titles if "2025" in each] == []
    assert strip("IDN", TODAY) != strip("IDN", DAY)


def test_an_overdue_report_has_its_delay_up_to_the_day() -> None:
    found, years = strip("TGO", TODAY), axis(first=2003, as_at=TODAY)
    (late,) = [bar for bar in found.bars if bar.kind == "late"]
    assert late.x + late.width == years.now
    overdue = [mark for mark in found.marks if mark.shape == "overdue"]
    assert late.x == min(mark.x for mark in overdue)


def test_a_day_stands_at_its_share_of_the_years() -> None:
    years = axis(first=2003, as_at=TODAY)
    assert (years.first, years.last, years.width) == (2003, "2036", 34 * 30)
    assert [years.x(day) for day in (date(2003, 1, 1), date(2004, 7, 1), date(2036, 12, 31))] == [
        0,
        45,
        1020,
    ]
    assert [years.x(day) for day in (date(1, 1, 1), date(9999, 12, 31))] == [0, 1020]


def test_time_runs_from_right_to_left_where_the_text_does() -> None:
    with override("ar"):
        years = axis(first=2003, as_at=TODAY)
    assert [years.x(day) for day in (date(2003, 1, 1), date(2036, 12, 31))] == [1020, 0]
    assert years.labels[0] == (2003, 1005)
    bar = years.bar("late", date(2004, 1, 1), date(2005, 1, 1))
    assert (bar.x, bar.width) == (960, 30)


def test_a_session_is_a_band_and_the_page_of_all_has_a_row_for_each_state(
    visitor: Client,
) -> None:
    session = SessionFactory.create(starts_on=date(2017, 9, 4), ends_on=date(2017, 9, 13))
    (band,) = session_bars([session], [], axis=axis(first=2003, as_at=TODAY))
    assert (band.x, band.width) == (440, 1)
    page = Page(visitor.get("/timeline/"))
    assert "60 States parties" in page.text
    assert len(page.having("svg", role="img")) == 60
    assert page.having("div", class_="strips", role="region", tabindex="0")
    assert len(page.having("rect", class_="bar-session", x="440")) == 60


def test_the_page_of_a_state_has_its_own_picture(visitor: Client) -> None:
    page = Page(visitor.get("/states/IDN/?as_at=2017-12-31"))
    (picture,) = page.having("svg", role="img")
    assert picture["aria-label"].startswith("Second periodic report, due 13 September 2022")
    assert page.having("a", href="/states/IDN/?as_at=2017-12-31")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/timeline/?as_at=1990-01-01", "On this day no State was a party yet."),
        ("/timeline/?as_at=1998-01-01&page=junk", "The number of the page is no number from 1 on."),
        ("/timeline/?as_at=0001-01-01", "On this day no State was a party yet."),
        ("/timeline/?as_at=9999-12-31", "The timetable reaches ten years ahead."),
        ("/timeline/?page=99999999999999999999", "this is the last one, page 1."),
        ("/states/IDN/?as_at=1990-01-01", "Indonesia was not a State party on"),
    ],
)
def test_a_strange_day_or_page_is_answered(visitor: Client, address: str, sentence: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert sentence in Page(answer).text


def test_a_session_known_from_its_reviews_is_drawn_on_the_days_on_record(visitor: Client) -> None:
    page = Page(visitor.get("/states/IDN/"))
    drawn = len(page.having("rect", class_="bar-sat"))
    assert drawn == 33  # sessions with a day known to the day in fixtures/reviews.csv
    assert "of some only the days of dialogues and adoptions are on record" in page.text
    earlier = Page(visitor.get("/states/IDN/?as_at=2017-12-31"))
    assert 0 < len(earlier.having("rect", class_="bar-sat")) < drawn
    SessionFactory.create(
        treaty=Treaty.objects.get(code="CMW"),
        number=27,
        starts_on=date(2017, 9, 4),
        ends_on=date(2017, 9, 13),
    )
    page = Page(visitor.get("/states/IDN/"))
    assert len(page.having("rect", class_="bar-sat")) == drawn - 1
    assert len(page.having("rect", class_="bar-session", x="440")) == 1
