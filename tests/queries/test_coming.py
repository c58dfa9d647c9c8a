"""What will go out in the next days."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from reporting.models import (
    AlertOffsets,
    Contact,
    Mute,
    Obligation,
    Reminder,
    Role,
    StateParty,
    Why,
)
from reporting.queries.coming import coming
from reporting.services.reminder import ledger
from reporting.services.reminder.plan import plan_alerts
from reporting.services.timetable import refresh
from tests.factories import (
    NOW,
    ContactFactory,
    DecisionFactory,
    ReviewFactory,
    StateFactory,
    StatePartyFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
AUGUST = date(2022, 8, 15)


def morning(day: date) -> datetime:
    return datetime.combine(day, time(5), UTC)


def owing(**state: str) -> StateParty:
    """Return a State whose second report the Committee set for 1 October 2022."""
    party: StateParty = StatePartyFactory.create(state=StateFactory.create(**state))
    review = ReviewFactory.create(state_party=party)
    SubmissionFactory.create(state_party=party)
    DecisionFactory.create(state_party=party, review=review)
    refresh(party=party, as_at=date(2021, 1, 1))
    return party


@pytest.fixture
def party() -> StateParty:
    return owing()


@pytest.fixture
def siti(party: StateParty) -> Contact:
    contact: Contact = ContactFactory.create(state=party.state)
    return contact


@pytest.fixture
def desk() -> Contact:
    contact: Contact = ContactFactory.create(
        state=None, role=Contact.Role.DESK_OFFICER, name="Ana", email="ana@example.org"
    )
    return contact


Seen = list[tuple[str, str, int | None, list[str]]]


def seen(as_at: date, days: int = 30, **asked: Any) -> Seen:
    given = {"person": UserFactory.create()} | asked
    return [
        (each.day.isoformat(), each.occasion, each.days_before, [str(r.who) for r in each.told])
        for day in coming(as_at=as_at, days=days, **given)
        for each in day.mails
    ]


def plan(day: date) -> None:
    plan_alerts(as_at=day, now=morning(day))


def test_the_alerts_of_the_next_days_are_foreseen_for_every_reader(
    siti: Contact, desk: Contact
) -> None:
    plan(AUGUST)
    Reminder.objects.update(state=Reminder.State.SENT)
    readers = [str(siti), str(desk)]
    assert seen(AUGUST, 45) == [
        ("2022-09-01", "alert", 30, readers),
        ("2022-09-24", "alert", 7, readers),
    ]


def test_what_is_foreseen_is_what_is_planned(siti: Contact, desk: Contact) -> None:
    ContactFactory.create(state=siti.state, role=Contact.Role.VALIDATING_AUTHORITY)
    for day in (date(2022, 5, 1), date(2022, 7, 3), AUGUST):
        foreseen = seen(day, 0)
        plan(day)
        assert seen(day, 0) == foreseen
        Reminder.objects.filter(state="planned").update(state="sent")
        assert seen(day, 0) == []


def test_what_waits_goes_out_today(siti: Contact) -> None:
    plan(date(2022, 9, 2))
    assert seen(date(2022, 9, 5), 10) == [("2022-09-05", "alert", 30, [str(siti)])]


def test_an_alert_that_was_put_back_goes_out_when_its_wait_is_over(siti: Contact) -> None:
    plan(date(2022, 9, 1))
    Reminder.objects.update(not_before=datetime(2022, 9, 3, 4, tzinfo=UTC))
    assert [day for day, *_rest in seen(date(2022, 9, 1), 10)] == ["2022-09-03"]


def test_nothing_follows_the_day_on_which_the_report_is_filed_or_an_estimate(
    party: StateParty, siti: Contact
) -> None:
    Obligation.objects.filter(due_on="2022-10-01").update(
        closed_on=date(2022, 9, 20), closed_as="met"
    )
    plan(AUGUST)
    Reminder.objects.update(state=Reminder.State.SENT)
    assert [days for _day, _what, days, _who in seen(AUGUST, 60)] == [30]
    Obligation.objects.update(closed_on=None, closed_as="", basis="estimate")
    assert seen(AUGUST, 60) == []


def test_a_duty_that_arises_is_told_once_on_that_day(party: StateParty, siti: Contact) -> None:
    Obligation.objects.filter(due_on="2022-10-01").update(arises_on=date(2022, 9, 10))
    plan(AUGUST)
    assert [each[::2] for each in seen(AUGUST, 45)] == [("2022-09-10", 30), ("2022-09-24", 7)]


def test_the_validating_authority_hears_of_what_nobody_acknowledged(siti: Contact) -> None:
    minister = ContactFactory.create(state=siti.state, role=Contact.Role.VALIDATING_AUTHORITY)
    plan(AUGUST)
    Reminder.objects.update(state=Reminder.State.SENT)
    readers = [str(siti), str(minister)]
    assert seen(AUGUST, 20) == [
        ("2022-09-01", "alert", 30, readers),
        ("2022-09-01", "escalation", 30, [str(minister)]),
    ]


def test_what_a_mute_will_hold_back_is_said(siti: Contact) -> None:
    plan(AUGUST)
    Reminder.objects.update(state=Reminder.State.SENT)
    mute = Mute.objects.create(
        contact=siti, starts_on=AUGUST, until=date(2022, 9, 10), because="x", made_at=NOW
    )
    days = coming(person=UserFactory.create(), as_at=AUGUST, days=45)
    assert [(day.day.isoformat(), day.mails[0].held_back) for day in days] == [
        ("2022-09-01", [day.mails[0].readers[0] for day in days][:1]),
        ("2022-09-24", []),
    ]
    assert days[0].mails[0].readers[0].mute == mute


def test_the_worklist_of_the_next_quarter_is_foreseen_for_the_desk(desk: Contact) -> None:
    assert seen(date(2022, 9, 20), 20) == [("2022-10-01", "worklist", None, [str(desk)])]


def test_a_ministry_sees_what_its_own_contacts_will_be_told(siti: Contact, desk: Contact) -> None:
    other = owing(iso3="JAM", name="Jamaica")
    nia = ContactFactory.create(state=other.state)
    plan(AUGUST)
    Reminder.objects.update(state=Reminder.State.SENT)
    ministry = UserFactory.create(role=Role.MINISTRY)
    ministry.states.add(other.state)
    assert seen(AUGUST, 20, person=ministry) == [("2022-09-01", "alert", 30, [str(nia)])]
    assert len(seen(AUGUST, 20)) == 2
    assert len(seen(AUGUST, 20, state=other.state)) == 1


def test_the_offsets_in_force_are_those_that_are_foreseen(siti: Contact) -> None:
    plan(AUGUST)
    Reminder.objects.update(state=Reminder.State.SENT)
    AlertOffsets.objects.create(kind="report", before=[14])
    Obligation.objects.update(look_on=date.min)
    assert [each[2] for each in seen(AUGUST, 60)] == [14]


def test_what_is_overtaken_by_what_its_reader_was_told_is_not_foreseen(
    siti: Contact, desk: Contact
) -> None:
    plan(AUGUST)
    Reminder.objects.update(state=Reminder.State.SENT)
    AlertOffsets.objects.create(kind="report", before=[100, 20])
    Obligation.objects.update(look_on=date.min)
    assert seen(AUGUST, 40) == [("2022-09-11", "alert", 20, [str(siti), str(desk)])]
    Reminder.objects.filter(contact=siti).update(state=Reminder.State.FAILED)
    assert seen(AUGUST, 0) == [("2022-08-15", "alert", 100, [str(siti)])]
    plan(AUGUST)
    ledger.claim(as_at=AUGUST, now=morning(AUGUST), most=10)
    overtaken = Reminder.objects.filter(days_before=100, reason=Why.OVERTAKEN)
    assert [row.contact for row in overtaken] == [desk]


def test_it_takes_eight_queries_however_much_comes(
    siti: Contact, desk: Contact, django_assert_num_queries: Any
) -> None:
    person = UserFactory.create()
    for iso3, name in (("JAM", "Jamaica"), ("NER", "Niger")):
        ContactFactory.create(state=owing(iso3=iso3, name=name).state)
    assert not person.bound_to  # asked once for whoever has signed in
    with django_assert_num_queries(8):
        days = coming(person=person, as_at=AUGUST, days=45)
        names = [str(each.obligation) for day in days for each in day.mails if each.told]
    assert len(names) == 9
