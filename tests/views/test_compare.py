"""The page that compares two days, and what it says of days that make no sense."""

import pytest
from django.test import Client

from reporting.views import compare as views
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")


def at(visitor: Client, query: str) -> Page:
    answer = visitor.get(f"/compare/?{query}")
    assert answer.status_code == 200
    return Page(answer)


def test_a_year_is_counted_by_state_and_told_one_by_one(visitor: Client) -> None:
    page = at(visitor, "from=2016-12-31&to=2017-12-31")
    assert "What happened from 31 December 2016 to 31 December 2017" in page.text
    assert "All States parties 4 4 10 6" in page.text
    assert page.having("a", href="/compare.csv?from=2016-12-31&to=2017-12-31")
    assert page.having("a", href="/states/JAM/?as_at=2017-12-31")


def test_a_long_list_comes_in_pages_with_the_counts_of_their_states(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE_SIZE", 10)
    first = at(visitor, "from=2016-12-31&to=2017-12-31")
    last = at(visitor, "from=2016-12-31&to=2017-12-31&page=3")
    assert "Page 1 of 3" in first.text
    events, states, all_of_them = 4, 3, 1
    assert len(last.having("th", role="rowheader")) == events + states + all_of_them
    for page in (first, last):
        assert "All States parties 4 4 10 6" in page.text
    assert "The States parties of this page of the list below" in last.text
    assert "of this page of the list" not in at(visitor, "from=2017-11-30&to=2017-12-31").text


def test_without_days_it_is_the_last_year(visitor: Client) -> None:
    assert "from 22 November 2025 to 22 November 2026" in at(visitor, "").text


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("to=2017-12-31", "from 31 December 2016 to 31 December 2017"),
        ("to=2024-02-29", "from 28 February 2023 to 29 February 2024"),
        ("from=2017-12-31", "from 31 December 2017 to 22 November 2026"),
        ("to=0001-01-01", "from 1 January 0001 to 1 January 0001"),
    ],
)
def test_one_day_alone_gets_the_other_one(visitor: Client, query: str, days: str) -> None:
    page = at(visitor, query)
    assert days in page.text
    assert "other way round" not in page.text


def test_a_fact_without_a_date_says_which_day_placed_it(visitor: Client) -> None:
    page = at(visitor, "from=2003-07-01&to=2026-11-22")
    assert "date not on record; counts from " in page.text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2017-12-31&to=2017-12-31", "Both days are the same, so nothing lies between them."),
        (
            "from=2017-12-31&to=2016-12-31",
            "The days stood the other way round; the earlier one comes first now.",
        ),
        (
            "from=1990-01-01&to=1999-12-31",
            "The Convention entered into force on 1 July 2003; no report was due before.",
        ),
        ("from=1990-01-01&to=1999-12-31", "Between these days nothing is on record."),
        ("from=2026-11-22&to=2030-01-01", "1 January 2030 is ahead: what falls due until then"),
        ("from=2017&to=2018-01-01", "“2017” is not a day on the calendar."),
        ("from=&to=31.12.2017", "“31.12.2017” is not a day on the calendar."),
        ("from=2017-01-01&to=9999-12-31", "The timetable reaches ten years ahead"),
        ("from=0001-01-01&to=%00%0a", "is not a day on the calendar."),
    ],
)
def test_days_that_make_no_sense_get_a_sentence(visitor: Client, query: str, sentence: str) -> None:
    assert sentence in at(visitor, query).text


def test_what_was_typed_stays_in_the_form(visitor: Client) -> None:
    page = at(visitor, "from=2017-12-31&to=soon")
    (last,) = page.having("input", name="to")
    assert (last["value"], page.having("input", name="from")[0]["value"]) == ("soon", "2017-12-31")
    assert "From 31" not in page.text


def test_there_is_no_file_of_days_that_are_none(visitor: Client) -> None:
    answer = visitor.get("/compare.csv?from=2017&to=2018-01-01")
    assert answer.status_code == 400
    assert "“2017” is not a day on the calendar." in Page(answer).text
    assert visitor.get("/compare.pdf").status_code == 404


def test_the_file_is_named_after_its_days(visitor: Client) -> None:
    answer = visitor.get("/compare.csv?from=2016-12-31&to=2017-12-31")
    assert 'filename="changes-2016-12-31-2017-12-31.csv"' in answer["Content-Disposition"]
    assert len(b"".join(answer).splitlines()) == 25


def test_another_day_is_compared_with_today_at_a_click(visitor: Client) -> None:
    page = Page(visitor.get("/states/?as_at=2017-12-31"))
    assert page.having("a", href="/compare/?from=2017-12-31&to=2026-11-22")
    assert not page.having("a", href="/compare/?from=2026-11-22&to=2026-11-22")


def test_a_parameter_that_it_does_not_know_is_said_and_nothing_is_shown(visitor: Client) -> None:
    page = at(visitor, "since=2020-01-01&to=2024-01-01")
    assert page.has_problem
    assert (
        "“since” is no parameter of this address. It knows: from, language, page, to, treaty."
        in page.text
    )
    assert "What happened from" not in page.text
