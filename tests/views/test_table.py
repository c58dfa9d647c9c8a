"""The published tables as pages, and their files at their addresses."""

from datetime import date
from io import BytesIO
from math import ceil
from typing import Any
from zipfile import is_zipfile

import pytest
from django.test import Client

from reporting.exports.published import Published
from reporting.exports.tables import TABLES
from reporting.models import State, StateParty, Submission, Treaty
from reporting.services.timetable import refresh
from reporting.views import table as views
from tests.factories import SubmissionFactory, partial
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_list_leads_to_each_table_and_its_files_with_the_day(visitor: Client) -> None:
    page = Page(visitor.get("/tables/?as_at=2017-12-31"))
    for slug, table in TABLES.items():
        assert str(table.sentence) in page.text
        for path in (f"{slug}/", f"{slug}.csv", f"{slug}.xlsx", f"{slug}.docx"):
            assert page.having("a", href=f"/tables/{path}?as_at=2017-12-31")
    assert page.having("a", href="/exports/?as_at=2017-12-31")


@pytest.mark.parametrize("slug", TABLES)
@pytest.mark.parametrize("day", ["2026-11-22", "2017-12-31"])
def test_a_page_shows_every_row_and_says_its_day_its_count_and_its_sources(
    visitor: Client, slug: str, day: str
) -> None:
    page = Page(visitor.get(f"/tables/{slug}/?as_at={day}"))
    treaty = Treaty.objects.get(code="CMW")
    found = Published(TABLES[slug], as_at=date.fromisoformat(day), treaty=treaty)
    heads = len(page.having("thead"))
    assert len(page.having("tr")) == len(list(found.rows)) + heads
    assert found.title in page.text
    assert {found.counts, str(found.table.sources)} <= {
        text for text in (found.counts, str(found.table.sources)) if text in page.text
    }


def test_a_row_says_what_it_says_in_print_and_leads_to_its_state(visitor: Client) -> None:
    page = Page(visitor.get("/tables/submission-of-reports/?as_at=2020-01-01"))
    assert (
        "Albania initial report 1 October 2008 date not on record CMW/C/ALB/1 Met "
        "CMW article 73(1)(a) Albania second periodic report in 2015 19 December 2016 CMW/C/ALB/2 Met"
    ) in page.text
    assert page.having("a", href="/states/ALB/?as_at=2020-01-01")


def test_the_parts_of_a_table_stand_under_headings(visitor: Client) -> None:
    page = Page(visitor.get("/tables/late-and-non-reporting/"))
    assert page.text.index("Overdue for 5 to under 10 years") < page.text.index(
        "Overdue for less than 5 years"
    )
    assert [attrs["aria-labelledby"] for attrs in page.having("table")] == ["part-1", "part-2"]
    assert len(page.having("h2")) == 2


def test_an_empty_table_says_so_and_its_files_have_no_rows(visitor: Client) -> None:
    page = Page(visitor.get("/tables/late-and-non-reporting/?as_at=1990-01-01"))
    assert "On this day there was nothing to list." in page.text
    assert "0 entries · 0 States" in page.text
    csv = content(visitor.get("/tables/late-and-non-reporting.csv?as_at=1990-01-01"))
    assert csv.decode().count("\n") == 1


@pytest.mark.parametrize("page", ["2", "999999999999999999999", "-1", "x", ""])
def test_a_long_table_is_turned_and_says_which_rows_it_shows(
    visitor: Client, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE_SIZE", 100)
    answer = visitor.get(f"/tables/submission-of-reports/?as_at=2026-11-22&page={page}")
    shown = Page(answer)
    assert answer.status_code == 200
    assert "of 211" in shown.text
    if page.startswith("9"):
        assert "There is no page 999999999: this is the last one, page 3." in shown.text
        assert "shows the rows 201 to 211 of 211" in shown.text
    elif page != "2":
        said = "The number of the page is no number from 1 on. This is the first page."
        assert (said in shown.text) is bool(page)
        assert "shows the rows 1 to 100 of 211" in shown.text
    if page == "2":
        assert not shown.has_problem
        assert "shows the rows 101 to 200 of 211" in shown.text
        assert shown.having("a", rel="next", id="page-next")


# The first page after a change finds the order of the table, those after it read what they show.
QUERIES = {
    "submission-of-reports": (6, 4),
    "late-and-non-reporting": (6, 4),
    "backlog": (6, 4),
    "replies-and-follow-up": (6, 4),
    "compliance": (8, 4),
    "never-reviewed": (8, 5),
}


@pytest.mark.parametrize("slug", TABLES)
@pytest.mark.parametrize("day", ["2012-12-31", "2026-11-22"])
def test_a_page_asks_as_often_for_many_states_as_for_few(
    visitor: Client, slug: str, day: str, django_assert_num_queries: Any
) -> None:
    for asked in QUERIES[slug]:
        with django_assert_num_queries(asked):
            visitor.get(f"/tables/{slug}/?as_at={day}")


@pytest.mark.parametrize("slug", TABLES)
def test_the_pages_of_a_table_hold_what_its_file_holds_in_its_order(
    visitor: Client, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reporting.views.table.PAGE_SIZE", 7)
    treaty, day = Treaty.objects.get(code="CMW"), date(2017, 12, 31)
    rows = TABLES[slug].rows(as_at=day, treaty=treaty)
    for number in range(1, ceil(len(rows) / 7) + 1):
        answer = visitor.get(f"/tables/{slug}/?as_at={day}&page={number}")
        shown = [row for part in answer.context["parts"] for row in part.rows]
        assert shown == list(iter(rows))[(number - 1) * 7 : number * 7]


def test_a_page_shows_at_once_what_was_recorded_and_how_a_document_is_named_now(
    visitor: Client,
) -> None:
    address = "/tables/submission-of-reports/"
    assert "CMW/C/ALB/1 " in Page(visitor.get(address)).text
    Submission.objects.filter(symbol="CMW/C/ALB/1").update(symbol="CMW/C/ALB/1/Rev.1")
    assert "CMW/C/ALB/1/Rev.1" in Page(visitor.get(address)).text
    indonesia = StateParty.objects.get(state__iso3="IDN")
    before = visitor.get(address).context["found"].size
    SubmissionFactory.create(state_party=indonesia, first_report=3, received_on=partial("2026-11"))
    refresh(party=indonesia, as_at=date(2026, 11, 22))
    after = visitor.get(address).context["found"].size
    assert after == (before[0] + 1, before[1])


def test_a_name_from_the_database_is_shown_as_text(visitor: Client) -> None:
    State.objects.filter(iso3="FJI").update(name='<script>alert(1)</script>"')
    page = Page(visitor.get("/tables/never-reviewed/"))
    assert '<script>alert(1)</script>"' in page.text
    assert "<script>alert" not in page.html


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_a_file_is_named_after_its_table_and_its_day(visitor: Client, form: str, kind: str) -> None:
    answer = visitor.get(f"/tables/compliance.{form}?as_at=2017-12-31")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        kind,
        f'attachment; filename="compliance-2017-12-31.{form}"',
    )
    assert is_zipfile(BytesIO(content(answer))) is (form != "csv")


@pytest.mark.parametrize(
    "address", ["/tables/nothing/", "/tables/nothing.csv", "/tables/compliance.pdf"]
)
def test_what_is_no_table_or_no_format_is_not_there(visitor: Client, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_a_bad_day_gets_a_page_of_today_and_no_file(visitor: Client) -> None:
    page = Page(visitor.get("/tables/compliance/?as_at=2026-02-30"))
    assert page.has_problem
    assert "as at 22 November 2026" in page.text
    answer = visitor.get("/tables/compliance.csv?as_at=2026-02-30")
    assert answer.status_code == 400
    assert "“2026-02-30” is not a day on the calendar." in Page(answer).text
