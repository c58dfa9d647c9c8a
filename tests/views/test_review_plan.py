"""The plan for a national report for the Universal Periodic Review, on the pages of those who make it."""

from datetime import date
from typing import Any

import icalendar
import pytest
from django.test import Client

from reporting.exports.calendar import feed
from reporting.models import Milestone, StateParty, UniversalReview
from reporting.queries.calendar import Scope, days, mark
from tests.factories import TODAY, UniversalReviewFactory, UserFactory
from tests.parties import refreshed_party
from tests.views.cast import as_, ministry_of, stranger
from tests.views.conftest import Page

pytestmark = pytest.mark.django_db
DRAFT = "/states/IDN/universal-reviews/5/milestones/draft/"
STEP = "UPR/IDN/5/report/draft@localhost"
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def party() -> StateParty:
    return refreshed_party()


@pytest.fixture
def review(party: StateParty) -> UniversalReview:
    """Return the fifth cycle of Indonesia, whose report is due in August 2027."""
    made: UniversalReview = UniversalReviewFactory.create(state=party.state)
    return made


@pytest.fixture
def client(party: StateParty, review: UniversalReview) -> Client:
    assert review.cycle == 5
    return as_(ministry_of(party))


def in_calendar(party: StateParty, **more: Any) -> dict[str, Any]:
    scope = Scope(None, states=(party.state_id,), **{"with_steps": True, **more})
    found = days(scope=scope, as_at=TODAY)
    events = icalendar.Calendar.from_ical(feed(found, name="mine", as_at=TODAY)).events
    return {str(event["UID"]): event for event in events}


@pytest.mark.parametrize("address", ["/my/", "/states/IDN/"])
def test_who_prepares_it_finds_its_plan(client: Client, address: str) -> None:
    page = Page(client.get(address))
    assert "National report, cycle 5 due August 2027 · 0 of 8 steps done" in page.text
    assert "Consolidated draft by 1 February 2027" in page.text
    assert page.having("form", action=f"{DRAFT}tick/")
    assert page.having("a", href=DRAFT)


def test_the_secretariat_finds_it_on_the_page_of_the_state_and_nobody_else_does(
    client: Client,
) -> None:
    said = "National report, cycle 5 due August 2027"
    assert said in Page(as_(UserFactory.create()).get("/states/IDN/")).text
    for person in (Client(), as_(stranger())):
        assert "Preparation" not in Page(person.get("/states/IDN/")).text
    assert said not in Page(client.get("/states/IDN/?as_at=2026-11-21")).text


def test_whoever_of_the_secretariat_is_bound_to_treaties_reads_it_and_changes_nothing(
    client: Client, party: StateParty
) -> None:
    client.post(f"{DRAFT}tick/", {"done": "yes"})
    bound = UserFactory.create()
    bound.treaties.add(party.treaty)
    officer = as_(bound)
    page = Page(officer.get("/states/IDN/"))
    assert "National report, cycle 5 due August 2027 · 1 of 8 steps done" in page.text
    assert "Consolidated draft done 22 November 2026" in page.text
    assert "The ministry of the State keeps this plan." in page.text
    assert not page.having("form", action=f"{DRAFT}tick/")
    assert not page.having("a", href=DRAFT)
    for address in (DRAFT, f"{DRAFT}tick/"):
        assert officer.post(address, {"done": "no"}, headers=SCRIPT).status_code == 404
    assert officer.get(DRAFT).status_code == 404
    assert Milestone.objects.get().done_on == TODAY


def test_a_step_is_ticked_without_a_script(client: Client) -> None:
    answer = client.post(f"{DRAFT}tick/", {"done": "yes"})
    assert answer["Location"] == "/my/#step-IDN-upr-5-draft"
    assert "1 of 8 steps done" in Page(client.get("/my/")).text
    client.post(f"{DRAFT}tick/", {"done": "no"})
    assert Milestone.objects.get().done_on is None


def test_the_secretariat_is_led_back_to_the_page_of_the_state(review: UniversalReview) -> None:
    answer = as_(UserFactory.create()).post(f"{DRAFT}tick/", {"done": "yes"})
    assert answer["Location"] == "/states/IDN/#state-facts"
    assert review.milestones.get().done_on == TODAY


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (["draft"], "1 step of the plan of its national report goes with it."),
        (["draft", "data", "inputs"], "3 steps of the plan of its national report go with it."),
    ],
)
def test_who_takes_the_cycle_off_is_told_what_goes_with_it(
    client: Client, review: UniversalReview, steps: list[str], said: str
) -> None:
    changes = (
        ("tick/", {"done": "yes"}),
        ("", {"planned_on": "2026-12-15", "owner": ""}),
        ("", {"planned_on": "", "owner": "Ms Sari"}),
    )
    for step, (way, given) in zip(steps, changes, strict=False):
        client.post(f"{DRAFT.replace('draft', step)}{way}", given)
    address = f"/states/IDN/facts/universal-review/{review.pk}/take-off/"
    assert said in Page(client.get(address)).text
    assert said in Page(client.post(address, {"reason": ""})).text
    assert said not in Page(client.get(address.replace("take-off/", ""))).text


def test_nothing_is_said_where_the_plan_is_as_the_house_plans(
    client: Client, review: UniversalReview
) -> None:
    for done in ("yes", "no"):
        client.post(f"{DRAFT}tick/", {"done": done})
    page = Page(client.get(f"/states/IDN/facts/universal-review/{review.pk}/take-off/"))
    assert "Why is it taken off the record?" in page.text
    assert "of the plan of its national report" not in page.text


def test_a_script_gets_the_step_and_the_count_alone(client: Client) -> None:
    page = Page(client.post(f"{DRAFT}tick/", {"done": "yes"}, headers=SCRIPT))
    assert page.having("span", id="done-IDN-upr-5")
    assert page.having("li", id="step-IDN-upr-5-draft", class_="step step-done")
    assert not page.having("h1")


def test_a_step_is_moved_and_given_an_owner(client: Client) -> None:
    form = Page(client.get(DRAFT, headers=SCRIPT))
    assert form.having("input", name="planned_on", value="2027-02-01")
    client.post(DRAFT, {"planned_on": "2027-03-01", "owner": "Ms Sari"})
    assert "by 1 March 2027 moved Ms Sari" in Page(client.get("/my/")).text
    late = Page(client.post(DRAFT, {"planned_on": "2027-09-01", "owner": ""}))
    assert "This day lies after the due date, August 2027." in late.text


@pytest.mark.parametrize(
    "address",
    [
        DRAFT.replace("/5/", "/4/"),
        DRAFT.replace("draft", "rest"),
        DRAFT.replace("IDN", "SYR"),
        DRAFT.replace("IDN", "XXX"),
    ],
)
def test_a_step_that_there_is_not_is_a_404(client: Client, address: str) -> None:
    stranger()  # so that Syria is there
    assert client.get(address).status_code == 404
    assert client.post(f"{address}tick/").status_code == 404


def test_its_steps_are_in_the_calendar_of_its_ministry(
    party: StateParty, review: UniversalReview
) -> None:
    assert STEP not in in_calendar(party, with_universal=True, with_steps=False)
    assert STEP not in in_calendar(party)
    before = in_calendar(party, with_universal=True)[STEP]
    assert before["SUMMARY"] == "UPR · Indonesia: consolidated draft (national report, cycle 5)"
    assert before["DESCRIPTION"] == (
        "A step of the plan for the national report, cycle 5 (due August 2027)."
    )
    assert before.decoded("DTSTART") == date(2027, 2, 1)
    step = Milestone.objects.create(
        universal_review=review, step="draft", months_before=6, days_moved=7, owner="Ms Sari"
    )
    after = in_calendar(party, with_universal=True)[STEP]
    assert after.decoded("DTSTART") == date(2027, 2, 8)
    assert after["DESCRIPTION"].endswith("August 2027).\nDone by: Ms Sari")
    step.done_on = TODAY
    step.save()
    assert STEP not in in_calendar(party, with_universal=True)


def test_a_step_that_was_changed_changes_the_mark_of_its_ministry_alone(
    party: StateParty, review: UniversalReview
) -> None:
    def marks() -> list[str]:
        scopes = [
            Scope(None, states=states, with_steps=True, with_universal=True)
            for states in ((party.state_id,), (party.state_id + 1,))
        ]
        return [mark(scope=each, as_at=TODAY, language="en").text for each in scopes]

    (mine, theirs) = marks()
    Milestone.objects.create(universal_review=review, step="draft", months_before=6)
    assert [mine == marks()[0], theirs == marks()[1]] == [False, True]
