"""Notices at once, in the transaction of the fact."""

from datetime import date, timedelta
from typing import Any

import pytest

from reporting.models import (
    CommitteeDecision,
    Contact,
    Obligation,
    Occasion,
    Reminder,
    Role,
    StateParty,
    Submission,
    User,
    Why,
)
from reporting.rules.partial_date import PartialDate
from reporting.services.fact import correct, record, retract
from reporting.services.preview import carry_out, foresee
from reporting.services.receipt import confirm_submission, return_submission
from reporting.services.reminder.ledger import claim
from reporting.services.reminder.notice import tell_decision
from reporting.services.reminder.sending import send_due
from reporting.services.review import DatesSet, record_review
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    TODAY,
    ContactFactory,
    DecisionFactory,
    ReviewFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.services.reminder.conftest import Clock

pytestmark = pytest.mark.django_db
State = Reminder.State
Notice = tuple[str, str, str, Any]


@pytest.fixture
def officer() -> User:
    person: User = UserFactory.create()
    return person


def notices() -> list[Notice]:
    """Return what is told: the occasion, how far it is and why, and from which date to which."""
    rows = Reminder.objects.filter(days_before=None).order_by("pk")
    return [
        (
            row.occasion,
            row.state,
            row.reason,
            (row.places["from"], row.places["to"]) if row.occasion == Occasion.DATE_SET else "",
        )
        for row in rows
    ]


def decision() -> CommitteeDecision:
    return CommitteeDecision.objects.get(kind="next report due")


def move(due: str | None, officer: User) -> None:
    """Let the Committee set another date for the second report, or say that one will follow."""
    fact = decision()
    fact.due_on = PartialDate.parse(due) if due else None
    fact.to_be_communicated = due is None
    correct(fact=fact, seen=fact.version, by=officer, as_at=TODAY)


def ask(party: StateParty, officer: User, kind: str = "follow-up", **fields: Any) -> Any:
    given = {"first_report": 1, "due_on": PartialDate(2027, 6, 1), "symbol": ""} | fields
    fact = DecisionFactory.build(state_party=party, kind=kind, **given)
    return record(fact=fact, by=officer, as_at=TODAY)


def test_a_date_that_moves_is_told_to_every_contact_and_not_to_the_desk(
    siti: Contact, officer: User
) -> None:
    mission = ContactFactory.create(state=siti.state, role=Contact.Role.PERMANENT_MISSION)
    ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    ContactFactory.create(state=siti.state, active=False)
    ContactFactory.create(state__iso3="JAM", state__name="Jamaica")
    move("2027-04-01", officer)
    rows = Reminder.objects.order_by("pk")
    assert [(row.contact, row.occasion, row.planned_for) for row in rows] == [
        (siti, Occasion.DATE_SET, TODAY),
        (mission, Occasion.DATE_SET, TODAY),
    ]
    assert [row.places for row in rows] == [{"from": "2022-10-01", "to": "2027-04-01"}] * 2
    assert rows[0].obligation == Obligation.objects.open(as_at=TODAY).get(first_report=2)


def test_a_date_to_be_communicated_is_told_and_so_is_the_date_that_follows(
    siti: Contact, officer: User
) -> None:
    move(None, officer)
    Reminder.objects.update(state=State.SENT)
    move("2027-04-01", officer)
    assert notices() == [
        ("date set", "sent", "", ("2022-10-01", None)),
        ("date set", "planned", "", (None, "2027-04-01")),
    ]


def test_a_second_move_before_the_first_was_sent_is_told_alone_from_the_first_date(
    siti: Contact, officer: User
) -> None:
    move("2027-04-01", officer)
    move("2028-04-01", officer)
    assert notices() == [
        ("date set", "cancelled", Why.MOVED, ("2022-10-01", "2027-04-01")),
        ("date set", "planned", "", ("2022-10-01", "2028-04-01")),
    ]


def test_a_move_that_is_undone_before_it_was_sent_is_not_told(siti: Contact, officer: User) -> None:
    move("2027-04-01", officer)
    move("2022-10-01", officer)
    assert notices() == [("date set", "cancelled", Why.REVERSED, ("2022-10-01", "2027-04-01"))]


def test_a_move_that_is_undone_after_it_was_sent_is_told_back(siti: Contact, officer: User) -> None:
    move("2027-04-01", officer)
    Reminder.objects.update(state=State.SENT)
    move("2022-10-01", officer)
    assert notices()[1] == ("date set", "planned", "", ("2027-04-01", "2022-10-01"))


def test_every_reader_hears_from_the_date_that_the_reader_knows(
    siti: Contact, officer: User
) -> None:
    late = ContactFactory.create(state=siti.state)
    move("2027-04-01", officer)
    Reminder.objects.filter(contact=siti).update(state=State.SENT)
    move("2022-10-01", officer)
    assert {(row.contact, row.state, row.places["from"]) for row in Reminder.objects.all()} == {
        (siti, "sent", "2022-10-01"),
        (late, "cancelled", "2022-10-01"),
        (siti, "planned", "2027-04-01"),
    }


def test_what_a_mail_server_has_been_handed_counts_as_told(siti: Contact, officer: User) -> None:
    move("2027-04-01", officer)
    Reminder.objects.update(state=State.SENDING, handed_at=NOW)
    move("2022-10-01", officer)
    assert [row[1] for row in notices()] == ["sending", "planned"]


def test_what_failed_is_told_no_more_when_it_is_wrong(siti: Contact, officer: User) -> None:
    move("2027-04-01", officer)
    Reminder.objects.update(state=State.FAILED, reason=Why.REJECTED)
    move("2028-04-01", officer)
    assert [(row[1], row[3]) for row in notices()] == [
        ("cancelled", ("2022-10-01", "2027-04-01")),
        ("planned", ("2022-10-01", "2028-04-01")),
    ]


def test_the_reason_alone_or_a_note_is_no_news(siti: Contact, officer: User) -> None:
    fact = decision()
    fact.symbol = "CMW/C/IDN/CO/1/Rev.1"
    correct(fact=fact, seen=fact.version, by=officer, as_at=TODAY)
    assert notices() == []


def test_an_estimate_is_not_told_and_its_confirmation_is(
    party: StateParty, siti: Contact, officer: User
) -> None:
    fact = decision()
    retract(fact=fact, seen=fact.version, by=officer, as_at=TODAY, reason="another State")
    assert Obligation.objects.open(as_at=TODAY).get(first_report=2).basis == "estimate"
    assert notices() == []
    again = DecisionFactory.build(state_party=party, due_on=PartialDate(2027, 4, 1))
    record(fact=again, by=officer, as_at=TODAY)
    assert notices() == [("date set", "planned", "", (None, "2027-04-01"))]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("follow-up", {}),
        ("additional report", {"first_report": None, "last_report": None, "symbol": "CMW/C/40/2"}),
        ("list of issues", {"first_report": 2}),
        ("list of issues prior to reporting", {"first_report": 2}),
    ],
)
def test_every_kind_of_request_is_told(
    party: StateParty, siti: Contact, officer: User, kind: str, fields: dict[str, Any]
) -> None:
    ask(party, officer, kind, **fields)
    assert notices() == [("requested", "planned", "", "")]
    row = Reminder.objects.get()
    assert row.obligation
    assert (str(row.obligation.due_on), row.contact) == ("2027-06-01", siti)


def test_a_request_that_is_withdrawn_or_taken_off_before_its_notice_went_out_is_not_told(
    party: StateParty, siti: Contact, officer: User
) -> None:
    fact = ask(party, officer)
    fact.withdrawn_on = PartialDate.of(TODAY)
    correct(fact=fact, seen=fact.version, by=officer, as_at=TODAY)
    other = ask(party, officer, "additional report", first_report=None, last_report=None)
    retract(fact=other, seen=other.version, by=officer, as_at=TODAY, reason="another State")
    assert notices() == [("requested", "cancelled", Why.REVERSED, "")] * 2


def test_the_date_of_a_request_is_told_with_it_or_after_it_moved(
    party: StateParty, siti: Contact, officer: User
) -> None:
    fact = ask(party, officer)
    for due in (PartialDate(2027, 7, 1), PartialDate(2027, 8, 1)):
        fact = CommitteeDecision.objects.get(pk=fact.pk)
        fact.due_on = due
        correct(fact=fact, seen=fact.version, by=officer, as_at=TODAY)
        Reminder.objects.update(state=State.SENT)
    assert notices() == [
        ("requested", "sent", "", ""),
        ("date set", "sent", "", ("2027-07-01", "2027-08-01")),
    ]


def test_a_request_that_opens_again_is_no_new_request(
    party: StateParty, siti: Contact, officer: User
) -> None:
    fact = ask(party, officer)
    Reminder.objects.update(state=State.SENT)
    answer = SubmissionFactory.create(
        state_party=party,
        kind="follow-up",
        answers=fact,
        symbol="",
        status="filed",
        sent_on=TODAY,
        received_on=None,
    )
    refresh(party=party, as_at=TODAY)
    send_back(answer, officer)
    assert [row[0] for row in notices()] == ["requested", "returned"]


def send_back(submission: Submission, officer: User) -> Submission:
    return return_submission(
        submission=submission,
        because="The annex is missing.",
        by=officer,
        as_at=TODAY,
        seen=submission.version,
    )


@pytest.fixture
def filed(party: StateParty) -> Submission:
    ministry = UserFactory.create(role=Role.MINISTRY, email="ministry@example.org")
    submission: Submission = SubmissionFactory.create(
        state_party=party,
        first_report=2,
        status="filed",
        sent_on=date(2026, 11, 2),
        received_on=None,
        symbol="",
        filed_by=ministry,
    )
    refresh(party=party, as_at=TODAY)
    return submission


def test_a_returned_report_is_told_to_every_contact_and_to_who_filed_it(
    siti: Contact, filed: Submission, officer: User
) -> None:
    send_back(filed, officer)
    rows = Reminder.objects.order_by("pk")
    assert [(row.reader, row.occasion) for row in rows] == [
        (siti, "returned"),
        (filed.filed_by, "returned"),
    ]
    assert rows[0].places == {
        "submission": filed.pk,
        "because": "The annex is missing.",
        "received_on": None,
        "symbol": "",
    }


def test_a_confirmed_report_is_told_once_to_an_address_that_is_a_contact_too(
    siti: Contact, filed: Submission, officer: User
) -> None:
    siti.email = "Ministry@example.org"
    siti.save()
    confirm_submission(
        submission=filed,
        received_on=PartialDate(2026, 11, 3),
        symbol="CMW/C/IDN/2",
        by=officer,
        as_at=TODAY,
        seen=filed.version,
    )
    row = Reminder.objects.get()
    assert (row.contact, row.occasion) == (siti, "confirmed")
    assert row.places == {
        "submission": filed.pk,
        "because": "",
        "received_on": "2026-11-03",
        "symbol": "CMW/C/IDN/2",
    }


def test_a_decision_on_a_report_that_is_undone_is_not_told(
    siti: Contact, filed: Submission, officer: User
) -> None:
    tell_decision(submission=filed, occasion=Occasion.CONFIRMED, as_at=TODAY)
    tell_decision(submission=filed, occasion=Occasion.RETURNED, as_at=TODAY)
    fresh = Submission.objects.get(pk=filed.pk)
    retract(fact=fresh, seen=fresh.version, by=officer, as_at=TODAY, reason="another State")
    assert {(row[1], row[2]) for row in notices()} == {("cancelled", Why.REVERSED)}


def test_a_preview_tells_nobody_and_saving_tells_once(
    party: StateParty, siti: Contact, officer: User
) -> None:
    def change() -> None:
        move("2027-04-01", officer)

    outcome = foresee(party=party, as_at=TODAY, change=change)
    assert notices() == []
    carry_out(party=party, as_at=TODAY, change=change, expected=outcome.mark)
    assert len(notices()) == 1


def test_time_that_passes_and_facts_that_are_read_from_files_tell_nobody(
    party: StateParty, siti: Contact
) -> None:
    fact = decision()
    fact.due_on = PartialDate(2027, 4, 1)
    fact.save()
    refresh(party=party, as_at=TODAY)
    refresh(party=party, as_at=date(2035, 1, 1))
    assert notices() == []


def test_what_a_review_sets_and_asks_for_is_told_in_one_transaction(
    party: StateParty, siti: Contact, officer: User
) -> None:
    SubmissionFactory.create(
        state_party=party,
        first_report=2,
        symbol="CMW/C/IDN/2",
        received_on=PartialDate(2025, 4, 1),
    )
    refresh(party=party, as_at=TODAY)
    review = ReviewFactory.build(
        state_party=party,
        first_report=2,
        session=42,
        dialogue_from=PartialDate(2026, 4, 7),
        dialogue_to=PartialDate(2026, 4, 8),
        adopted_on=PartialDate(2026, 4, 15),
        symbol="CMW/C/IDN/CO/2",
    )
    dates = DatesSet(next_report_due=PartialDate(2031, 5, 1), follow_up_due=PartialDate(2028, 5, 1))
    record_review(review=review, dates=dates, by=officer, as_at=TODAY)
    assert notices() == [
        ("date set", "planned", "", ("2027-10-01", "2031-05-01")),
        ("requested", "planned", "", ""),
    ]


def test_a_notice_of_what_ended_by_the_passing_of_time_is_not_sent(
    party: StateParty, siti: Contact, officer: User
) -> None:
    ask(party, officer)
    Obligation.objects.filter(kind="follow-up").delete()
    assert claim(as_at=TODAY, now=NOW, most=5) == []
    assert notices() == [("requested", "cancelled", Why.ENDED, "")]


def test_every_notice_can_be_written(
    party: StateParty, siti: Contact, filed: Submission, officer: User, mailoutbox: Any
) -> None:
    ask(party, officer)
    send_back(filed, officer)
    move("2027-04-01", officer)
    sent = send_due(as_at=TODAY, clock=Clock(TODAY + timedelta(days=3650)))
    assert (sent.sent, sent.failed) == (4, 0)
    assert sorted(mail.subject for mail in mailoutbox) == [
        "Indonesia: new request, follow-up on the initial report due in 191 days (1 June 2027)",
        "Indonesia: second periodic report, due date moved from 1 October 2022 to 1 April 2027",
        *["Returned: second periodic report of Indonesia"] * 2,
    ]
