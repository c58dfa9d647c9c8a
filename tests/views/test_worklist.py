"""The dates to confirm, and the page on which one is read from a paragraph and entered."""

from typing import Any

import pytest
from django.test import Client

from reporting.models import CommitteeDecision, Obligation, Review, Revision, Treaty
from tests.factories import SessionFactory, UserFactory
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = pytest.mark.usefixtures("recorded")
IDN = "/worklist/IDN/"
TEXT = "70. The State party is to submit its third periodic report by 1 May 2030 (CMW/C/IDN/CO/2)."


@pytest.fixture
def desk() -> Client:
    return as_(UserFactory.create())


def fields(page: Page) -> dict[str, str]:
    """Return what stands in the form of the decision."""
    inputs = [each for each in page.having("input") if each.get("type") != "radio"]
    return {each["name"]: each.get("value", "") for each in inputs if "name" in each}


def test_every_date_to_confirm_stands_with_its_document(desk: Client) -> None:
    page = Page(desk.get("/worklist/"))
    assert "51 dates to confirm" in page.text
    assert "CMW/C/IDN/CO/2 concluding observations on the second periodic report" in page.text
    assert page.text.count("symbol not on record") == 21
    assert len(page.having("a", class_="to-do")) == 51


def test_the_list_takes_as_many_queries_for_one_state_as_for_all(
    desk: Client, django_assert_num_queries: Any
) -> None:
    desk.get("/worklist/")
    with django_assert_num_queries(9):
        desk.get("/worklist/")
    Obligation.objects.exclude(state_party__state__iso3="IDN").delete()
    Revision.objects.renew()
    desk.get("/worklist/")
    with django_assert_num_queries(9):
        assert "1 date to confirm" in Page(desk.get("/worklist/")).text


def test_the_form_begins_with_what_is_on_record_and_no_date(desk: Client) -> None:
    page = Page(desk.get(IDN))
    shown = fields(page)
    assert (shown["first_report"], shown["due_on"]) == ("3", "")
    assert (shown["symbol"], shown["decided_on"]) == ("CMW/C/IDN/CO/2", "2025-12-11")
    assert page.having("form", action="/states/IDN/decisions/new/?then=worklist")


def test_a_missing_symbol_stays_missing(desk: Client) -> None:
    page = Page(desk.get("/worklist/JAM/"))
    assert "symbol not on record" in page.text
    assert fields(page)["symbol"] == ""


def test_a_pasted_paragraph_fills_the_form_and_saves_nothing(desk: Client) -> None:
    before = CommitteeDecision.objects.count()
    page = Page(desk.post(IDN, {"paste-text": TEXT}))
    shown = fields(page)
    assert (shown["due_on"], shown["last_report"], shown["paragraph"]) == ("2030-05-01", "3", "70")
    assert "Read in “by 1 May 2030”." in page.text
    assert "<mark>by 1 May 2030</mark>" in page.html
    assert not page.having("div", class_="notice notice-warning")
    assert CommitteeDecision.objects.count() == before


def test_what_was_read_is_saved_through_the_preview_and_knows_its_review(desk: Client) -> None:
    read = fields(Page(desk.post(IDN, {"paste-text": TEXT})))
    given = read | {"kind": "next report due", "text": TEXT}
    given.pop("to_be_communicated", None)
    address = "/states/IDN/decisions/new/?then=worklist"
    preview = desk.post(address, given)
    assert "What this changes" in Page(preview).text
    expected = Page(preview).having("input", name="expected")[0]["value"]
    answer = desk.post(address, given | {"step": "save", "expected": expected}, follow=True)
    assert answer.redirect_chain == [("/worklist/", 302)]
    page = Page(answer)
    assert "Saved for Indonesia. The dates that follow from it" in page.text
    assert page.having("a", href="/states/IDN/")
    assert "50 dates to confirm" in page.text
    saved = CommitteeDecision.objects.latest("pk")
    assert (str(saved.due_on), saved.paragraph, saved.source) == (
        "2030-05-01",
        "70",
        "CMW/C/IDN/CO/2",
    )
    assert saved.review is not None
    assert saved.review.symbol == "CMW/C/IDN/CO/2"
    (done,) = [desk.get(IDN)]
    assert done["Location"] == "/worklist/"
    assert "Indonesia has no date to confirm" in Page(desk.get("/worklist/")).text


def test_a_review_of_another_state_is_refused(desk: Client) -> None:
    read = fields(Page(desk.get("/worklist/JAM/")))
    form = fields(Page(desk.get(IDN))) | {"review": read["review"], "kind": "next report due"}
    page = Page(desk.post("/states/IDN/decisions/new/", form | {"due_on": "2030-05-01"}))
    assert "The review that it came from is not on record." in page.text


def test_what_contradicts_the_estimate_is_pointed_out(desk: Client) -> None:
    text = "Its fourth periodic report, by 1 January 2020; not by 31 June 2029."
    page = Page(desk.post(IDN, {"paste-text": text}))
    for sentence in (
        "No calendar has this day: 31 June 2029.",
        "1 January 2020 has passed",
        "1 January 2020 lies before the review",
        "speaks of the fourth periodic report; expected next is the third periodic report.",
    ):
        assert sentence in page.text
    assert fields(page)["first_report"] == "4"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Its report is due by 1 May 2029, or by 1 May 2030.",
            "several dates by which a report is due: 1 May 2029, 1 May 2030. None of them is proposed.",
        ),
        (
            "It should ratify the Convention before 1 May 2027.",
            "The text names no date that is clearly the one of the next report, so none is proposed.",
        ),
        (
            "The third periodic report is due within one year of receipt of the list of issues.",
            "a term, “is due within one year of receipt of the list of issues”, that counts neither from the adoption nor from the",
        ),
        (
            "The third periodic report is due by 01/05/2028.",
            "“01/05/2028” is not read, as some write the day first and some the month. Write the month as a word.",
        ),
    ],
)
def test_what_is_not_sure_is_said_and_not_proposed(desk: Client, text: str, sentence: str) -> None:
    page = Page(desk.post(IDN, {"paste-text": text}))
    assert sentence in page.text
    assert "says nothing" not in page.text
    assert fields(page)["due_on"] == ""


def test_the_words_are_kept_for_who_chooses_between_two_dates(desk: Client) -> None:
    text = "70. Its third report is due by 1 May 2029, or by 1 May 2030."
    page = Page(desk.post(IDN, {"paste-text": text}))
    pasted, kept = page.html.split('name="text"')
    assert text[4:-1] in pasted
    assert text[4:-1] in kept


@pytest.mark.parametrize(
    ("text", "due", "sentence"),
    [
        ("within five years", "2030-12-11", "five years after the adoption, 11 December 2025"),
        ("within 18 months", "2027-06-11", "18 months after the adoption, 11 December 2025"),
        (
            "five years after the dialogue",
            "2030-12-03",
            "five years after the consideration, 3 Dec",
        ),
    ],
)
def test_a_term_counts_from_the_review_on_record(
    desk: Client, text: str, due: str, sentence: str
) -> None:
    page = Page(desk.post(IDN, {"paste-text": f"The third periodic report is due {text}."}))
    assert fields(page)["due_on"] == due
    assert sentence in page.text


def test_a_term_after_a_day_that_is_not_on_record_gives_no_date(desk: Client) -> None:
    Review.objects.filter(state_party__state__iso3="IDN").update(
        dialogue_from=None, dialogue_to=None
    )
    text = "The third periodic report is due five years after the dialogue."
    page = Page(desk.post(IDN, {"paste-text": text}))
    assert "and the day from which it counts is not on record." in page.text
    assert "five years after a day that is not on record" in page.text
    assert fields(page)["due_on"] == ""


def test_the_first_date_is_not_the_one_of_the_report(desk: Client) -> None:
    text = "An interim report by 1 May 2027 and its third periodic report by 1 May 2030."
    page = Page(desk.post(IDN, {"paste-text": text}))
    assert fields(page)["due_on"] == "2030-05-01"
    assert "Other dates in the text, which are not proposed: 1 May 2027." in page.text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Paste the paragraph that says when the report is due."),
        ("x" * 100_001, "Write at most 100000 characters; these are 100001."),
        ("<b>\0\u202e", "The text says nothing of when the next report is due."),
    ],
)
def test_a_text_that_gives_nothing_is_answered_in_a_sentence(
    desk: Client, text: str, sentence: str
) -> None:
    answer = desk.post(IDN, {"paste-text": text})
    assert answer.status_code == 200
    assert sentence in Page(answer).text
    assert fields(Page(answer))["due_on"] == ""


def test_a_state_that_is_none_is_not_there(desk: Client) -> None:
    assert desk.get("/worklist/XXX/").status_code == 404
    assert desk.get("/worklist/?page=99999999999").status_code == 200


def test_a_code_of_no_state_is_named_and_one_in_small_letters_leads_on(desk: Client) -> None:
    answer = desk.get("/worklist/XXX/")
    assert answer.status_code == 404
    assert "“XXX” is the code of no State party on record." in Page(answer).text
    answer = desk.get("/worklist/idn/?as_at=2017-12-31")
    assert (answer.status_code, answer["Location"]) == (301, "/worklist/IDN/?as_at=2017-12-31")
    assert "“xxx”" not in Page(desk.get("/worklist/xxx/", follow=True)).text


def test_the_list_is_that_of_any_day_and_refuses_what_is_none(desk: Client) -> None:
    page = Page(desk.get("/worklist/?as_at=2017-12-31"))
    assert "28 dates to confirm" in page.text
    assert "A date is entered as things stand today" in page.text
    assert page.having("a", href="/states/MAR/?as_at=2017-12-31")
    assert "“soon” is not a day on the calendar" in Page(desk.get("/worklist/?as_at=soon")).text


@pytest.mark.parametrize("path", ["/planner/", "/planner/45/", "/worklist/IDN/"])
def test_a_page_that_plans_from_today_says_so_of_another_day(desk: Client, path: str) -> None:
    SessionFactory.create(treaty=Treaty.objects.get(code="CMW"))
    said = "This page plans from today, 22 November 2026, and knows no other day."
    assert said in Page(desk.get(f"{path}?as_at=2017-12-31")).text
    page = Page(desk.get(f"{path}?as_at=soon%00"))
    assert page.has_problem
    assert (
        f"“soon” is not a day on the calendar. Write year, month and day, as in 2017-12-31. {said}"
        in page.text
    )
    assert said not in Page(desk.get(path)).text
