"""The list of States parties, and the page of one."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from reporting.models import Review, StateParty
from reporting.rules.partial_date import PartialDate
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")


def test_the_list_has_every_state_party_of_the_day(visitor: Client) -> None:
    assert len(visitor.get("/states/").context["rows"]) == 60
    earlier = visitor.get("/states/?as_at=2012-05-30").context["rows"]
    assert "Indonesia" not in [row.name for row in earlier]
    on_the_day = visitor.get("/states/?as_at=2012-05-31").context["rows"]
    assert "Indonesia" in [row.name for row in on_the_day]


def test_more_states_than_fit_on_a_page_are_turned_and_all_of_them_are_searched(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Page 1 of" not in Page(visitor.get("/states/")).text
    monkeypatch.setattr("reporting.views.state.PAGE_SIZE", 40)
    first = Page(visitor.get("/states/?as_at=2026-11-22"))
    assert "60 States parties" in first.text
    (following,) = first.having("a", rel="next")
    last = Page(visitor.get(following["href"]))
    assert "60 States parties" in last.text
    assert "Page 2 of 2" in last.text
    assert len(first.having("th", scope="row")) + len(last.having("th", scope="row")) == 60
    assert "Uruguay" not in first.text
    assert "1 State party" in Page(visitor.get("/states/?q=uruguay")).text


def test_the_list_shows_deposit_entry_into_force_and_what_is_outstanding(visitor: Client) -> None:
    response = visitor.get("/states/?q=indonesia&as_at=2016-01-01")
    (row,) = response.context["rows"]
    assert (str(row.deposited), str(row.in_force)) == ("2012-05-31", "2012-09-01")
    page = Page(response)
    for text in ("31 May 2012", "1 September 2012", "initial report", "1 September 2013"):
        assert text in page.text


@pytest.mark.parametrize("query", ["q=" + "x" * 10_000, "q=%00", "region=junk", "as_at=2026-02-30"])
def test_a_bad_search_is_named_and_the_list_is_shown(visitor: Client, query: str) -> None:
    response = visitor.get(f"/states/?{query}")
    page = Page(response)
    assert response.status_code == 200
    assert page.has_problem
    assert len(response.context["rows"]) == 60


def test_a_search_that_finds_nothing_says_so(visitor: Client) -> None:
    page = Page(visitor.get("/states/?q=Atlantis&region=african"))
    assert "No State party on this day matches the search." in page.text
    assert (
        "No State was a party on this day." in Page(visitor.get("/states/?as_at=0001-01-01")).text
    )


def test_the_day_is_kept_from_page_to_page(visitor: Client) -> None:
    page = Page(visitor.get("/states/?as_at=2017-12-31&region=african"))
    assert page.having("a", href="/states/EGY/?as_at=2017-12-31")
    assert page.having("input", name="region", value="african", form="day")
    assert page.having("a", id="today", href="/states/?region=african")


def test_a_script_gets_the_list_of_states_alone(visitor: Client) -> None:
    page = Page(visitor.get("/states/?q=indonesia", headers={"HX-Request": "true"}))
    assert page.having("table", class_="register")
    assert not page.having("html")


def test_the_page_of_a_state_says_why_each_report_is_due(visitor: Client) -> None:
    page = Page(visitor.get("/states/IDN/?as_at=2016-01-01"))
    assert "Initial report" in page.text
    assert "1 September 2013" in page.text
    assert "one year after" in page.text
    assert "CMW article 73(1)(a)" in page.text
    assert "2 years 4 months" in page.text


def test_the_page_of_a_state_parts_open_projected_and_past(visitor: Client) -> None:
    context = visitor.get("/states/SYR/").context
    assert [entry.obligation.title for entry in context["open"]] == ["fourth periodic report"]
    assert {entry.standing.status.value for entry in context["past"]} == {"met", "superseded"}
    assert context["projected"]
    met = [entry for entry in context["past"] if entry.met_on]
    assert [str(entry.obligation.due_on) for entry in met] == ["2016", "2011"]
    page = Page(visitor.get("/states/SYR/"))
    assert "received 23 December 2019, 2 years 11 months late" in page.text
    assert "by CMW/C/SYR/2-3" in page.text


def test_a_date_that_is_not_on_record_is_never_invented(visitor: Client) -> None:
    page = Page(visitor.get("/states/CHL/"))
    assert "date not on record" in page.text


def test_what_happened_later_is_not_shown(visitor: Client) -> None:
    before = Page(visitor.get("/states/IDN/?as_at=2017-09-01"))
    assert "CMW/C/IDN/CO/1" not in before.text
    between = visitor.get("/states/IDN/?as_at=2017-09-10")
    assert "13 September 2017" not in Page(between).text
    assert "13 September 2017" in Page(visitor.get("/states/IDN/?as_at=2017-09-13")).text


def test_a_date_that_lies_ahead_in_a_fact_on_record_is_not_printed(visitor: Client) -> None:
    Review.objects.filter(symbol="CMW/C/IDN/CO/1").update(distributed_on=PartialDate(2017, 10, 19))
    before = Page(visitor.get("/states/IDN/?as_at=2017-10-18"))
    assert "CMW/C/IDN/CO/1" in before.text
    assert "not yet" in before.text
    assert "19 October 2017" not in before.text
    on_the_day = Page(visitor.get("/states/IDN/?as_at=2017-10-19"))
    assert "not yet" not in on_the_day.text
    assert "19 October 2017" in on_the_day.text


@pytest.mark.parametrize(
    ("as_at", "is_known"),
    [
        ("2015-01-01", False),
        ("2018-11-30", False),
        ("2018-12-01", True),
        ("2019-06-01", True),
        ("2020-06-01", True),
    ],
)
def test_a_denunciation_is_shown_from_its_notification_on(
    visitor: Client, as_at: str, is_known: bool
) -> None:
    StateParty.objects.filter(state__iso3="IDN").update(
        denunciation_notified_on=date(2018, 12, 1), denunciation_effective_on=date(2020, 1, 1)
    )
    page = Page(visitor.get(f"/states/IDN/?as_at={as_at}"))
    assert ("Denunciation effective" in page.text) is is_known
    assert ("1 January 2020" in page.text) is is_known


def test_a_denunciation_without_a_notification_is_shown_from_its_effect_on(visitor: Client) -> None:
    StateParty.objects.filter(state__iso3="IDN").update(denunciation_effective_on=date(2020, 1, 1))
    assert "Denunciation" not in Page(visitor.get("/states/IDN/?as_at=2019-12-31")).text
    assert "Denunciation effective" in Page(visitor.get("/states/IDN/?as_at=2020-01-01")).text


def test_before_its_deposit_a_state_is_no_party(visitor: Client) -> None:
    response = visitor.get("/states/IDN/?as_at=2012-05-30")
    assert response.status_code == 200
    assert "Indonesia was not a State party on 30 May 2012." in Page(response).text


def test_a_code_in_small_letters_leads_to_the_page(visitor: Client) -> None:
    response = visitor.get("/states/idn/?as_at=2017-12-31")
    assert (response.status_code, response["Location"]) == (301, "/states/IDN/?as_at=2017-12-31")


@pytest.mark.parametrize("code", ["XXX", "X", "IDNIDN", "A" * 500, "12"])
def test_an_unknown_state_gets_a_friendly_page(visitor: Client, code: str) -> None:
    response = visitor.get(f"/states/{code}/")
    assert response.status_code == 404
    assert "is the code of no State party on record" in Page(response).text


@pytest.mark.parametrize("as_at", ["2026-02-30", "abc", "0000-00-00", "%00"])
def test_a_bad_day_on_the_page_of_a_state_is_refused_in_words(visitor: Client, as_at: str) -> None:
    response = visitor.get(f"/states/IDN/?as_at={as_at}")
    assert response.status_code == 200
    assert Page(response).has_problem


@pytest.mark.thorough
@pytest.mark.parametrize("as_at", ["", "0001-01-01", "2003-07-01", "2020-01-01", "9999-12-31"])
def test_every_state_has_its_page_on_any_day(visitor: Client, as_at: str) -> None:
    codes = list(StateParty.objects.values_list("state__iso3", flat=True))
    for code in codes[:: 6 if as_at else 1]:
        assert visitor.get(f"/states/{code}/?as_at={as_at}").status_code == 200


def test_both_pages_ask_a_fixed_number_of_questions(
    visitor: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(6):
        visitor.get("/states/")
    with django_assert_max_num_queries(14):
        visitor.get("/states/SYR/")
