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
