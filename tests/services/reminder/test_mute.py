"""Holding alerts back for a time."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from reporting.models import Contact, Mute, Obligation, Reminder, Role, StateParty, User
from reporting.queries.mute import mutes
from reporting.services.errors import NotAllowedError
from reporting.services.reminder.ledger import claim
from reporting.services.reminder.mute import end_mute, mute_alerts
from reporting.services.reminder.plan import plan_alerts
from tests.factories import ContactFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2022, 8, 20)
NOW = datetime.combine(TODAY, time(12), UTC)


@pytest.fixture
def officer() -> User:
    person: User = UserFactory.create()
    return person


def ministry_of(party: StateParty) -> User:
    person: User = UserFactory.create(role=Role.MINISTRY)
    person.states.add(party.state)
    return person


def new(**fields: Any) -> Mute:
    given = {"starts_on": TODAY, "until": date(2022, 9, 10), "because": "Announced for October."}
    return Mute(**given | fields)


def mute(by: User, **fields: Any) -> Mute:
    return mute_alerts(mute=new(**fields), by=by, as_at=TODAY, now=NOW)


def duty(party: StateParty) -> dict[str, Any]:
    return {"state_party": party, "obligation_key": Obligation.objects.get(due_on="2022-10-01").key}


def plan_and_claim(day: date) -> list[tuple[int | None, str, str]]:
    now = datetime.combine(day, time(5), UTC)
    plan_alerts(as_at=day, now=now)
    claim(as_at=day, now=now, most=50)
    rows = Reminder.objects.order_by("planned_for")
    return [(row.days_before, row.state, row.reason) for row in rows]


def errors(by: User, **fields: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        mute(by, **fields)
    return caught.value.message_dict


@pytest.mark.parametrize("thing", ["contact", "state", "duty"])
def test_a_mute_holds_back_what_falls_in_it_and_ends_by_itself(
    party: StateParty, siti: Contact, officer: User, thing: str
) -> None:
    things: dict[str, Any] = {"contact": {"contact": siti}, "state": {"state": party.state}}
    kept = mute(officer, **things.get(thing) or duty(party))
    assert (kept.by, kept.made_at) == (officer, NOW)
    assert plan_and_claim(date(2022, 9, 1))[-1] == (30, "skipped", "muted")
    assert plan_and_claim(date(2022, 9, 24))[-1] == (7, "sending", "")
    ended = mutes(person=officer, as_at=date(2022, 9, 24)).ended
    assert [list(each.held.all()) for each in ended] == [[Reminder.objects.get(reason="muted")]]


def test_what_waits_already_is_held_back_when_it_would_be_sent(
    siti: Contact, officer: User
) -> None:
    plan_alerts(as_at=TODAY, now=NOW)
    kept = mute(officer, contact=siti)
    assert claim(as_at=TODAY, now=NOW, most=5) == []
    assert Reminder.objects.get(reason="muted").mute == kept


def test_a_mute_that_is_ended_holds_nothing_back_from_that_day_on(
    siti: Contact, officer: User
) -> None:
    kept = mute(officer, contact=siti)
    day = date(2022, 8, 25)
    assert end_mute(mute=kept, by=officer, as_at=day).ended_on == day
    assert end_mute(mute=kept, by=officer, as_at=date(2022, 8, 30)).ended_on == day
    assert plan_and_claim(date(2022, 9, 1))[-1] == (30, "sending", "")


def test_a_mute_that_is_over_is_not_ended_again(siti: Contact, officer: User) -> None:
    kept = mute(officer, contact=siti)
    assert end_mute(mute=kept, by=officer, as_at=date(2022, 9, 11)).ended_on is None


def test_a_ministry_mutes_its_own_contacts_and_nothing_else(
    party: StateParty, siti: Contact
) -> None:
    ministry = ministry_of(party)
    own = mute(ministry, contact=siti)
    assert end_mute(mute=own, by=ministry, as_at=TODAY).ended_on == TODAY
    other = ContactFactory.create(state__iso3="JAM", state__name="Jamaica")
    desk = ContactFactory.create(state=None, role=Contact.Role.DESK_OFFICER)
    things: list[dict[str, Any]] = [
        {"contact": other},
        {"contact": desk},
        {"state": party.state},
        duty(party),
    ]
    for thing in things:
        with pytest.raises(NotAllowedError):
            mute(ministry, **thing)
    theirs = mute(UserFactory.create(), state=party.state)
    with pytest.raises(NotAllowedError):
        end_mute(mute=theirs, by=ministry, as_at=TODAY)
    assert Mute.objects.count() == 2


def test_everything_that_is_wrong_is_said_at_its_field(siti: Contact, officer: User) -> None:
    assert errors(
        officer,
        contact=siti,
        starts_on=date(2022, 8, 19),
        until=date(2022, 8, 18),
        because=" ",
    ) == {
        "starts_on": ["This day has passed: begin today or later."],
        "until": ["This day lies before the first one."],
        "because": ["Say why alerts are held back: others will read it."],
    }


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (
            "until",
            date(2024, 8, 21),
            "This day is more than two years away. Choose an earlier one; it can be renewed.",
        ),
        ("because", "Agreed\u202egnp", "Write this on one line, with visible signs only."),
        ("because", "Agreed\nBcc: all", "Write this on one line, with visible signs only."),
        ("because", "x" * 501, "Say it in at most 500 signs."),
    ],
)
def test_a_mute_that_cannot_be_meant_is_refused(
    siti: Contact, officer: User, field: str, value: Any, sentence: str
) -> None:
    assert errors(officer, contact=siti, **{field: value}) == {field: [sentence]}


def test_two_years_to_the_day_are_not_too_long(siti: Contact, officer: User) -> None:
    assert mute(officer, contact=siti, until=date(2024, 8, 20)).pk


def test_a_mute_is_of_one_thing_that_is_owed(
    party: StateParty, siti: Contact, officer: User
) -> None:
    one = "Mute an obligation, a contact or a State: one of them."
    assert errors(officer, contact=siti, state=party.state) == {"__all__": [one]}
    assert errors(officer) == {"__all__": [one]}
    gone = {"state_party": party, "obligation_key": "report/9"}
    assert errors(officer, **gone) == {"__all__": ["This is not owed any more."]}
