"""Facts on the pages for repair go through the same services as everywhere."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from reporting.models import (
    CommitteeDecision,
    Obligation,
    Review,
    Role,
    StateParty,
    Submission,
    User,
)
from reporting.rules.partial_date import PartialDate
from tests.factories import (
    TODAY,
    DecisionFactory,
    ReviewFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.parties import refreshed_party
from tests.views.cast import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return User.objects.create_superuser("administrator@example.org", name="Ada")


@pytest.fixture
def party() -> StateParty:
    return refreshed_party()


def due(first_report: int) -> list[str]:
    rows = Obligation.objects.all().open(as_at=TODAY).filter(first_report=first_report)
    return [f"{row.due_on} {row.basis}" for row in rows]


def review_fields(review: Review, **changes: Any) -> dict[str, Any]:
    usual = {
        "first_report": 1,
        "last_report": 1,
        "session": 27,
        "symbol": "CMW/C/IDN/CO/1",
        "adopted_on": "2017-09-13",
        "source": "a test",
        "reason": "read again",
        "seen": str(review.version) if review.pk else "",
    }
    return usual | changes


def test_a_changed_review_moves_the_dates_and_says_who_and_why(
    administrator: User, party: StateParty
) -> None:
    SubmissionFactory.create(state_party=party)
    review = ReviewFactory.create(state_party=party)
    page = f"/admin/reporting/review/{review.pk}/change/"
    given = review_fields(review, adopted_on="2018-09-13")
    assert as_(administrator).post(page, given).status_code == 302
    assert due(2) == ["2023-09-13 estimate"]
    latest = review.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (administrator, "read again")


def test_a_new_decision_opens_its_obligation(administrator: User, party: StateParty) -> None:
    given = {
        "state_party": party.pk,
        "kind": "additional report",
        "symbol": "CMW/C/40/2",
        "due_on": "2027-05",
        "source": "letter",
        "reason": "asked for",
    }
    page = "/admin/reporting/committeedecision/add/"
    assert as_(administrator).post(page, given).status_code == 302
    assert CommitteeDecision.objects.get().recorded_on is not None
    found = Obligation.objects.get(kind="additional report")
    assert str(found.due_on) == "2027-05"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"adopted_on": "2010-01-01"}, "lies before the entry into force"),
        ({"adopted_on": "2010-13-01"}, "is not a date"),
        ({"last_report": "0"}, "The first report must be at least 1"),
        ({"seen": "0"}, "Somebody else has changed this"),
        ({"reason": ""}, "Say why, in a few words."),
    ],
)
def test_what_a_service_refuses_is_said_on_the_form(
    administrator: User, party: StateParty, changes: dict[str, Any], sentence: str
) -> None:
    SubmissionFactory.create(state_party=party)
    review = ReviewFactory.create(state_party=party)
    page = f"/admin/reporting/review/{review.pk}/change/"
    answer = as_(administrator).post(page, review_fields(review, **changes))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert review.history.count() == 1


def test_a_corrected_deposit_moves_everything(administrator: User, party: StateParty) -> None:
    page = f"/admin/reporting/stateparty/{party.pk}/change/"
    given = {
        "action": "ratification",
        "deposited_on": "2013-05-31",
        "source": "UN Treaty Collection",
        "reason": "misread",
        "seen": str(party.version),
    }
    assert as_(administrator).post(page, given).status_code == 302
    assert due(1) == ["2014-09-01 treaty"]
    assert party.history.latest().history_user == administrator


def test_a_fact_is_taken_off_the_record_unless_something_answers_it(
    administrator: User, party: StateParty
) -> None:
    client = as_(administrator)
    listed = DecisionFactory.create(state_party=party, kind="list of issues", first_report=1)
    answer = SubmissionFactory.create(
        state_party=party, kind="replies to a list of issues", answers=listed
    )
    page = f"/admin/reporting/committeedecision/{listed.pk}/delete/"
    refused = client.post(page, {"post": "yes"}, follow=True)
    assert "answers CMW/C/IDN/CO/1" in refused.content.decode()
    assert CommitteeDecision.objects.count() == Submission.objects.count() == 1
    gone = client.post(f"/admin/reporting/submission/{answer.pk}/delete/", {"post": "yes"})
    assert gone.status_code == 302
    assert client.post(page, {"post": "yes"}).status_code == 302
    assert not CommitteeDecision.objects.exists()
    assert CommitteeDecision.history.latest().history_user == administrator


def test_the_secretariat_and_a_ministry_repair_nothing(party: StateParty) -> None:
    review = ReviewFactory.create(state_party=party)
    page = f"/admin/reporting/review/{review.pk}/change/"
    for role in (Role.SECRETARIAT, Role.MINISTRY):
        client = as_(UserFactory.create(role=role, is_staff=True))
        assert client.post(page, review_fields(review, symbol="x")).status_code == 404
    assert Review.objects.get().symbol == "CMW/C/IDN/CO/1"


@time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"received_on": "2026-11-23"}, "23 November 2026 lies ahead"),
        ({"symbol": "CMW/C/SYR/1"}, "CMW/C/SYR/1 is about another State"),
        ({"sent_on": "2017-04-12"}, "11 April 2017 lies before the day on which it was sent"),
    ],
)
def test_what_the_services_refuse_is_said_at_the_field_of_a_repair(
    administrator: User, party: StateParty, given: dict[str, str], said: str
) -> None:
    report = SubmissionFactory.create(state_party=party, received_on=PartialDate(2017, 4, 11))
    usual = {
        "kind": "report",
        "first_report": 1,
        "last_report": 1,
        "symbol": "CMW/C/IDN/1",
        "received_on": "2017-04-11",
        "status": "received",
        "procedure": "standard",
        "languages": "[]",
        "source": "a test",
        "reason": "read again",
        "seen": str(report.version),
    }
    page = f"/admin/reporting/submission/{report.pk}/change/"
    response = as_(administrator).post(page, usual | given)
    assert response.status_code == 200
    (sentence,) = response.context["adminform"].form.errors.get_json_data().values()
    assert sentence[0]["message"].startswith(said)
    assert report.history.count() == 1
