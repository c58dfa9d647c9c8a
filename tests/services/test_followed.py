"""What became of obligations is written once, for programs that are told."""

from datetime import date, timedelta
from typing import Any

import pytest

from reporting.models import ObligationChange, StateParty, User
from reporting.rules.partial_date import PartialDate
from reporting.services.deposit import correct_deposit
from reporting.services.fact import correct, record, retract
from reporting.services.followed import followed_up_to
from reporting.services.preview import foresee
from reporting.services.refresh import go_on, start
from reporting.services.review import DatesSet, record_review
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    TODAY,
    DecisionFactory,
    ReviewFactory,
    StatePartyFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
Told = tuple[str, str, str | None, str]


@pytest.fixture
def officer() -> User:
    person: User = UserFactory.create()
    return person


@pytest.fixture
def party() -> StateParty:
    made: StateParty = StatePartyFactory.create()
    refresh(party=made, as_at=TODAY)
    return made


def told() -> list[Told]:
    """Return what was written since the last time: what, of which report, its date and its basis."""
    rows = list(ObligationChange.objects.order_by("pk"))
    ObligationChange.objects.all().delete()
    return [
        (row.what, f"{row.kind} {row.first_report}", row.due_on and str(row.due_on), row.basis)
        for row in rows
    ]


def report(party: StateParty, officer: User, **fields: Any) -> Any:
    return record(
        fact=SubmissionFactory.build(state_party=party, **fields), by=officer, as_at=TODAY
    )


def test_what_is_on_record_when_it_is_first_looked_is_told_to_nobody(party: StateParty) -> None:
    assert told() == []
    assert followed_up_to(StateParty.objects.get()) == TODAY
    refresh(party=party, as_at=TODAY)
    assert told() == []


def test_a_report_that_came_meets_what_was_owed_and_its_correction_tells_nothing_again(
    party: StateParty, officer: User
) -> None:
    came = report(party, officer)
    assert told() == [("met", "report 1", "2013-09-01", "treaty")]
    came.note = "by courier"
    correct(fact=came, seen=came.version, by=officer, as_at=TODAY)
    assert told() == []
    retract(fact=came, seen=came.version, by=officer, as_at=TODAY, reason="it was another State")
    assert told() == [("set", "report 1", "2013-09-01", "treaty")]


def test_a_date_that_the_committee_sets_moves_the_report_and_names_what_it_replaces(
    party: StateParty, officer: User
) -> None:
    report(party, officer)
    until_now = party.obligations.get(key="report/2/treaty")
    told()
    decision = DecisionFactory.build(
        state_party=party, first_report=2, due_on=PartialDate(2027, 4, 1), review=None
    )
    record(fact=decision, by=officer, as_at=TODAY)
    moved = ObligationChange.objects.get(first_report=2)
    assert (moved.what, str(moved.due_on_before), moved.basis_before, moved.replaces) == (
        "moved",
        "2018-09-01",
        "treaty",
        until_now.pk,
    )
    assert told()[0] == ("moved", "report 2", "2027-04-01", "committee")
    decision.due_on = PartialDate(2028, 4, 1)
    correct(fact=decision, seen=decision.version, by=officer, as_at=TODAY)
    again = ObligationChange.objects.get()
    assert (str(again.due_on_before), again.replaces) == ("2027-04-01", None)
    assert told() == [("moved", "report 2", "2028-04-01", "committee")]


def test_what_no_longer_follows_has_lapsed(party: StateParty, officer: User) -> None:
    asked = record(
        fact=DecisionFactory.build(
            state_party=party, kind="follow-up", first_report=1, due_on=PartialDate(2027, 6, 1)
        ),
        by=officer,
        as_at=TODAY,
    )
    assert told() == [("set", "follow-up 1", "2027-06-01", "committee")]
    retract(fact=asked, seen=asked.version, by=officer, as_at=TODAY, reason="of another State")
    gone = ObligationChange.objects.get()
    assert (gone.closed_as, gone.due_on_before) == ("", None)
    assert told() == [("lapsed", "follow-up 1", "2027-06-01", "committee")]


def test_a_review_without_a_report_ends_what_was_open(party: StateParty, officer: User) -> None:
    record_review(
        review=ReviewFactory.build(state_party=party, in_absence=True),
        dates=DatesSet(),
        by=officer,
        as_at=TODAY,
    )
    lapsed = ObligationChange.objects.filter(what="lapsed")
    assert [*lapsed.values_list("first_report", "closed_as")] == [
        (1, "considered in absence"),
        (3, ""),
        (4, ""),
    ]
    assert ("set", "report 1", None, "estimate") in told()


def test_an_estimate_is_no_date(party: StateParty, officer: User) -> None:
    report(party, officer)
    told()
    review = record_review(
        review=ReviewFactory.build(state_party=party), dates=DatesSet(), by=officer, as_at=TODAY
    )
    assert told()[0] == ("moved", "report 2", None, "estimate")
    review.adopted_on = PartialDate(2017, 9, 12)
    correct(fact=review, seen=review.version, by=officer, as_at=TODAY)
    assert told() == []
    decision = DecisionFactory.build(
        state_party=party, first_report=2, due_on=PartialDate(2027, 4, 1), review=review
    )
    record(fact=decision, by=officer, as_at=TODAY)
    assert told()[0] == ("moved", "report 2", "2027-04-01", "committee")


def test_a_report_is_told_of_on_the_day_on_which_it_arises_and_once(party: StateParty) -> None:
    before = date(2028, 9, 1)
    refresh(party=party, as_at=before)
    assert told() == []
    for later in (1, 1, 2, 400):
        refresh(party=party, as_at=before + timedelta(days=later))
    assert told() == [("set", "report 5", "2033-09-01", "treaty")]
    refresh(party=party, as_at=before)
    refresh(party=party, as_at=before + timedelta(days=1))
    assert told() == []


def test_the_day_is_told_with_a_fact_that_comes_before_the_refresh_of_the_day(
    party: StateParty, officer: User
) -> None:
    day = date(2028, 9, 2)
    record(fact=SubmissionFactory.build(state_party=party), by=officer, as_at=day)
    assert told() == [
        ("met", "report 1", "2013-09-01", "treaty"),
        ("set", "report 5", "2033-09-01", "treaty"),
    ]
    refresh(party=party, as_at=day)
    assert told() == []


def test_a_denunciation_tells_of_what_lapses_when_it_does(party: StateParty, officer: User) -> None:
    party.denunciation_notified_on = TODAY
    party.denunciation_effective_on = TODAY + timedelta(days=100)
    correct_deposit(party=party, seen=party.version, by=officer, as_at=TODAY, reason="a letter")
    first = told()
    refresh(party=party, as_at=TODAY + timedelta(days=100))
    assert first + told() == [("lapsed", "report 4", "2028-09-01", "treaty")]


def test_what_a_file_brings_is_no_news_however_long_nothing_was_looked_at(
    party: StateParty,
) -> None:
    day = TODAY + timedelta(days=100)
    refresh(party=party, as_at=day)
    SubmissionFactory.create(
        state_party=party, received_on=PartialDate.of(day - timedelta(days=10))
    )
    refresh(party=party, as_at=day)
    refresh(party=party, as_at=day + timedelta(days=1))
    assert told() == []
    assert followed_up_to(StateParty.objects.get()) == day


def test_files_rules_and_rows_built_anew_are_no_news(party: StateParty) -> None:
    SubmissionFactory.create(state_party=party)
    refresh(party=party, as_at=TODAY)
    party.obligations.all().delete()
    run = start(as_at=TODAY + timedelta(days=1), now=NOW)
    assert list(go_on(run, clock=lambda: NOW)) == [1]
    assert told() == []


def test_what_is_only_foreseen_is_told_to_nobody(party: StateParty, officer: User) -> None:
    seen = foresee(party=party, as_at=TODAY, change=lambda: report(party, officer))
    assert seen.moves
    assert told() == []
