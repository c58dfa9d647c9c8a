"""What a change does is seen before it is saved, and is then done exactly."""

import pytest
from django.test import Client

from reporting.models import CommitteeDecision, Review, StateParty, User
from reporting.services.fact import record
from tests.factories import (
    TODAY,
    ContactFactory,
    ReviewFactory,
    UserFactory,
)
from tests.views.cast import as_
from tests.views.conftest import Page
from tests.views.recording.entries import (
    NEW_DECISION,
    NEW_REVIEW,
    decision_given,
    hidden,
    owed,
    review_given,
    save,
)

pytestmark = pytest.mark.django_db


def test_the_preview_says_what_changes_and_why_and_saves_nothing(
    client: Client, party: StateParty
) -> None:
    for _number in range(2):
        ContactFactory.create(state=party.state)
    before = owed()
    page = Page(client.post(NEW_REVIEW, review_given()))
    for text in (
        "What this changes",
        "Second periodic report 1 September 2018 Earlier report awaiting consideration 1 October 2027 Due soon",
        "The Committee set this date in its concluding observations on the initial report.",
        "Follow-up on the initial report not owed 1 October 2019 Overdue",
        "Saving cancels 16 alerts. That is 8 for each reader, of whom there are 2:",
    ):
        assert text in page.text
    assert owed() == before
    assert not Review.objects.exists()


def test_a_dialogue_on_a_report_that_never_came_is_pointed_out(client: Client) -> None:
    doubt = (
        "Second periodic report: no receipt is on record. It will count as received by the day of "
        "the dialogue."
    )
    assert "no receipt is on record" not in Page(client.post(NEW_REVIEW, review_given())).text
    given = review_given(last_report="2", symbol="")
    given["source"] = "press release"
    page = Page(client.post(NEW_REVIEW, given))
    assert doubt in page.text
    save(client, NEW_REVIEW, page)
    review = Review.objects.get()
    again = hidden(Page(client.get(f"/reviews/{review.pk}/")))
    assert (
        doubt in Page(client.post(f"/reviews/{review.pk}/", again | given | {"reason": "x"})).text
    )
    absent = given | {"in_absence": "True"}
    assert "no receipt is on record" not in Page(client.post(NEW_REVIEW, absent)).text


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


def test_the_address_fills_in_what_is_known_of_a_decision(client: Client) -> None:
    page = Page(client.get(f"{NEW_DECISION}?kind=next+report+due&first_report=2&source=%3Cb%3E"))
    assert page.having("input", name="kind", value="next report due", checked="")
    assert page.having("input", name="first_report", value="2")
    assert "<b>" not in page.html
