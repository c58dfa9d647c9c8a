"""The inbox as a page: what waits is counted at its head, and long lists are folded."""

import pytest

from tests.factories import UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")


@pytest.fixture
def page() -> Page:
    return Page(as_(UserFactory.create()).get("/inbox/"))


def test_every_kind_of_work_is_counted_and_leads_to_its_place(page: Page) -> None:
    kinds = ["filed", "flagged", "late", "replies", "dates"]
    links = [attrs["href"] for attrs in page.having("a") if attrs["href"].startswith("#")]
    assert links == ["#main", *(f"#{kind}" for kind in kinds)]
    assert "6 lists without replies 51 dates to confirm" in page.text
    ids = [attrs["id"] for _tag, attrs in page.elements if "id" in attrs]
    assert [each for each in ids if each in kinds] == [
        "replies",
        "dates",
        "filed",
        "flagged",
        "late",
    ]


def test_five_dates_to_confirm_stand_open_and_lead_to_all_of_them(page: Page) -> None:
    _before, dates = page.html.split('id="dates"')
    assert dates.count("Enter the date") == 5
    assert page.having("a", class_="to-do", href="/worklist/")
    assert "Show all 51 Dates to confirm" in page.text


def test_lists_that_are_not_overdue_wait_behind_those_that_are(page: Page) -> None:
    assert "None of them is overdue. Show 6 that are not overdue" in page.text


def test_a_list_that_is_too_long_to_be_folded_has_pages_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("reporting.views.presenters.inbox.PAGE_SIZE", 4)
    monkeypatch.setattr("reporting.views.inbox.PAGE_SIZE", 4)
    desk = as_(UserFactory.create())
    page = Page(desk.get("/inbox/?treaty=CMW"))
    assert "Show all 6 Lists of issues without replies" in page.text
    (link,) = page.having("a", class_="to-do", href="/inbox/replies/?treaty=CMW")
    last = Page(desk.get(f"{link['href']}&page=2"))
    assert "Page 2 of 2" in last.text
    assert len(last.having("td", **{"data-label": "Replies due"})) == 2
    assert last.having("a", href="/inbox/?treaty=CMW")
    assert desk.get("/inbox/other/").status_code == 404
