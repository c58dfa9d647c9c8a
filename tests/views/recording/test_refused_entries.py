"""What cannot be true is refused with a sentence at its field."""

from datetime import date

import pytest
from django.test import Client

from reporting.models import CommitteeDecision, Review, StateParty, User
from reporting.services.fact import record
from tests.factories import (
    TODAY,
    ReviewFactory,
    SessionFactory,
)
from tests.views.conftest import Page
from tests.views.recording.entries import (
    NEW_DECISION,
    NEW_REVIEW,
    decision_given,
    errors,
    review_given,
    save,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"first_report": "2", "last_report": "1"}, "The reports run backwards: 1 comes before 2."),
        (
            {"next_report_due": "9999-12-31"},
            "A due date lies at most 20 years after the decision. Check the year.",
        ),
        (
            {"follow_up_due": "2202-10-01"},
            "A due date lies at most 20 years after the decision. Check the year.",
        ),
        (
            {"dialogue_from": "1917-09-05"},
            "This lies before the treaty was adopted, on 18 December 1990. Check the year.",
        ),
        ({"first_report": "0"}, "Enter a number from 1 on."),
        (
            {"dialogue_from": "2010"},
            "2010 lies before the treaty entered into force for Indonesia, 1 September 2012.",
        ),
        (
            {"dialogue_to": "2017-09-04"},
            (
                "4 September 2017 lies before the date given for “First day of the dialogue”, "
                "5 September 2017."
            ),
        ),
        (
            {"adopted_on": "2026-11-23"},
            "23 November 2026 lies ahead: record it when it has happened.",
        ),
        (
            {"symbol": "CMW/C/JAM/CO/1"},
            "CMW/C/JAM/CO/1 is about another State; for Indonesia it would be as in CMW/C/IDN/CO/1.",
        ),
        (
            {"symbol": "CERD/C/IDN/CO/1"},
            "CERD/C/IDN/CO/1 is under another treaty; here it is as in CMW/C/IDN/CO/1.",
        ),
        (
            {"symbol": "CMW/C/IDN/Q/1"},
            "CMW/C/IDN/Q/1 is another kind of document; here it is as in CMW/C/IDN/CO/1.",
        ),
        (
            {"symbol": "CMW/C/IDN/CO/one"},
            "“CMW/C/IDN/CO/one” is not the symbol of a document; write it as in CMW/C/IDN/CO/1.",
        ),
        (
            {"next_report_due": "2027-02-30"},
            "“2027-02-30” is not a date: write YYYY-MM-DD, YYYY-MM or YYYY.",
        ),
        ({"next_report_due": ""}, "Enter the date on which the next report is due."),
        ({"next_report": "unsaid"}, "You entered a date, and chose above that there is none."),
        ({"symbol": "", "source": ""}, "Name the document in which this was read."),
    ],
)
def test_bad_input_about_a_review_gets_a_sentence_at_its_field(
    client: Client, given: dict[str, str], sentence: str
) -> None:
    page = Page(client.post(NEW_REVIEW, review_given(**given)))
    assert f"Error: {sentence}" in errors(page)
    assert page.has_problem
    assert not Review.objects.exists()


def test_a_second_review_of_one_report_on_one_day_is_refused_at_the_day(
    client: Client, party: StateParty, officer: User
) -> None:
    record(fact=ReviewFactory.build(state_party=party), by=officer, as_at=TODAY)
    page = Page(client.post(NEW_REVIEW, review_given()))
    assert errors(page) == [
        "Error: A review of this report on 13 September 2017 is on record already."
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"decided_on": "2012-05-30"},
            "30 May 2012 lies before the deposit of Indonesia, 31 May 2012.",
        ),
        ({"due_on": ""}, "Enter the date, or tick that the Committee will communicate it."),
        (
            {"to_be_communicated": "on"},
            "You entered a date, and ticked that the Committee will communicate it.",
        ),
        (
            {"kind": "list of issues", "first_report": ""},
            "Say which report this is about: 1 is the initial one.",
        ),
        (
            {"kind": "list of issues", "symbol": "CMW/C/IDN/QPR/2"},
            "CMW/C/IDN/QPR/2 is another kind of document; here it is as in CMW/C/IDN/Q/1.",
        ),
        ({"kind": ""}, "Say what the Committee decided."),
        (
            {"due_on": "2026-09-30"},
            (
                "30 September 2026 lies before the date given for “Decided or issued on”, "
                "1 October 2026."
            ),
        ),
    ],
)
def test_bad_input_about_a_decision_gets_a_sentence_at_its_field(
    client: Client, given: dict[str, str], sentence: str
) -> None:
    page = Page(client.post(NEW_DECISION, decision_given(**given)))
    assert f"Error: {sentence}" in errors(page)
    assert not CommitteeDecision.objects.exists()


def test_a_contradiction_that_only_the_engine_finds_is_said_above_the_form(
    client: Client, party: StateParty, officer: User
) -> None:
    record(fact=ReviewFactory.build(state_party=party), by=officer, as_at=TODAY)
    given = review_given(
        first_report="2",
        last_report="2",
        symbol="CMW/C/IDN/CO/2",
        dialogue_from="",
        dialogue_to="",
        adopted_on="2016-04-20",
        next_report="unsaid",
        next_report_due="",
        follow_up_due="",
    )
    page = Page(client.post(NEW_REVIEW, given))
    assert page.has_problem
    assert "the earlier report is reviewed after" in page.text
    assert page.having("input", name="adopted_on", value="2016-04-20")
    assert Review.objects.count() == 1


def test_a_script_in_a_note_is_shown_as_text(client: Client, party: StateParty) -> None:
    note = "<script>alert(1)</script>"
    page = Page(client.post(NEW_REVIEW, review_given(note=note)))
    assert note not in page.html
    save(client, NEW_REVIEW, page)
    for address in ("/states/IDN/", f"/facts/review/{Review.objects.get().pk}/history/"):
        shown = Page(client.get(address))
        assert note not in shown.html
        assert note in shown.text


def test_nonsense_for_the_version_and_the_mark_saves_nothing(
    client: Client, party: StateParty, officer: User
) -> None:
    review = record(fact=ReviewFactory.build(state_party=party), by=officer, as_at=TODAY)
    address = f"/reviews/{review.pk}/"
    for seen in ("", "x", "-", "9" * 30, "1-2-3"):
        given = review_given(seen=seen, reason="x", step="save", expected="x")
        assert "Somebody else has changed this" in Page(client.post(address, given)).text
    assert Review.objects.get().history.count() == 1


def test_a_date_for_a_report_that_has_come_is_refused_at_the_report(client: Client) -> None:
    page = Page(client.post(NEW_DECISION, decision_given(first_report="1")))
    assert errors(page) == [
        (
            "Error: Initial report: received or considered before this was decided, so no date "
            "can be set. Name report 2 or a later one, or say below why this stands all the same."
        )
    ]
    reason = {"accepted_because": "the Committee asked for it anew"}
    page = Page(client.post(NEW_DECISION, decision_given(first_report="1", **reason)))
    assert "What this changes" in page.text


def test_what_the_form_and_what_the_service_refuse_is_said_at_once(client: Client) -> None:
    given = decision_given(first_report="1", due_on="9999", source="", symbol="CMW/C/JAM/CO/1")
    said = errors(Page(client.post(NEW_DECISION, given)))
    assert [each.partition(":")[2][:40].strip() for each in said] == [
        "Initial report: received or considered",
        "A due date lies at most 20 years after",
        "CMW/C/JAM/CO/1 is about another State;",
    ]
    assert not CommitteeDecision.objects.exists()


def test_a_second_review_on_another_day_asks_for_its_reason_beside_the_other_errors(
    client: Client, party: StateParty, officer: User
) -> None:
    record(fact=ReviewFactory.build(state_party=party), by=officer, as_at=TODAY)
    given = review_given(
        dialogue_from="", dialogue_to="", adopted_on="2018-04-11", next_report_due="soon"
    )
    assert errors(Page(client.post(NEW_REVIEW, given))) == [
        "Error: “soon” is not a date: write YYYY-MM-DD, YYYY-MM or YYYY.",
        (
            "Error: CMW/C/IDN/CO/1 has considered this report already. "
            "Say why this review stands too."
        ),
    ]


def test_a_dialogue_outside_its_session_is_said_at_its_days_and_can_be_confirmed(
    client: Client, party: StateParty
) -> None:
    SessionFactory.create(number=27, starts_on=date(2017, 9, 6), ends_on=date(2017, 9, 13))
    sentence = (
        "Error: Session 27 lasts from 6 September 2017 to 13 September 2017. Correct the day or "
        "the session, or say why this stands."
    )
    assert errors(Page(client.post(NEW_REVIEW, review_given()))) == [sentence]
    page = Page(client.post(NEW_REVIEW, review_given(accepted_because="it began early")))
    assert "What this changes" in page.text


def test_what_only_the_engine_finds_is_said_with_the_missing_reason(
    client: Client, party: StateParty, officer: User
) -> None:
    review = record(fact=ReviewFactory.build(state_party=party), by=officer, as_at=TODAY)
    given = review_given(
        in_absence="True",
        adopted_on="2016-01-01",
        dialogue_from="",
        dialogue_to="",
        reason="",
        seen=str(review.version),
    )
    page = Page(client.post(f"/reviews/{review.pk}/", given))
    contradiction, missing = errors(page)
    assert "a review in the absence of CMW/C/IDN/1, which had come on 1 Sep" in contradiction
    assert missing == "Error: Say why, in a few words."
    assert page.having("a", href="#id_adopted_on")
