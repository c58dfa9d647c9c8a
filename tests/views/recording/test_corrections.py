"""Correcting, withdrawing and taking off the record."""

import pytest
from django.test import Client

from reporting.models import CommitteeDecision, Review, StateParty, Submission, User
from reporting.rules.partial_date import PartialDate
from reporting.services.fact import correct, record
from reporting.services.timetable import refresh
from tests.factories import (
    TODAY,
    DecisionFactory,
    ReviewFactory,
    SubmissionFactory,
)
from tests.views.conftest import Page
from tests.views.recording.entries import (
    decision_given,
    errors,
    save,
)

pytestmark = pytest.mark.django_db


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
        "Second periodic report 1 January 2030 Upcoming 1 September 2018 Earlier report awaiting consideration"
        in page.text
    )
    save(client, address, page)
    kept = CommitteeDecision.objects.get()
    assert str(kept.withdrawn_on) == "2026-11-20"
    assert kept.history.latest().history_change_reason == "set in error"
    again = client.post(address, given, follow=True)
    assert again.redirect_chain == [(f"/facts/decision/{decision.pk}/history/", 302)]
    assert (
        "CMW/C/IDN/CO/1 was withdrawn already, by Ana on 22 November 2026. Nothing was changed."
        in Page(again).text
    )


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
    assert client.post(address)["Location"] == f"/facts/review/{review.pk}/history/"
    assert client.get(f"/facts/review/{review.pk + 1}/take-off/").status_code == 404


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
    assert (
        "Second periodic report 1 September 2018 Earlier report awaiting consideration Met"
        in page.text
    )
    save(client, address, page)
    assert Submission.objects.get().last_report == 2


def test_sending_the_same_correction_twice_saves_it_once(client: Client, party: StateParty) -> None:
    decision = DecisionFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY)
    given = decision_given(
        first_report="",
        due_on="2023-10-01",
        decided_on="2017-09-13",
        reason="read again",
        seen=str(decision.version),
        symbol="CMW/C/IDN/CO/1",
    )
    address = f"/decisions/{decision.pk}/"
    page = Page(client.post(address, given))
    for _click in range(2):
        assert save(client, address, page).redirect_chain == [("/states/IDN/", 302)]
    assert decision.history.count() == 2


def test_sending_the_same_withdrawal_twice_saves_it_once(client: Client, party: StateParty) -> None:
    decision = DecisionFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY)
    given = {"withdrawn_on": "2026-11-20", "reason": "an error", "seen": str(decision.version)}
    address = f"/decisions/{decision.pk}/withdraw/"
    page = Page(client.post(address, given))
    for _click in range(2):
        assert save(client, address, page).redirect_chain == [("/states/IDN/", 302)]
    assert decision.history.count() == 2
