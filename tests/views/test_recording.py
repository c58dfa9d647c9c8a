"""Recording what the Committee does: entered, looked at, saved; on the pages."""

import re
from typing import Any

import pytest
from django.test import Client

from reporting.models import CommitteeDecision, Obligation, Review, StateParty, Submission, User
from reporting.rules.partial_date import PartialDate
from reporting.services.fact import correct, record
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    ContactFactory,
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.views.cast import as_
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db
NEW_REVIEW = "/states/IDN/reviews/new/"
NEW_DECISION = "/states/IDN/decisions/new/"


@pytest.fixture
def party() -> StateParty:
    made = StatePartyFactory.create()
    SubmissionFactory.create(state_party=made)
    refresh(party=made, as_at=TODAY)
    return made


@pytest.fixture
def officer(party: StateParty) -> User:
    return UserFactory.create(name="Ana")


@pytest.fixture
def client(officer: User) -> Client:
    return as_(officer)


def review_given(**more: Any) -> dict[str, Any]:
    usual = {
        "first_report": "1",
        "last_report": "1",
        "in_absence": "False",
        "session": "27",
        "dialogue_from": "2017-09-05",
        "dialogue_to": "2017-09-06",
        "symbol": "cmw/c/idn/co/1",
        "adopted_on": "2017-09-13",
        "next_report": "set",
        "next_report_due": "2027-10-01",
        "follow_up_due": "2019-10-01",
    }
    return usual | more


def decision_given(**more: Any) -> dict[str, Any]:
    usual = {
        "kind": "next report due",
        "first_report": "2",
        "due_on": "2027-04",
        "decided_on": "2026-10-01",
        "source": "letter of 1 October 2026",
    }
    return usual | more


def hidden(page: Page) -> dict[str, str]:
    """Return what the preview sends on."""
    return {each["name"]: each.get("value", "") for each in page.having("input", type="hidden")}


def errors(page: Page) -> list[str]:
    """Return the sentences at the fields."""
    texts = re.findall(r'<p class="field-error"[^>]*>(.*?)</p>', page.html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", text).split()) for text in texts]


def save(client: Client, address: str, page: Page) -> Any:
    return client.post(address, hidden(page) | {"step": "save"}, follow=True)


def owed() -> list[str]:
    rows = Obligation.objects.all().open(as_at=TODAY).order_by("kind", "first_report")
    return [f"{row.title}: {row.due_on} {row.basis}" for row in rows]


def test_the_preview_says_what_changes_and_why_and_saves_nothing(
    client: Client, party: StateParty
) -> None:
    for _number in range(2):
        ContactFactory.create(state=party.state)
    before = owed()
    page = Page(client.post(NEW_REVIEW, review_given()))
    for text in (
        "What this changes",
        "Second periodic report 1 September 2018 Awaiting consideration 1 October 2027 Due soon",
        "The Committee set this date in its concluding observations on the initial report.",
        "Follow-up on the initial report not owed 1 October 2019 Overdue",
        "Saving cancels 16 alerts. That is 8 for each active contact of the State, of whom there are 2.",
    ):
        assert text in page.text
    assert owed() == before
    assert not Review.objects.exists()


def test_saving_does_what_the_preview_said(client: Client, officer: User) -> None:
    page = Page(client.post(NEW_REVIEW, review_given()))
    answer = save(client, NEW_REVIEW, page)
    assert answer.redirect_chain == [("/states/IDN/", 302)]
    assert "Saved. The dates below follow from it." in Page(answer).text
    assert owed() == [
        "follow-up on the initial report: 2019-10-01 committee",
        "second periodic report: 2027-10-01 committee",
    ]
    review = Review.objects.get()
    assert (review.symbol, review.source) == ("CMW/C/IDN/CO/1", "CMW/C/IDN/CO/1")
    assert review.history.latest().history_user == officer


def test_the_entries_can_be_changed_after_the_preview(client: Client) -> None:
    page = Page(client.post(NEW_REVIEW, review_given()))
    back = Page(client.post(NEW_REVIEW, hidden(page) | {"step": "edit"}))
    assert back.having("input", name="next_report_due", value="2027-10-01")
    assert not back.has_problem
    assert not Review.objects.exists()


def test_facts_that_changed_in_between_are_shown_again_before_saving(
    client: Client, party: StateParty, officer: User
) -> None:
    page = Page(client.post(NEW_DECISION, decision_given()))
    record(fact=ReviewFactory.build(state_party=party), by=officer, as_at=TODAY)
    again = Page(save(client, NEW_DECISION, page))
    assert "The facts of this State have changed since you looked." in again.text
    assert "Second periodic report 13 September 2022 Unconfirmed April 2027" in again.text
    assert not CommitteeDecision.objects.exists()
    save(client, NEW_DECISION, again)
    assert "second periodic report: 2027-04 committee" in owed()


def test_sending_the_same_save_twice_records_once(client: Client) -> None:
    given = decision_given(kind="additional report", first_report="", symbol="CMW/C/40/2")
    page = Page(client.post(NEW_DECISION, given))
    for _click in range(2):
        assert save(client, NEW_DECISION, page).redirect_chain == [("/states/IDN/", 302)]
    assert CommitteeDecision.objects.count() == 1


def test_the_same_save_by_somebody_else_is_shown_before_it_is_made(client: Client) -> None:
    given = decision_given(kind="additional report", first_report="", symbol="CMW/C/40/2")
    page = Page(client.post(NEW_DECISION, given))
    save(client, NEW_DECISION, page)
    again = Page(save(as_(UserFactory.create()), NEW_DECISION, page))
    assert "The facts of this State have changed since you looked." in again.text
    assert CommitteeDecision.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"first_report": "2", "last_report": "1"}, "The reports run backwards: 1 comes before 2."),
        ({"first_report": "0"}, "Ensure this value is greater than or equal to 1."),
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


def test_the_second_editor_sees_what_differs_and_keeps_what_was_typed(
    client: Client, party: StateParty, officer: User
) -> None:
    decision = DecisionFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY)
    address = f"/decisions/{decision.pk}/"
    mine = decision_given(
        first_report="",
        due_on="2023-10-01",
        decided_on="2017-09-13",
        reason="read again",
        seen=str(decision.version),
        symbol="CMW/C/IDN/CO/1",
    )
    theirs = CommitteeDecision.objects.get()
    theirs.due_on = PartialDate(2024, 10, 1)
    correct(fact=theirs, seen=theirs.version, by=officer, as_at=TODAY)
    page = Page(client.post(address, mine))
    assert "Somebody else has changed this since you opened it." in page.text
    assert "Due on 1 October 2024 1 October 2023" in page.text
    assert page.having("input", name="due_on", value="2023-10-01")
    assert page.having("input", name="seen", value=str(theirs.version))
    assert str(CommitteeDecision.objects.get().due_on) == "2024-10-01"
    preview = Page(client.post(address, mine | {"seen": str(theirs.version)}))
    save(client, address, preview)
    assert str(CommitteeDecision.objects.get().due_on) == "2023-10-01"


def test_a_withdrawn_decision_lets_stand_again_what_it_had_superseded(
    client: Client, party: StateParty, officer: User
) -> None:
    decision = record(
        fact=DecisionFactory.build(
            state_party=party, first_report=2, due_on=PartialDate(2030, 1, 1)
        ),
        by=officer,
        as_at=TODAY,
    )
    address = f"/decisions/{decision.pk}/withdraw/"
    given = {"withdrawn_on": "2026-11-20", "reason": "set in error", "seen": str(decision.version)}
    page = Page(client.post(address, given))
    assert (
        "Second periodic report 1 January 2030 Upcoming 1 September 2018 Awaiting consideration"
        in page.text
    )
    save(client, address, page)
    kept = CommitteeDecision.objects.get()
    assert str(kept.withdrawn_on) == "2026-11-20"
    assert kept.history.latest().history_change_reason == "set in error"
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Enter the date."),
        ("2026-11-23", "23 November 2026 lies ahead: record it when it has happened."),
        ("2017-09-12", "12 September 2017 lies before the decision of 13 September 2017."),
    ],
)
def test_a_decision_is_withdrawn_on_a_day_that_can_be(
    client: Client, party: StateParty, day: str, sentence: str
) -> None:
    decision = DecisionFactory.create(state_party=party)
    address = f"/decisions/{decision.pk}/withdraw/"
    page = Page(client.post(address, {"withdrawn_on": day, "reason": "x", "seen": "1"}))
    assert errors(page) == [f"Error: {sentence}"]


def test_a_fact_is_taken_off_the_record_with_its_reason(
    client: Client, party: StateParty, officer: User
) -> None:
    review = record(fact=ReviewFactory.build(state_party=party), by=officer, as_at=TODAY)
    address = f"/facts/review/{review.pk}/take-off/"
    page = Page(client.post(address, {"reason": "another State", "seen": str(review.version)}))
    assert "Second periodic report 13 September 2022 Unconfirmed 1 September 2018" in page.text
    save(client, address, page)
    assert not Review.objects.exists()
    shown = Page(client.get(f"/facts/review/{review.pk}/history/"))
    assert "This has been taken off the record." in shown.text
    assert "another State" in shown.text
    assert "Ana" in shown.text
    assert client.get(address).status_code == 404


def test_what_a_state_has_answered_is_not_taken_off_from_under_the_answer(
    client: Client, party: StateParty
) -> None:
    listed = DecisionFactory.create(
        state_party=party,
        kind="list of issues",
        first_report=1,
        symbol="CMW/C/IDN/Q/1",
        decided_on=PartialDate(2015, 1, 1),
        due_on=None,
    )
    SubmissionFactory.create(
        state_party=party,
        kind="replies to a list of issues",
        symbol="",
        answers=listed,
        received_on=PartialDate(2016, 1, 1),
    )
    given = {"reason": "x", "seen": str(listed.version)}
    page = Page(client.post(f"/facts/decision/{listed.pk}/take-off/", given))
    assert "Something that the State sent answers CMW/C/IDN/Q/1." in page.text
    assert CommitteeDecision.objects.exists()


def test_a_submission_is_corrected_after_a_look(client: Client, party: StateParty) -> None:
    report = Submission.objects.get()
    address = f"/facts/submission/{report.pk}/"
    given = {
        "first_report": "1",
        "last_report": "2",
        "symbol": "CMW/C/IDN/1-2",
        "received_on": "2018-12-01",
        "source": "its cover",
        "reason": "it is a combined report",
        "seen": str(report.version),
    }
    page = Page(client.post(address, given))
    assert "Second periodic report 1 September 2018 Awaiting consideration Met" in page.text
    save(client, address, page)
    assert Submission.objects.get().last_report == 2


def test_the_address_fills_in_what_is_known_of_a_decision(client: Client) -> None:
    page = Page(client.get(f"{NEW_DECISION}?kind=next+report+due&first_report=2&source=%3Cb%3E"))
    assert page.having("input", name="kind", value="next report due", checked="")
    assert page.having("input", name="first_report", value="2")
    assert "<b>" not in page.html


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
