"""The days of alerts, set by an administrator."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reporting.models import AlertOffsets, Contact, Mute, Reminder, Role, StateParty, User
from reporting.rules.schedule import DEFAULT_OFFSETS
from reporting.services.errors import ConflictError, NotAllowedError
from reporting.services.reminder.offsets import (
    OffsetsOutcome,
    preview_offsets,
    save_offsets,
    version,
)
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
TODAY = date(2022, 9, 11)


@pytest.fixture
def boss() -> User:
    person: User = UserFactory.create(role=Role.ADMINISTRATOR)
    return person


def days(**fields: Any) -> AlertOffsets:
    """Return the days of reports, as they are but for these."""
    offsets = AlertOffsets.of("report")
    for name, value in fields.items():
        setattr(offsets, name, value)
    return offsets


def plan(day: date) -> list[int | None]:
    """Plan, send, and return what was sent in order."""
    plan_alerts(as_at=day, now=datetime.combine(day, time(5), UTC))
    Reminder.objects.filter(state="planned").update(state="sent")
    rows = Reminder.objects.filter(state="sent").order_by("planned_for", "pk")
    return [row.days_before for row in rows]


def foreseen(boss: User, **fields: Any) -> OffsetsOutcome:
    return preview_offsets(offsets=days(**fields), by=boss, as_at=TODAY)


def said(outcome: OffsetsOutcome) -> list[tuple[str, int, int, int]]:
    return [
        (row.state.name if row.state else "desk", row.before, row.after, row.mails_at_once)
        for row in outcome.rows
    ]


def test_the_days_in_force_are_those_that_were_saved(siti: Contact, boss: User) -> None:
    plan(TODAY)
    saved = save_offsets(offsets=days(before=[10, 20]), by=boss)
    assert (saved.before, saved.history.latest().history_user) == ([20, 10], boss)
    assert plan(date(2022, 9, 12)) == [30, 20]
    assert plan(date(2022, 9, 21)) == [30, 20, 10]


def test_what_changes_is_foreseen_for_each_state_and_the_desk(siti: Contact, boss: User) -> None:
    ContactFactory.create(state=siti.state)
    ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    plan(TODAY)
    outcome = foreseen(boss, before=[30, 7], after=[], every=0, until=0, later=0)
    # 7 days before, 1, the day, 1 after and each month; the third report of 2027 comes later.
    assert said(outcome)[-1] == ("desk", 15, 1, 0)
    assert said(outcome)[0] == ("Indonesia", 30, 2, 0)
    assert (outcome.before, outcome.after, outcome.mails_at_once) == (45, 3, 0)
    assert not AlertOffsets.objects.exists()


def test_what_goes_out_at_once_is_foreseen_and_goes_out(siti: Contact, boss: User) -> None:
    late = ContactFactory.create(state=siti.state)
    muted = ContactFactory.create(state=siti.state)
    plan(TODAY)
    Mute.objects.create(contact=muted, starts_on=TODAY, until=TODAY, because="x", made_at=NOW)
    Reminder.objects.filter(contact=late, days_before=30).update(days_before=20)
    outcome = foreseen(boss, before=[30, 25, 7])
    (alert,) = outcome.rows[0].at_once
    assert (alert.obligation.title, alert.days_before) == ("second periodic report", 25)
    assert alert.readers == [siti]
    assert outcome.rows[0].changes
    save_offsets(offsets=days(before=[30, 25, 7]), by=boss)
    plan_alerts(as_at=TODAY, now=datetime.combine(TODAY, time(6), UTC))
    new = Reminder.objects.filter(state="planned", contact=siti)
    assert [row.days_before for row in new] == [25]


def test_days_that_stay_change_nothing(siti: Contact, boss: User) -> None:
    plan(TODAY)
    outcome = foreseen(boss)
    assert [row.changes for row in outcome.rows] == [False, False]


def test_an_earlier_alert_than_the_one_that_went_out_does_not_go_out(
    siti: Contact, boss: User
) -> None:
    plan(TODAY)
    assert foreseen(boss, before=[60, 7]).mails_at_once == 0


def test_it_takes_as_many_queries_for_three_states_as_for_one(
    siti: Contact, boss: User, django_assert_num_queries: Any
) -> None:
    changed = days(before=[25, 7])
    with django_assert_num_queries(7):
        preview_offsets(offsets=changed, by=boss, as_at=TODAY)
    for iso3, name in (("JAM", "Jamaica"), ("NER", "Niger")):
        party: StateParty = StatePartyFactory.create(
            state=StateFactory.create(iso3=iso3, name=name)
        )
        review = ReviewFactory.create(state_party=party)
        SubmissionFactory.create(state_party=party)
        DecisionFactory.create(state_party=party, review=review)
        refresh(party=party, as_at=TODAY)
        ContactFactory.create(state=party.state)
    with django_assert_num_queries(7):
        outcome = preview_offsets(offsets=changed, by=boss, as_at=TODAY)
    assert [row.mails_at_once for row in outcome.rows] == [1, 1, 1, 0]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"before": [30, 0, 0]}, "before", "0 stands there twice: an alert goes out once."),
        ({"before": [-1]}, "before", "-1 is out of range: write days from 0 to 3650."),
        ({"after": [0]}, "after", "0 is out of range: write days from 1 to 3650."),
        ({"before": [7.5]}, "before", "Write whole numbers of days."),
        (
            {"every": 0, "until": 365},
            "every",
            "Say every how many days, or leave the end of it empty.",
        ),
        (
            {"every": 30, "until": 20},
            "until",
            "It never repeats: write a number of days from 30 on.",
        ),
        ({"later": 4000}, "later", "Write at most 3650 days."),
        (
            {"before": [], "after": [], "every": 0, "until": 0, "later": 0},
            "before",
            "Write at least one day: nobody would be told of such a date.",
        ),
    ],
)
def test_days_that_cannot_be_meant_are_refused_at_their_field(
    boss: User, fields: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        save_offsets(offsets=days(**fields), by=boss)
    assert caught.value.message_dict == {field: [sentence]}
    with pytest.raises(ValidationError):
        foreseen(boss, **fields)
    assert not AlertOffsets.objects.exists()


@pytest.mark.parametrize("kind", [kind.value for kind in DEFAULT_OFFSETS])
def test_the_days_of_the_house_are_not_refused(boss: User, kind: str) -> None:
    assert save_offsets(offsets=AlertOffsets.of(kind), by=boss).pk


def test_the_second_of_two_administrators_is_told_what_the_first_has_saved(boss: User) -> None:
    mine, theirs = days(before=[9]), days(before=[8])
    first = save_offsets(offsets=theirs, by=boss, seen=version(theirs))
    with pytest.raises(ConflictError) as caught:
        save_offsets(offsets=mine, by=boss, seen=None)
    assert [(each.theirs, each.yours) for each in caught.value.differences] == [("8", "9")]
    again = save_offsets(offsets=mine, by=boss, seen=version(first))
    assert (again.pk, AlertOffsets.objects.get().before) == (first.pk, [9])


def test_only_an_administrator_sets_them(siti: Contact) -> None:
    for role in (Role.SECRETARIAT, Role.MINISTRY):
        person = UserFactory.create(role=role)
        with pytest.raises(NotAllowedError):
            save_offsets(offsets=days(), by=person)
        with pytest.raises(NotAllowedError):
            foreseen(person)
