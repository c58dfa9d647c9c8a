"""The dashboard: numbers, list, filters, and addresses that make no sense."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from reporting.models import State
from reporting.queries.dashboard import PAGE_SIZE
from tests.factories import UserFactory
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")


def shown(client: Client, query: str = "", **headers: str) -> Any:
    response = client.get(f"/{query}", headers=headers or None)
    assert response.status_code == 200
    return response


def test_it_says_the_day_it_is_true_for(visitor: Client) -> None:
    assert "Reports due and overdue as at 22 November 2026" in Page(shown(visitor)).text
    past = Page(shown(visitor, "?as_at=2017-12-31"))
    assert "Reports due and overdue as at 31 December 2017" in past.text
    assert "what was on record as having happened by then" in past.text
    ahead = Page(shown(visitor, "?as_at=2031-01-01"))
    assert "what would be owed if nothing more happened until then" in ahead.text


@pytest.mark.parametrize("day", ["", "2017-12-31", "2010-06-01"])
def test_each_card_counts_what_its_list_holds(visitor: Client, day: str) -> None:
    for card in shown(visitor, f"?as_at={day}").context["cards"]:
        response = visitor.get(card.url)
        if card.name == "parties":
            counted = len(response.context["rows"])
        elif card.name in {"backlog", "confirm"}:
            counted = response.context["results"].count
        else:
            counted = response.context["results"].states
        assert (card.name, counted) == (card.name, card.count)


def test_a_row_says_what_is_due_when_why_and_how_late(visitor: Client) -> None:
    rows = shown(visitor, "?as_at=2017-12-31&q=Syria").context["results"].rows
    page = Page(shown(visitor, "?as_at=2017-12-31&q=Syria&sort=due"))
    assert [(row.report, str(row.due), row.basis, row.source) for row in rows][:1] == [
        ("second periodic report", "2011", "Committee", "CMW/C/SYR/CO/1")
    ]
    assert page.having("time", datetime="2011")
    assert "in 2011" in page.text
    assert "6 years" in page.text
    assert page.having("span", class_="status status-overdue")


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("?status=overdue", lambda row: row.status == "overdue"),
        ("?status=overdue&band=5-10", lambda row: row.status == "overdue"),
        (
            "?status=unconfirmed&status=no+date",
            lambda row: row.status in {"unconfirmed", "no date"},
        ),
        ("?kind=initial+report", lambda row: "initial report" in row.report),
        ("?q=indonesia", lambda row: row.state == "Indonesia"),
    ],
)
def test_filters_narrow_the_list(visitor: Client, query: str, holds: Any) -> None:
    rows = shown(visitor, query).context["results"].rows
    assert rows
    assert all(holds(row) for row in rows)


def test_filters_that_are_on_are_named_with_a_way_to_remove_each(visitor: Client) -> None:
    response = shown(visitor, "?as_at=2017-12-31&status=overdue&band=5-10&region=african&q=a")
    chips = response.context["results"].chips
    assert [chip.label for chip in chips] == [
        "Overdue",
        "Overdue for 5 to under 10 years",
        "African States",
        "“a”",
    ]
    assert chips[0].url == "/?as_at=2017-12-31&band=5-10&region=african&q=a"
    assert response.context["results"].clear_url == "/?as_at=2017-12-31"


def test_an_empty_list_says_so_and_offers_to_clear_the_filters(visitor: Client) -> None:
    page = Page(shown(visitor, "?q=Atlantis"))
    assert "Nothing on this day matches these filters." in page.text
    assert "Clear all filters" in page.text
    assert "Nothing was owed on this day." in Page(shown(visitor, "?as_at=0001-01-01")).text


@pytest.mark.parametrize("sort", ["state", "report", "due", "basis", "status", "late"])
def test_a_column_sorts_the_list_and_turns_it_round(visitor: Client, sort: str) -> None:
    columns = {column.name: column for column in shown(visitor).context["results"].columns}
    assert columns[sort].order == "none"
    forward = shown(visitor, columns[sort].url[1:])
    turned = {column.name: column for column in forward.context["results"].columns}[sort]
    assert (turned.order, turned.url) == ("ascending", f"/?sort=-{sort}")
    assert Page(shown(visitor, turned.url[1:])).having("th", aria_sort="") == []
    assert 'aria-sort="descending"' in Page(shown(visitor, turned.url[1:])).html


def test_pages_are_turned_with_all_that_was_chosen(visitor: Client) -> None:
    first = shown(visitor, "?as_at=2020-01-01&sort=state").context["results"]
    assert (len(first.rows), first.pages) == (PAGE_SIZE, 2)
    assert first.next_url == "/?as_at=2020-01-01&sort=state&page=2"
    second = shown(visitor, first.next_url[1:]).context["results"]
    assert len(first.rows) + len(second.rows) == first.count
    assert second.previous_url == "/?as_at=2020-01-01&sort=state"


@pytest.mark.parametrize(
    "as_at",
    ["2026-02-30", "abc", "0000-00-00", "2026-02", "2026", "10000-01-01", "%00", "9" * 5000, "--"],
)
def test_a_bad_day_is_refused_in_words_and_today_is_shown(visitor: Client, as_at: str) -> None:
    page = Page(shown(visitor, f"?as_at={as_at}"))
    assert page.has_problem
    assert "is not a day on the calendar" in page.text
    assert "as at 22 November 2026" in page.text
    assert page.having("a", href="#as_at")
    assert len(page.html) < 150_000


@pytest.mark.parametrize("as_at", ["0001-01-01", "2036-11-22", "2024-02-29", " 2017-12-31 "])
def test_any_day_of_the_calendar_is_shown(visitor: Client, as_at: str) -> None:
    assert not Page(shown(visitor, f"?as_at={as_at}")).has_problem


@pytest.mark.parametrize("as_at", ["2036-11-23", "9999-12-31"])
def test_a_day_beyond_the_ten_years_ahead_gives_their_last_day(visitor: Client, as_at: str) -> None:
    page = Page(shown(visitor, f"?as_at={as_at}"))
    assert "The timetable reaches ten years ahead. The page shows its last day" in page.text
    assert "as at 22 November 2036" in page.text


@pytest.mark.parametrize(
    "query",
    [
        "band=junk",
        "kind=junk",
        "region=junk",
        "status=junk",
        "status=overdue&status=junk",
        "sort=junk",
        "sort=--due",
        "page=0",
        "page=-3",
        "page=abc",
        "page=999999",
        "page=99999999999999999999999999",
        "page=" + "9" * 5000,
        "page=1.5",
        "q=" + "x" * 10_000,
        "q=%00",
        "band=%00",
        "status=%00",
        "kind=%ff%fe",
        "region=african%00",
    ],
)
def test_a_bad_value_is_named_and_the_nearest_page_is_shown(visitor: Client, query: str) -> None:
    page = Page(shown(visitor, f"?{query}"))
    assert page.has_problem
    assert page.having("table", class_="register")


def test_beyond_the_last_page_is_the_last_page(visitor: Client) -> None:
    response = shown(visitor, "?page=999999")
    assert "There is no page 999999: this is the last one, page 2." in Page(response).text
    assert response.context["results"].page == 2


@pytest.mark.parametrize(
    "query",
    [
        "as_at=2016-01-01&as_at=2017-12-31",
        "status=overdue&status=overdue",
        "q=a&q=indonesia",
        "x=y",
    ],
)
def test_repeated_and_unknown_parameters_do_no_harm(visitor: Client, query: str) -> None:
    assert not Page(shown(visitor, f"?{query}")).has_problem


def test_an_error_stands_at_its_field_too(visitor: Client) -> None:
    page = Page(shown(visitor, "?band=junk"))
    assert page.having("p", id="id_band_error")
    assert page.having("a", href="#id_band")
    assert page.having("select", id="id_band", aria_invalid="true") or (
        'aria-invalid="true"' in page.html
    )


def test_the_other_parameters_stay_when_the_day_changes(visitor: Client) -> None:
    page = Page(shown(visitor, "?as_at=2017-12-31&status=overdue&sort=-due"))
    kept = {(each["name"], each["value"]) for each in page.having("input", form="day")}
    assert kept == {("status", "overdue"), ("sort", "-due")}
    assert page.having("a", id="today", href="/?status=overdue&sort=-due")


def test_a_script_gets_the_list_alone_and_a_clean_address(visitor: Client) -> None:
    response = shown(visitor, "?q=&band=&status=overdue&sort=urgency", HX_Request="true")
    page = Page(response)
    assert response["HX-Push-Url"] == "/?status=overdue"
    assert "HX-Request" in response["Vary"]
    assert page.having("table", class_="register")
    assert not page.having("html")
    restored = visitor.get(
        "/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    assert Page(restored).having("html")


def test_a_name_with_markup_is_shown_as_text(visitor: Client) -> None:
    State.objects.filter(iso3="IDN").update(name="<script>alert(1)</script>")
    for address in ("/?sort=state", "/states/", "/states/IDN/"):
        page = Page(visitor.get(address))
        assert "alert(1)" in page.html or address.startswith("/?")
        assert "<script>alert" not in page.html
    searched = Page(shown(visitor, "?q=%3Cscript%3Ealert(1)%3C/script%3E%22%27"))
    assert "<script>alert" not in searched.html
    assert "&lt;script&gt;alert" in searched.html


def test_it_asks_at_most_seventeen_questions_of_the_database(
    visitor: Client, django_assert_max_num_queries: Any
) -> None:
    visitor.force_login(UserFactory.create())
    shown(visitor)  # counts the inbox for the secretariat, which is remembered
    with django_assert_max_num_queries(17):
        shown(visitor)
    with django_assert_max_num_queries(17):
        shown(visitor, "?as_at=2017-12-31&status=overdue&q=a&page=9")


def test_without_facts_it_says_what_to_do(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.views.treaty.DEFAULT", "NONE")
    response = visitor.get("/")
    assert response.status_code == 404
    assert "No facts are on record yet" in Page(response).text


@pytest.mark.parametrize("language", ["ar", "fr", "ru", "zh-hans", "id"])
def test_it_speaks_each_language_and_its_direction(
    visitor: Client, settings: LazySettings, language: str
) -> None:
    settings.LANGUAGES_OFFERED = ["en", language]
    page = Page(shown(visitor, "", Accept_Language=language))
    direction = "rtl" if language == "ar" else "ltr"
    assert page.having("html", lang=language, dir=direction)
    sheet = "bootstrap.rtl.min" if language == "ar" else "bootstrap.min"
    assert f"vendor/{sheet}" in page.html


@pytest.mark.parametrize("language", ["ar", "fr", "ar,fr;q=0.9", "pt", "zh-hans", "*", "en-GB;q=x"])
def test_a_language_that_is_not_offered_gets_english(
    visitor: Client, settings: LazySettings, language: str
) -> None:
    settings.LANGUAGES_OFFERED = ["en"]
    response = shown(visitor, "", Accept_Language=language)
    assert Page(response).having("html", lang="en", dir="ltr")
    assert response["Content-Language"] == "en"


def test_only_reading_is_answered(visitor: Client) -> None:
    assert visitor.post("/").status_code == 405
